package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.BearerCase;
import io.counterfoil.testing.CountingStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of the header value: {@code "Bearer" 1*SP b64token}. */
@Tag("locale")
class BearerGrammarTest {
  private static final int TEN_MEGABYTES = 10_000_000;

  private final CountingStore store = new CountingStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final String plaintext = tokens.create(NewToken.named("ci")).reveal();
  private final BearerAuthenticator bearer = BearerAuthenticator.builder(tokens).build();

  @ParameterizedTest(name = "{0}") // B1, B2, B3, B4, B5, B7, B8, C1, C2
  @MethodSource("io.counterfoil.testing.BearerCase#all")
  void each_credential_gets_the_response_in_the_table(BearerCase testCase) {
    Outcome outcome = bearer.check(request(testCase));
    BearerCase.Response expected = testCase.response();
    if (outcome instanceof Granted granted) {
      assertThat(expected).isEqualTo(BearerCase.Response.ACCEPTED);
      assertThat(granted.accepted().token().name()).isEqualTo("ci");
      return;
    }
    ApiResponse response = ((Refused) outcome).answer();
    assertThat(response.status()).isEqualTo(expected.status);
    assertThat(response.headers())
        .containsExactlyInAnyOrderEntriesOf(Map.of(
            "Content-Type", List.of("application/json"),
            "Cache-Control", List.of("no-store"),
            "X-Content-Type-Options", List.of("nosniff"),
            "WWW-Authenticate", List.of(expected.challenge)));
    assertThat(ApiFixture.text(response)).isEqualTo(expected.body());
    ParsedChallenge.parse(expected.challenge); // C3
    assertThat(store.lookups()).as("refused without the store").isZero();
  }

  private FakeRequest request(BearerCase testCase) {
    FakeRequest request = FakeRequest.get("/");
    for (String line : testCase.lines()) {
      String[] field = (line + (line.contains(": ") ? "" : ": ")).split(": ", 2);
      request.field(field[0], field[1].replace("TOKEN", plaintext));
    }
    return request;
  }

  @ParameterizedTest // B2, B3, A8: nothing is trimmed
  @ValueSource(
      strings = {
        "\ta", "a ", "a\t", "a b", "=", "a=b", "a,b", "\"a\"", "a\u0000", "\u00e4", "\u0661", "a:b",
        "a%20", "a@b"
      })
  void a_value_that_is_no_b64token_never_reaches_the_store_even_if_foreign_tokens_are_accepted(
      String end) {
    BearerAuthenticator acceptingForeign = BearerAuthenticator.builder(
            TokenManager.builder(store).acceptForeign(20, 256).build())
        .build();
    for (String token : List.of("a".repeat(30) + end, end + "a".repeat(30), end.repeat(30))) {
      boolean isLegal = token.matches("[A-Za-z0-9\\-._~+/]+=*");
      assertThat(acceptingForeign.check(List.of("Bearer " + token))).isInstanceOf(Refused.class);
      assertThat(store.lookups()).as(token).isEqualTo(isLegal ? 1 : 0);
    }
  }

  @Test // B7: the header allows exactly the lengths that the manager allows
  void the_longest_plaintext_that_a_manager_accepts_is_accepted_in_the_header() {
    int longest = Credential.MAX_LENGTH;
    TokenManager.Builder foreign = TokenManager.builder(store);
    assertThatIllegalArgumentException().isThrownBy(() -> foreign.acceptForeign(20, longest + 1));
    TokenManager manager = foreign.acceptForeign(20, longest).recordNoUses().build();
    String plaintext = "a".repeat(longest);
    manager.importHashed(NewToken.named("old"), sha256(plaintext), true, Instant.EPOCH);
    BearerAuthenticator check = BearerAuthenticator.builder(manager).build();
    assertThat(check.check(List.of("Bearer " + plaintext))).isInstanceOf(Granted.class);
    assertThat(check.check(List.of("Bearer " + plaintext + "a"))).isInstanceOf(Refused.class);
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
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

  @ParameterizedTest(name = "{index}") // B7, K1
  @MethodSource("hugeValues")
  void ten_megabytes_are_refused_in_one_pass(String value) {
    assertThat(bearer.check(List.of(value))).isInstanceOf(Refused.class);
  }

  @Test // L5
  void no_text_of_a_request_contains_the_credential() {
    assertThat(new HeaderOnlyRequest("GET", "/a", List.of("Bearer " + plaintext)).toString())
        .isEqualTo("GET /a");
    assertThat(new Credential(plaintext, true).toString()).doesNotContain(plaintext);
  }

  @Test // C1
  void without_the_header_there_is_no_credential() {
    ApiResponse response = ((Refused) bearer.check(List.of())).answer();
    assertThat(response.headers())
        .containsEntry("WWW-Authenticate", List.of(BearerCase.Response.MISSING.challenge));
  }
}
