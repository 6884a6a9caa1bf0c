package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B6: bearer credentials of another system beside tokens. */
class ForeignBearerTest {
  private static final String JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl-_x";

  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
  private final BearerAuthenticator bearer =
      BearerAuthenticator.builder(fixture.tokens).passForeignBearer().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer " + JWT,
        "bearer   " + JWT,
        "Bearer x",
        "Bearer cf",
        "Bearer cg_x",
        "Bearer Cf_x",
        "Bearer xcf_x",
        "Bearer ~/+.-_=="
      })
  void a_credential_that_does_not_begin_with_the_prefix_is_passed_on(String field) {
    assertThat(bearer.check(List.of(field))).isEqualTo(new PassedOn());
  }

  @Test // a JWT with many claims is longer than any token
  void a_long_credential_is_passed_on() {
    String claims = "x".repeat(8_000);
    assertThat(fixture.store.lookups()).isOne(); // that of the fixture
    assertThat(bearer.check(List.of("Bearer " + JWT + claims))).isEqualTo(new PassedOn());
    assertThat(status("Bearer cf_" + claims)).isEqualTo(401);
    assertThat(fixture.store.lookups()).isZero();
  }

  @ParameterizedTest // B6
  @ValueSource(
      strings = {
        "Bearer cf_",
        "Bearer cf_x",
        "Bearer   cf_x",
        "Bearer cf_x ",
        "Bearer cf_x.y.z",
        "Bearer cf_x, Bearer " + JWT,
        "Bearer cf_" + JWT,
        "BEARER cf_\u0000"
      })
  void a_credential_that_begins_with_the_prefix_is_never_passed_on(String field) {
    assertThat(status(field)).isEqualTo(401);
  }

  @ParameterizedTest // B6: another parser may read one of our tokens, or no credential at all
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer\tcf_x",
        "Bearer\t" + JWT,
        "Bearer " + JWT + " cf_x",
        "Bearer " + JWT + ", Bearer cf_x",
        "Bearer \"cf_x\"",
        "Bearer \tcf_x",
        "Bearer =",
        "Bearer a=b",
        "Bearer t\u00f6ken"
      })
  void a_malformed_credential_is_never_passed_on(String field) {
    assertThat(status(field)).isEqualTo(401);
  }

  @Property // B6
  void no_text_after_the_prefix_is_passed_on(
      @ForAll @CharRange(from = '\u0000', to = '\u00ff') String text) {
    assertThat(status("Bearer cf_" + text)).isEqualTo(401);
  }

  @Test
  void a_token_is_accepted_and_a_rejected_one_is_not_passed_on() {
    assertThat(bearer.check(List.of("Bearer " + plaintext))).isInstanceOf(Granted.class);
    fixture.tokens.disable(2);
    assertThat(status("Bearer " + plaintext)).isEqualTo(401);
  }

  @Test // a host that has changed its prefix
  void a_token_with_an_older_prefix_is_accepted_and_not_passed_on() {
    TokenManager renamed =
        TokenManager.builder(fixture.store).prefix("acme").recordNoUses().build();
    BearerAuthenticator check =
        BearerAuthenticator.builder(renamed).passForeignBearer().build();
    assertThat(check.check(List.of("Bearer " + plaintext))).isInstanceOf(Granted.class);
    assertThat(check.check(List.of("Bearer acme_x"))).isInstanceOf(Refused.class);
    assertThat(check.check(List.of("Bearer cf_x"))).isEqualTo(new PassedOn());
  }

  @Test // B4
  void the_rules_of_the_header_stay_as_they_are() {
    assertThat(status("Bearer " + JWT, "Bearer " + JWT)).isEqualTo(400);
    assertThat(status("Bearer " + JWT, "Bearer " + plaintext)).isEqualTo(400);
    assertThat(status()).isEqualTo(401);
    assertThat(status("Basic eDp5")).isEqualTo(401);
    BearerAuthenticator both = BearerAuthenticator.builder(fixture.tokens)
        .passForeignBearer()
        .passWithoutBearer()
        .build();
    assertThat(both.check(List.of())).isEqualTo(new PassedOn());
    assertThat(both.check(List.of("Basic eDp5"))).isEqualTo(new PassedOn());
    assertThat(both.check(List.of("Bearer " + JWT))).isEqualTo(new PassedOn());
    assertThat(both.check(List.of("Bearer cf_x"))).isInstanceOf(Refused.class);
  }

  @Test
  void without_the_setting_a_credential_of_another_system_is_rejected() {
    for (BearerAuthenticator check : List.of(
        BearerAuthenticator.builder(fixture.tokens).build(),
        BearerAuthenticator.builder(fixture.tokens).passWithoutBearer().build())) {
      assertThat(check.check(List.of("Bearer " + JWT))).isInstanceOf(Refused.class);
    }
  }

  @Test
  void a_credential_that_is_passed_on_is_neither_hidden_nor_throttled() {
    BearerAuthenticator strict = BearerAuthenticator.builder(fixture.tokens)
        .passForeignBearer()
        .hideExistence()
        .throttle(1, Duration.ofMinutes(1))
        .routes(RouteScopes.builder().build())
        .build();
    for (int i = 0; i < 5; i++) {
      FakeRequest foreign = FakeRequest.get("/x").from("192.0.2.1");
      assertThat(strict.check(foreign.field("Authorization", "Bearer " + JWT)))
          .isEqualTo(new PassedOn());
    }
    FakeRequest bad = FakeRequest.get("/x").from("192.0.2.1");
    assertThat(((Refused) strict.check(bad.field("Authorization", "Bearer cf_x")))
            .answer()
            .status())
        .isEqualTo(404);
  }

  @Test
  void a_manager_that_accepts_foreign_plaintexts_cannot_tell_them_apart() {
    TokenManager accepting =
        TokenManager.builder(new InMemoryTokenStore()).acceptForeign(20, 64).build();
    BearerAuthenticator.Builder builder =
        BearerAuthenticator.builder(accepting).passForeignBearer();
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage(
            "the manager accepts foreign plaintexts (expected: a manager without acceptForeign)");
    BearerAuthenticator.builder(accepting).build();
  }

  private int status(String... fields) {
    return ((Refused) bearer.check(List.of(fields))).answer().status();
  }
}
