package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.Verdict;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B2, B5, E9, E11: tokens in Basic credentials. */
class BasicPasswordTest {
  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext =
      fixture.tokens.create(NewToken.named("ci").owner("ann").unrestricted()).reveal();
  private final BearerAuthenticator anyUser =
      BearerAuthenticator.builder(fixture.tokens).basicPassword().build();
  private final BearerAuthenticator oneUser =
      BearerAuthenticator.builder(fixture.tokens).basicPassword("__token__").build();

  @ParameterizedTest
  @ValueSource(strings = {"", "ann", "__token__", "a b", "M\u00fcller", "x-access-token", "\u0000"})
  void the_password_is_the_token_and_the_user_name_is_ignored(String user) {
    assertThat(check(anyUser, user + ':' + plaintext)).isInstanceOf(Granted.class);
    String utf8 = Base64.getEncoder().encodeToString((user + ':' + plaintext).getBytes(UTF_8));
    Outcome outcome = anyUser.check(List.of("bASIC  " + utf8));
    assertThat(((Granted) outcome).accepted().token().userName()).isEqualTo("ann");
  }

  @Test // E11: a browser sends Basic credentials by itself, wherever the token is
  void a_grant_says_whether_the_request_has_basic_credentials() {
    BearerAuthenticator keys =
        BearerAuthenticator.builder(fixture.tokens).header("X-API-Key").build();
    FakeRequest key = get("").field("X-API-Key", plaintext);
    assertThat(((Granted) check(anyUser, ":" + plaintext)).hasBasic()).isTrue();
    assertThat(((Granted) keys.check(key)).hasBasic()).isFalse();
    assertThat(((Granted) anyUser.check(List.of("Bearer " + plaintext))).hasBasic())
        .isFalse();
    key.field("Authorization", "bAsIc");
    assertThat(((Granted) keys.check(key)).hasBasic()).isTrue();
  }

  @Test
  void a_user_name_that_the_host_has_set_must_be_equal() {
    assertThat(check(oneUser, "__token__:" + plaintext)).isInstanceOf(Granted.class);
    assertThat(fixture.store.lookups()).isPositive();
    for (String other : List.of("", "__TOKEN__", "__token__ ", " __token__", "__token", "\u00ff")) {
      assertInvalid(oneUser, Door.basic(other + ':' + plaintext));
    }
    assertThat(fixture.store.lookups()).as("refused without the store").isZero();
  }

  @Test // A8: the first colon ends the user name, and the password is taken as it is
  void the_password_is_exactly_what_follows_the_first_colon() {
    for (String password : List.of(
        ':' + plaintext,
        plaintext + ':',
        plaintext + ' ',
        ' ' + plaintext,
        plaintext + '\n',
        plaintext + '\u0000',
        plaintext + '\u00e4',
        "Bearer " + plaintext,
        "")) {
      assertInvalid(anyUser, Door.basic("ann:" + password));
    }
    assertInvalid(anyUser, Door.basic(plaintext));
    assertInvalid(anyUser, Door.basic(plaintext + ":ann"));
    assertInvalid(anyUser, Door.basic(""));
  }

  @Test // B2: every client sends this one encoding
  void other_encodings_are_refused() {
    String padded = encoded("ann" + ":" + plaintext + '=');
    String valid = encoded("aa:" + plaintext);
    assertThat(valid).endsWith("=");
    for (String text : List.of(
        valid.replaceAll("=+$", ""),
        valid + '=',
        valid + ' ',
        valid + '\t',
        valid.substring(0, 8) + '\n' + valid.substring(8),
        valid.substring(0, 8) + ' ' + valid.substring(8),
        valid + ',' + valid,
        '"' + valid + '"',
        lastBitSet(valid),
        valid + '\u00e9',
        valid + '\u0100',
        "",
        "=",
        "%",
        padded)) {
      assertInvalid(anyUser, "Basic " + text);
    }
    for (String other : List.of("Basic\t" + valid, "Basic" + valid, "Basic", "Basic:" + valid)) {
      assertThat(anyUser.check(List.of(other))).as(other).isInstanceOf(Refused.class);
    }
    assertThat(anyUser.check(List.of("Basic    " + valid))).isInstanceOf(Granted.class);
  }

  /** Sets a bit of the last character that stands for nothing. */
  private static String lastBitSet(String base64) {
    int last = base64.replaceAll("=+$", "").length() - 1;
    return base64.substring(0, last)
        + (char) (base64.charAt(last) + 1)
        + base64.substring(last + 1);
  }

  @Test // B7
  void long_credentials_are_refused_before_they_are_decoded() {
    String longest = encoded("x".repeat(768 - 1 - plaintext.length()) + ':' + plaintext);
    assertThat(longest).hasSize(1024);
    assertThat(anyUser.check(List.of("Basic " + longest))).isInstanceOf(Granted.class);
    assertInvalid(anyUser, Door.basic("x".repeat(769 - plaintext.length()) + ':' + plaintext));
    assertInvalid(anyUser, "Basic " + "a".repeat(1 << 24));
  }

  @Test // C2, C3
  void the_first_challenge_is_basic_and_a_rejected_token_gets_both() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .realm("repository")
        .scheme("Token")
        .basicPassword()
        .build();
    assertThat(challenges(bearer.check(List.of())))
        .containsExactly("Basic realm=\"repository\", charset=\"UTF-8\"");
    List<String> rejected = challenges(bearer.check(List.of(Door.basic("a:b"))));
    assertThat(rejected)
        .containsExactly(
            "Bearer realm=\"repository\", error=\"invalid_token\"",
            "Token realm=\"repository\"",
            "Basic realm=\"repository\", charset=\"UTF-8\"");
    rejected.forEach(ParsedChallenge::parse);
    BearerAuthenticator closed =
        BearerAuthenticator.builder(fixture.tokens).scheme("Token").build();
    assertThat(challenges(closed.check(List.of(Door.basic("a:b")))))
        .noneMatch(challenge -> challenge.startsWith("Basic"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "\u00e4", "a\n", "\u007f"})
  void a_user_name_that_no_client_can_send_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BearerAuthenticator.builder(fixture.tokens).basicPassword(name))
        .withMessage("basicPassword: " + Json.escaped(name)
            + " (expected: 1 to 255 printable ASCII characters without a colon)");
  }

  @Test // E11: CWE-352
  void the_management_api_refuses_basic_credentials() {
    Verdict.Accepted accepted = ((Granted) check(anyUser, "a:" + plaintext)).accepted();
    TokenApi withSelf =
        TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
    for (FakeRequest request : List.of(
        get(""),
        get("/self"),
        post("/self/delete"),
        post("/delete/2", "{}"),
        post("/create", "{\"name\":\"x\"}"))) {
      request.field("authorization", "basic x").with(accepted);
      assertThat(text(fixture.assertRefused(withSelf, request, 403)))
          .contains("not managed with Basic credentials");
    }
    FakeRequest document = get("").field("Authorization", "Basic x").with(accepted);
    assertThat(withSelf.description("/api").handle(document).status()).isEqualTo(403);
  }

  @Test // E9: a page of another site can send an empty form with Basic credentials
  void with_basic_every_change_needs_json_even_an_empty_deletion() {
    Verdict.Accepted accepted = ((Granted) check(anyUser, "a:" + plaintext)).accepted();
    long id = fixture.tokens.create(NewToken.named("old").owner("ann")).token().id();
    TokenApi api = fixture.api.acceptBasic();
    assertThat(api.handle(basic(get("")).with(accepted)).status()).isEqualTo(200);
    fixture.assertRefused(api, basic(post("/delete/" + id)).with(accepted), 415);
    fixture.assertRefused(
        api,
        basic(post("/delete/" + id))
            .field("Content-Type", "application/x-www-form-urlencoded")
            .with(accepted),
        415);
    fixture.assertRefused(
        api,
        basic(post("/setEnabled/" + id).body("{\"enabled\":false}".getBytes(UTF_8)))
            .with(accepted),
        415);
    FakeRequest json = basic(post("/delete/" + id, "")).with(accepted);
    assertThat(api.handle(json).status()).isEqualTo(200);
  }

  @Test
  void the_document_names_basic_only_if_the_api_accepts_it() {
    String accepting =
        text(fixture.api.acceptBasic().description("/api").handle(get("").with(fixture.admin)));
    assertThat(accepting)
        .contains("\"security\":[{\"bearer\":[]},{\"basic\":[]}]")
        .contains("\"basic\":{\"type\":\"http\",\"scheme\":\"basic\"}");
    assertThat(text(fixture.api.description("/api").handle(get("").with(fixture.admin))))
        .contains("\"security\":[{\"bearer\":[]}]")
        .doesNotContain("basic");
  }

  private static FakeRequest basic(FakeRequest request) {
    return request.field("Authorization", Door.basic("a:b"));
  }

  private static Outcome check(BearerAuthenticator bearer, String userAndPassword) {
    return bearer.check(List.of(Door.basic(userAndPassword)));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }

  private static void assertInvalid(BearerAuthenticator bearer, String value) {
    ApiResponse response = ((Refused) bearer.check(List.of(value))).answer();
    assertThat(response.status()).isEqualTo(401);
    assertThat(challenges(bearer.check(List.of(value))))
        .contains("Bearer realm=\"api\", error=\"invalid_token\"");
  }

  private static List<String> challenges(Outcome outcome) {
    return ((Refused) outcome).answer().headers().getOrDefault("WWW-Authenticate", List.of());
  }
}
