package io.counterfoil.examples.springboot;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.servlet.ApiServlet;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tokens, and the management API for tokens with the scope {@code tokens}. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

  /** Spring closes this before the {@code DataSource}, so the last uses are still recorded. */
  @Bean
  TokenManager tokens(DataSource dataSource) {
    JdbcTokenStore.createSchema(dataSource);
    return TokenManager.builder(new JdbcTokenStore(dataSource)).build();
  }

  @Bean
  ServletRegistrationBean<ApiServlet> tokenApi(TokenManager tokens) {
    var api = TokenApi.of(tokens, ManagementPolicy.tokensWith("tokens"));
    return new ServletRegistrationBean<>(new ApiServlet(api), "/api/tokens/*");
  }

  /** Creates the first token of a new database and prints it, once. */
  @Bean
  ApplicationRunner firstToken(TokenManager tokens) {
    return arguments -> {
      if (tokens.list().findAny().isEmpty()) {
        System.out.println("The first token: "
            + tokens.create(NewToken.named("bootstrap").unrestricted()).reveal());
      }
    };
  }
}
