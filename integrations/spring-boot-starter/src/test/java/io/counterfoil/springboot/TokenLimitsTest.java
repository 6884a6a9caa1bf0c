package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.PolicyException;
import io.counterfoil.TokenLimitException;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

/** The properties that limit tokens, and those that say more about them. */
class TokenLimitsTest {
  private final WebApplicationContextRunner application = Contexts.servletApplication();

  @Test
  void a_token_that_was_unused_for_the_maximum_time_is_rejected() {
    application.withPropertyValues("counterfoil.max-idle=90d").run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      String plaintext = tokens.create(NewToken.named("ci")).reveal();
      new JdbcTemplate(context.getBean(DataSource.class))
          .execute("UPDATE counterfoil_tokens SET renewed_at = 1, tracked_since = 1");
      assertThat(tokens.authenticate(plaintext))
          .isInstanceOfSatisfying(
              Verdict.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Verdict.Reason.IDLE));
    });
  }

  @Test
  void the_address_of_the_last_use_is_recorded_only_if_a_property_says_so() {
    application.run(
        context -> assertThat(lastUsedFrom(context.getBean(TokenManager.class))).isEmpty());
    application
        .withPropertyValues("counterfoil.record-addresses=true")
        .run(context ->
            assertThat(lastUsedFrom(context.getBean(TokenManager.class))).isEqualTo("192.0.2.1"));
  }

  private static String lastUsedFrom(TokenManager tokens) throws Exception {
    var created = tokens.create(NewToken.named(UUID.randomUUID().toString()));
    tokens.authenticate(created.reveal(), InetAddress.getByName("192.0.2.1"));
    tokens.close(); // records the use
    return tokens.find(created.token().id()).orElseThrow().lastUsedFrom().orElse("");
  }

  @Test
  void an_owner_has_at_most_the_maximum_number_of_tokens() {
    application.withPropertyValues("counterfoil.max-tokens-per-owner=1").run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      tokens.create(NewToken.named("a").owner("ann"));
      assertThatExceptionOfType(TokenLimitException.class)
          .isThrownBy(() -> tokens.create(NewToken.named("b").owner("ann")));
    });
  }

  @Test
  void a_scope_that_is_not_among_the_properties_is_refused() {
    application
        .withPropertyValues(
            "counterfoil.scopes[0].name=servers:read",
            "counterfoil.scopes[0].description=See servers",
            "counterfoil.scopes[1].name=servers:write",
            "counterfoil.scopes[1].implies=servers:read")
        .run(context -> {
          TokenManager tokens = context.getBean(TokenManager.class);
          assertThat(tokens.knownScopes().description("servers:read")).isEqualTo("See servers");
          assertThat(tokens
                  .create(NewToken.named("a").scopes("servers:write"))
                  .token()
                  .permits("servers:read"))
              .isTrue();
          assertThatExceptionOfType(PolicyException.class)
              .isThrownBy(() -> tokens.create(NewToken.named("b").scopes("servers:raed")))
              .withMessage(
                  "scopes: one of them is not known (expected: servers:read, servers:write, *)");
        });
  }

  @Test
  void known_scopes_of_the_application_replace_those_of_the_properties() {
    KnownScopes own = KnownScopes.none().scope("own", "");
    application
        .withBean(KnownScopes.class, () -> own)
        .withPropertyValues("counterfoil.scopes[0].name=other")
        .run(context ->
            assertThat(context.getBean(TokenManager.class).knownScopes()).isSameAs(own));
  }

  @Test
  void a_rejection_is_explained_to_the_holder_only_if_a_property_says_so() {
    application.run(context -> assertThat(challengeOfDisabled(
            context.getBean(TokenManager.class), context.getBean(BearerAuthenticator.class)))
        .doesNotContain("disabled"));
    application
        .withPropertyValues("counterfoil.explain-rejections=true")
        .run(context -> assertThat(challengeOfDisabled(
                context.getBean(TokenManager.class), context.getBean(BearerAuthenticator.class)))
            .contains("error_description=", "disabled"));
  }

  private static String challengeOfDisabled(TokenManager tokens, BearerAuthenticator bearer) {
    var created = tokens.create(NewToken.named(UUID.randomUUID().toString()));
    tokens.disable(created.token().id());
    var outcome = bearer.check(List.of("Bearer " + created.reveal()));
    return ((BearerAuthenticator.Refused) outcome).answer().headers().toString();
  }
}
