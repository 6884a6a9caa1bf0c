package io.counterfoil.examples.springboot;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.servlet.ApiServlet;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tokens, and the management API for tokens with the scope {@code tokens}. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

  /** Whether this start of the application has created the table, so that it has never contained a token. */
  record TokenTable(boolean isNew) {}

  /** Flyway and Liquibase run first; if one of them has created the table, this creates none. */
  @Bean
  @DependsOnDatabaseInitialization
  TokenTable tokenTable(DataSource dataSource) {
    JdbcTokenStore.migrateSchema(dataSource);
    return new TokenTable(JdbcTokenStore.createSchema(dataSource));
  }

  /** Spring closes this before the {@code DataSource}, so the last uses are still recorded. */
  @Bean
  TokenManager tokens(DataSource dataSource, TokenTable table) {
    return TokenManager.builder(new JdbcTokenStore(dataSource)).build();
  }

  @Bean
  ServletRegistrationBean<ApiServlet> tokenApi(TokenManager tokens) {
    var api = TokenApi.of(tokens, ManagementPolicy.tokensWith("tokens"));
    return new ServletRegistrationBean<>(new ApiServlet(api), "/api/tokens/*");
  }

  /**
   * Creates the first token of a new table. An empty table is not enough: deleting the last token must not grant access again.
   * Nobody knows whether a table of Flyway or Liquibase is new, so an operator starts one node with {@code --create-token=NAME}.
   */
  @Bean
  ApplicationRunner firstToken(TokenManager tokens, TokenTable table) {
    return arguments -> {
      List<String> names = arguments.getOptionValues("create-token");
      if (names != null) {
        names.forEach(name -> create(tokens, name));
      } else if (table.isNew()) {
        create(tokens, "bootstrap");
      }
    };
  }

  /** Prints the plaintext, once. If several nodes start at once, the unique name lets only one of them create the token. */
  private static void create(TokenManager tokens, String name) {
    try {
      System.out.println("The first token: "
          + tokens.create(NewToken.named(name).unrestricted()).reveal());
    } catch (DuplicateTokenNameException createdByAnotherNode) {
      System.err.println("There is a token with the name " + name + " already; none was created.");
    }
  }
}
