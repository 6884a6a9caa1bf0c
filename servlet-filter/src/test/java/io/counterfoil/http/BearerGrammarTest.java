package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.CountingStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code "Bearer" 1*SP b64token}, and nothing else. In the values, {@code TOKEN} stands for a valid plaintext. */
class BearerGrammarTest {
  private static final String MISSING = "Bearer realm=\"api\"";
  private static final String INVALID = "Bearer realm=\"api\", error=\"invalid_token\"";
  private static final String REPEATED = "Bearer realm=\"api\", error=\"invalid_request\"";
  private static final int TEN_MEGABYTES = 10_000_000;

  private final CountingStore store = new CountingStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final String plaintext = tokens.create(NewToken.named("ci")).reveal();
  private final BearerAuthenticator bearer = BearerAuthenticator.builder(tokens).build();

  @ParameterizedTest // B1, B3
  @ValueSource(
      strings = {"Bearer TOKEN", "bearer TOKEN", "BEARER TOKEN", "bEaReR TOKEN", "Bearer    TOKEN"})
  void the_scheme_in_any_case_then_one_or_more_blanks_then_a_valid_token_come_in(String value) {
    assertThat(check(value))
        .asInstanceOf(type(Granted.class))
        .extracting(granted -> granted.accepted().token().name())
        .isEqualTo("ci");
    assertThat(store.lookups()).isOne();
  }

  @ParameterizedTest // B2, C1
  @ValueSource(
      strings = {
        "",
        " ",
        "Basic TOKEN",
        "Token TOKEN",
        "TOKEN",
        "Bear TOKEN",
        "Bearer2 TOKEN",
        "Bearer-Token TOKEN",
        "Bearer_TOKEN",
        " Bearer TOKEN",
        "\tBearer TOKEN",
        "secret-token:TOKEN", // B8
        "Basic Bearer TOKEN",
        "\u0299earer TOKEN",
        "\uff22earer TOKEN",
        "Be\u00e4rer TOKEN"
      })
  void another_scheme_is_no_bearer_credential(String value) {
    assertRefused(check(value), 401, MISSING);
  }

  @ParameterizedTest // B2, B3, C2
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer     ",
        "Bearer\tTOKEN",
        "Bearer \tTOKEN",
        "Bearer\t TOKEN",
        "Bearer\u00a0TOKEN",
        "Bearer\u2003TOKEN",
        "Bearer\nTOKEN",
        "Bearer TOKEN ",
        "Bearer TOKEN\t",
        "Bearer TOKEN\n",
        "Bearer TOKEN\r\n X: y",
        "Bearer TOKEN\u0000",
        "Bearer \u0000TOKEN",
        "Bearer \u007fTOKEN",
        "Bearer TOKEN TOKEN",
        "Bearer Bearer TOKEN",
        "Bearer \"TOKEN\"",
        "Bearer 'TOKEN'",
        "Bearer <TOKEN>",
        "Bearer TOKEN,",
        "Bearer ,TOKEN",
        "Bearer, TOKEN",
        "Bearer:TOKEN",
        "Bearer=TOKEN",
        "Bearer TOKEN, Basic eDp5",
        "Bearer TOKEN, Bearer TOKEN",
        "Bearer token=TOKEN",
        "Bearer token=\"TOKEN\"",
        "Bearer realm=\"api\", token=\"TOKEN\"",
        "Bearer TOKEN;v=1",
        "Bearer %43TOKEN",
        "Bearer secret-token:TOKEN", // B8
        "Bearer TOKEN\u00e9",
        "Bearer TOK\u0415N",
        "Bearer \uff34OKEN",
        "Bearer =",
        "Bearer ====",
        "Bearer a=b",
        "Bearer =TOKEN",
        "Bearer TOKEN=", // a b64token, but no token of ours
        "Bearer TOKEN-TOKEN",
        "Bearer -._~+/=="
      })
  void what_follows_the_scheme_must_be_exactly_one_token(String value) {
    assertRefused(check(value), 401, INVALID);
    assertThat(store.lookups()).as("refused without the store").isZero();
  }

  @Test // B7
  void a_credential_longer_than_any_token_is_refused_without_the_store() {
    for (int length : new int[] {255, 256, 65_536}) {
      assertRefused(check("Bearer " + "a".repeat(length)), 401, INVALID);
    }
    assertThat(store.lookups()).isZero();
  }

  static Stream<String> hugeValues() {
    return Stream.of(
        "Bearer " + "a".repeat(TEN_MEGABYTES),
        "Bearer " + " ".repeat(TEN_MEGABYTES),
        "Bearer " + "=".repeat(TEN_MEGABYTES),
        "Bearer a" + "=".repeat(TEN_MEGABYTES) + "a",
        "Bearer " + "a ".repeat(TEN_MEGABYTES / 2),
        "B".repeat(TEN_MEGABYTES),
        " ".repeat(TEN_MEGABYTES));
  }

  @ParameterizedTest(
      name = "{index}") // B7, K1: best of five, so that the machine's other work does not count
  @MethodSource("hugeValues")
  void ten_megabytes_are_refused_in_one_pass(String value) {
    assertThat(bearer.check(List.of(value))).isInstanceOf(Refused.class);
  }

  @Test // C1
  void no_field_is_no_credential() {
    assertRefused(bearer.check(List.of()), 401, MISSING);
  }

  @Test // B4
  void more_than_one_field_is_refused_whatever_the_values_and_their_order() {
    String good = "Bearer " + plaintext;
    for (List<String> fields : List.of(
        List.of(good, good),
        List.of(good, "Bearer x"),
        List.of("Bearer x", good),
        List.of(good, ""),
        List.of("", good),
        List.of(good, "Basic eDp5"),
        List.of("Basic eDp5", good),
        List.of("Basic eDp5", "Basic eDp5"),
        List.of(good, good, good))) {
      assertRefused(bearer.check(fields), 400, REPEATED);
    }
    assertThat(store.lookups()).isZero();
  }

  private Outcome check(String value) {
    return bearer.check(List.of(value.replace("TOKEN", plaintext)));
  }

  private static void assertRefused(Outcome outcome, int status, String challenge) {
    ApiResponse answer = ((Refused) outcome).answer();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("WWW-Authenticate", challenge);
  }
}
