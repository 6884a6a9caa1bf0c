package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beans of the tokens. */
@ExtendWith(OutputCaptureExtension.class)
class CounterfoilAutoConfigurationTest {
  private final WebApplicationContextRunner application = Contexts.servletApplication();

  @Test
  void a_data_source_is_sufficient() {
    application.run(context -> {
      assertThat(context).hasSingleBean(JdbcTokenStore.class).hasSingleBean(TokenManager.class);
      TokenManager tokens = context.getBean(TokenManager.class);
      String plaintext = tokens.create(NewToken.named("ci")).reveal();
      assertThat(plaintext).startsWith("cf_");
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
    });
  }

  @Test
  void each_bean_backs_off() {
    TokenStore store = new InMemoryTokenStore();
    application.withBean("own", TokenStore.class, () -> store).run(context -> {
      assertThat(context).hasSingleBean(TokenStore.class).hasSingleBean(BearerAuthenticator.class);
      context.getBean(TokenManager.class).create(NewToken.named("ci"));
      assertThat(store.count(TokenQuery.all())).isEqualTo(1);
    });
    TokenManager tokens = TokenManager.builder(store).build();
    application
        .withBean("own", TokenManager.class, () -> tokens)
        .run(context -> assertThat(context).getBean(TokenManager.class).isSameAs(tokens));
    BearerAuthenticator bearer = BearerAuthenticator.builder(tokens).build();
    application
        .withBean("own", BearerAuthenticator.class, () -> bearer)
        .run(context -> assertThat(context).getBean(BearerAuthenticator.class).isSameAs(bearer));
  }

  @Test
  void a_bound_for_revocations_adds_a_cache() {
    application.withPropertyValues("counterfoil.cache.max-revocation-lag=5s").run(context -> {
      assertThat(context).hasSingleBean(CachedTokenStore.class);
      assertThat(context).getBean(TokenStore.class).isInstanceOf(CachedTokenStore.class);
    });
  }

  @Test
  void tokens_of_the_configuration_are_created_even_if_beans_are_lazy() {
    application
        .withInitializer(Contexts::initializeLazily)
        .withPropertyValues(
            "counterfoil.bootstrap[0].name=ci",
            "counterfoil.bootstrap[0].sha256=" + "ab".repeat(32))
        .run(context -> {
          JdbcTemplate database = new JdbcTemplate(context.getBean(DataSource.class));
          assertThat(database.queryForList("SELECT name FROM counterfoil_tokens", String.class))
              .containsExactly("ci");
        });
  }

  @Test
  void without_tokens_no_path_that_needs_one_is_open() {
    WebApplicationContextRunner disabled =
        checked().withPropertyValues("counterfoil.enabled=false");
    disabled.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TokenManager.class));
    disabled
        .withPropertyValues("counterfoil.filter.url-patterns[0]=/api/*")
        .run(context -> assertThat(context)
            .getFailure()
            .hasStackTraceContaining("counterfoil.enabled: false would leave the paths"));
    disabled
        .withPropertyValues("counterfoil.filter.url-patterns=")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void patterns_without_a_filter_or_a_value_fail_the_start() {
    checked()
        .withPropertyValues("counterfoil.filter.url-patterns=/api/*")
        .run(context -> assertThat(context).hasNotFailed().hasBean("counterfoilFilter"));
    checked()
        .withPropertyValues("counterfoil.filter.url-patterns=${MISSING:}")
        .run(context -> assertThat(context)
            .getFailure()
            .hasStackTraceContaining("counterfoil.filter.url-patterns: empty"));
    new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(CounterfoilFilterCheckAutoConfiguration.class))
        .withPropertyValues("counterfoil.filter.url-patterns=/api/*")
        .run(context -> assertThat(context)
            .getFailure()
            .hasStackTraceContaining("counterfoil.filter.url-patterns: there is no filter"));
  }

  @Test
  void the_log_says_which_paths_need_a_token(CapturedOutput output) {
    checked()
        .withPropertyValues("counterfoil.filter.url-patterns=/api/*")
        .run(context -> context.getBean("counterfoilFilter"));
    assertThat(output).contains("These paths need an API token: [/api/*]");
    checked().run(context -> assertThat(context).hasNotFailed());
    assertThat(output).contains("No path needs an API token");
  }

  @Test
  void the_log_says_if_no_chain_or_route_lets_tokens_in(CapturedOutput output) {
    RouteScopes routes = RouteScopes.builder().anyToken("GET /api/tokens").build();
    WebApplicationContextRunner managed = checked()
        .withBean(ManagementPolicy.class, ManagementPolicy::anyToken)
        .withBean(RouteScopes.class, () -> routes);
    managed
        .withPropertyValues("counterfoil.management.path=/api/tokens")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).doesNotContain("RouteScopes have no route", "No SecurityFilterChain");
    managed
        .withPropertyValues("counterfoil.management.path=/other")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).contains("RouteScopes have no route for counterfoil.management.path");
    checked()
        .withClassLoader(getClass().getClassLoader())
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).contains("No SecurityFilterChain uses counterfoil()");
  }

  private WebApplicationContextRunner checked() {
    return application.withConfiguration(
        AutoConfigurations.of(CounterfoilFilterCheckAutoConfiguration.class));
  }
}
