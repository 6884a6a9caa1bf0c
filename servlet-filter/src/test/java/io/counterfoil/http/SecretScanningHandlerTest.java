package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.counterfoil.Actor;
import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import io.counterfoil.http.SecretScanningHandler.Leak;
import io.counterfoil.testing.CapturedLog;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of a secret scanner revoke leaked plaintexts. */
class SecretScanningHandlerTest {
  private static final String UNKNOWN_SIGNER =
      "{\"success\":false,\"msg\":\"the request is not signed by anyone who is known here\"}";

  private final ApiFixture fixture = new ApiFixture();
  private final FakeScanner scanner = new FakeScanner();
  private final List<Leak> leaks = new ArrayList<>();
  private final SecretScanningHandler reports =
      SecretScanningHandler.of(fixture.tokens, scanner::find, leaks::add);
  private final String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal(); // id 2

  private static String labelled(String reported, String label) {
    return "{\"token_hash\":\"" + sha256(reported) + "\",\"token_type\":\"acme_token\",\"label\":\""
        + label + "\"}";
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_leaked_token_is_disabled_and_the_host_is_notified() {
    String none = plaintext.substring(0, plaintext.length() - 1) + '!';
    String body = '[' + FakeScanner.found(none) + ',' + FakeScanner.found(plaintext) + ']';
    ApiResponse response = reports.handle(scanner.report(body));
    assertThat(text(response))
        .isEqualTo('['
            + labelled(none, "false_positive")
            + ','
            + labelled(plaintext, "true_positive")
            + ']');
    assertThat(response.status()).isEqualTo(200);
    assertThat(fixture.tokens.find(2).orElseThrow().enabled()).isFalse();
    assertThat(leaks)
        .containsExactly(new Leak(
            fixture.tokens.find(2).orElseThrow(),
            "acme_token",
            "https://example.com/acme/app/blob/1/x",
            "commit"));
  }

  @Test
  void a_leaked_previous_plaintext_is_revoked_and_its_token_stays_enabled() {
    String next = fixture.tokens.rotate(2, Duration.ofMinutes(5)).orElseThrow().reveal();
    for (int i = 0; i < 2; i++) { // the second report repeats the first
      ApiResponse response =
          reports.handle(scanner.report('[' + FakeScanner.found(plaintext) + ']'));
      assertThat(text(response)).isEqualTo('[' + labelled(plaintext, "true_positive") + ']');
    }
    assertThat(fixture.tokens.authenticate(plaintext)).isInstanceOf(Verdict.Rejected.class);
    assertThat(fixture.tokens.authenticate(next)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test // P10
  void a_revocation_names_the_system_and_the_address_that_sent_the_report() {
    List<TokenEvent> events = new ArrayList<>();
    TokenManager tokens =
        TokenManager.builder(fixture.store).synchronousListener(events::add).build();
    SecretScanningHandler audited = SecretScanningHandler.of(tokens, scanner::find, leaks::add);
    FakeRequest report = scanner.report('[' + FakeScanner.found(plaintext) + ']');
    assertThat(audited.handle(report.from("192.0.2.7")).status()).isEqualTo(200);
    assertThat(events).isNotEmpty().allSatisfy(event -> {
      assertThat(event.actor()).isEqualTo(Actor.SYSTEM);
      assertThat(event.address()).isEqualTo(AddressRange.address("192.0.2.7"));
    });
  }

  @Test
  void the_sample_in_the_documentation_of_github_verifies() {
    PublicKey github = SecretScanningHandler.publicKey("""
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd
        AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==
        -----END PUBLIC KEY-----
        """);
    SecretScanningHandler partner =
        SecretScanningHandler.of(fixture.tokens, name -> Optional.of(github), leaks::add);
    FakeRequest sample = FakeRequest.post(
            "",
            "[{\"source\":\"commit\",\"token\":\"some_token\",\"type\":\"some_type\","
                + "\"url\":\"https://example.com/base-repo-url/\"}]")
        .field(
            "Github-Public-Key-Identifier",
            "bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c")
        .field(
            "Github-Public-Key-Signature",
            "MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==");
    assertThat(text(partner.handle(sample)))
        .isEqualTo("[{\"token_hash\":\"" + sha256("some_token")
            + "\",\"token_type\":\"some_type\",\"label\":\"false_positive\"}]");
  }

  @Test
  void missing_and_unknown_members_are_tolerated() {
    String body = "[{\"token\":\"" + plaintext + "\",\"url\":null,\"at\":{\"lines\":[[1],[2]]}}]";
    assertThat(text(reports.handle(scanner.report(body)))).contains("\"token_type\":\"\"");
    assertThat(leaks)
        .singleElement()
        .satisfies(leak -> assertThat(leak.url() + leak.source()).isEmpty());
  }

  @Test
  void an_empty_report_gets_an_empty_response() {
    assertThat(text(reports.handle(scanner.report(" [ ] ")))).isEqualTo("[]");
  }

  private void refused(FakeRequest request) {
    assertThat(text(fixture.assertRefused(reports, request, 403))).isEqualTo(UNKNOWN_SIGNER);
    assertThat(leaks).isEmpty();
  }

  @Test
  void a_report_not_signed_by_a_known_key_changes_nothing() {
    String body = '[' + FakeScanner.found(plaintext) + ']';
    String signature = scanner.signature(body.getBytes(UTF_8));
    String name = FakeScanner.KEY_NAME;
    refused(request(body));
    refused(request(body, name));
    // two signatures: parsers could disagree about which one counts
    refused(request(body, name, signature, signature));
    refused(request(body + ' ', name, signature));
    refused(request(body, "another", signature));
    refused(request(body, name, new FakeScanner().signature(body.getBytes(UTF_8))));
    refused(request(body, name, scanner.signature(new byte[0])));
    refused(request(body, name, signature.substring(4)));
    refused(request(body, name, ' ' + signature));
    refused(request(body, name, signature.replace('/', '_') + "AA=="));
    refused(request(body, name, "A".repeat(100_000)));
    refused(request(body, name, der("3006020100020100"))); // CVE-2022-21449
    refused(request(body, name, der("3006020101020101")));
    refused(request(body, name, der("3004020001" + "0200")));
    refused(request(body, "a b", signature));
    refused(request(body, "a".repeat(129), signature));
    refused(request(body, "", signature));
  }

  private static String der(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private static FakeRequest request(String body, String... nameAndSignatures) {
    FakeRequest request = FakeRequest.post("", body);
    for (int i = 0; i < nameAndSignatures.length; i++) {
      request.field(
          i == 0 ? "Github-Public-Key-Identifier" : "Github-Public-Key-Signature",
          nameAndSignatures[i]);
    }
    return request;
  }

  @Test
  void the_body_of_a_request_without_a_known_key_is_not_read() {
    FakeRequest request = request("[]", "another", scanner.signature("[]".getBytes(UTF_8)));
    refused(request);
    assertThat(request.bodyOpened()).isZero();
    FakeRequest withoutSignature = request("[]", FakeScanner.KEY_NAME);
    refused(withoutSignature);
    assertThat(withoutSignature.bodyOpened()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[",
        "[]]",
        "[] []",
        "[1]",
        "[\"token\"]",
        "[[{\"token\":\"x\"}]]",
        "[{}]",
        "[{\"token\":null}]",
        "[{\"token\":1}]",
        "[{\"token\":[\"x\"]}]",
        "[{\"token\":\"x\",\"type\":1}]",
        "[{\"token\":\"x\",\"token\":\"y\"}]",
        "[{\"token\":\"x\",\"token\":null}]",
        "[{\"token\":\"x\"},]",
        "[{\"token\":\"x\",\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}]"
      })
  void a_signed_body_that_is_no_report_changes_nothing(String body) {
    fixture.assertRefused(reports, scanner.report(body), 400);
  }

  @Test
  void path_method_content_type_and_size_of_a_report_are_checked() {
    fixture.assertRefused(reports, FakeRequest.get(""), 405);
    fixture.assertRefused(reports, new FakeRequest("GET", "/x"), 404);
    fixture.assertRefused(reports, FakeRequest.post("").field("Content-Type", "text/plain"), 415);
    fixture.assertRefused(reports, scanner.report("[" + " ".repeat(1024 * 1024 - 1) + "]"), 413);
    String most = "[" + " ".repeat(1024 * 1024 - 2) + "]";
    assertThat(reports.handle(scanner.report(most)).status()).isEqualTo(200);
  }

  @Test
  void one_failing_token_does_not_keep_the_others_enabled() {
    TokenStore broken = spy(fixture.store);
    doThrow(new TokenStoreException("bad row")).when(broken).update(argThat(row -> row.id() == 1));
    TokenManager tokens = TokenManager.builder(broken).clock(fixture.clock).build();
    String first = tokens.create(NewToken.named("first")).reveal(); // id 3
    doThrow(new TokenStoreException("bad row")).when(broken).update(argThat(row -> row.id() == 3));
    SecretScanningHandler withBrokenStore =
        SecretScanningHandler.of(tokens, scanner::find, leaks::add);
    String body = '[' + FakeScanner.found(first) + ',' + FakeScanner.found(plaintext) + ']';
    ApiResponse response = withBrokenStore.handle(scanner.report(body));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsKey("Retry-After");
    assertThat(tokens.find(2).orElseThrow().enabled()).isFalse();
    assertThat(leaks)
        .singleElement()
        .satisfies(leak -> assertThat(leak.token().id()).isEqualTo(2));
    doThrow(new TokenStoreException("away")).when(broken).update(any());
    assertThat(withBrokenStore.handle(scanner.report(body)).status()).isEqualTo(503);
    tokens.close();
  }

  @Test
  void a_failing_listener_does_not_keep_the_other_tokens_enabled() {
    SecretScanningHandler throwing =
        SecretScanningHandler.of(fixture.tokens, scanner::find, leak -> {
          throw new NoClassDefFoundError("a missing jar");
        });
    String second = fixture.tokens.create(NewToken.named("second")).reveal(); // id 3
    String body = '[' + FakeScanner.found(plaintext) + ',' + FakeScanner.found(second) + ']';
    assertThat(throwing.handle(scanner.report(body)).status()).isEqualTo(503);
    assertThat(fixture.tokens.find(3).orElseThrow().enabled()).isFalse();
  }

  @Test
  void a_failing_store_is_not_called_for_every_reported_token() {
    TokenStore away = spy(fixture.store);
    doThrow(new TokenStoreException("away")).when(away).findByHash(any());
    TokenManager tokens = TokenManager.builder(away).build();
    String body =
        '[' + String.join(",", Collections.nCopies(100, FakeScanner.found(plaintext))) + ']';
    assertThat(SecretScanningHandler.of(tokens, scanner::find, leaks::add)
            .handle(scanner.report(body))
            .status())
        .isEqualTo(503);
    verify(away, times(3)).findByHash(any());
    tokens.close();
  }

  @Test
  void a_failing_host_is_answered_503_and_its_message_is_not_logged() throws Exception {
    SecretScanningHandler throwing =
        SecretScanningHandler.of(fixture.tokens, scanner::find, leak -> {
          throw new IllegalStateException("about " + plaintext);
        });
    String log = CapturedLog.of(() -> assertThat(throwing
            .handle(scanner.report('[' + FakeScanner.found(plaintext) + ']'))
            .status())
        .isEqualTo(503));
    assertThat(log).contains("IllegalStateException").doesNotContain(plaintext);
    assertThat(fixture.tokens.find(2).orElseThrow().enabled()).isFalse();
    SecretScanningHandler keyless = SecretScanningHandler.of(
        fixture.tokens,
        name -> {
          throw new IllegalStateException("cannot fetch");
        },
        leaks::add);
    assertThat(keyless.handle(scanner.report("[]")).status()).isEqualTo(503);
  }

  @Test
  void a_key_is_a_public_key_on_p_256() {
    assertThat(SecretScanningHandler.publicKey(scanner.pem()))
        .isEqualTo(scanner.find(FakeScanner.KEY_NAME).orElseThrow());
    String p384 = new FakeScanner("secp384r1").pem();
    for (String bad : List.of(
        "", "x", p384, scanner.pem().replace("PUBLIC", "PRIVATE"), scanner.pem().substring(30))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SecretScanningHandler.publicKey(bad))
          .withMessage("pem (expected: a public key on the curve P-256)");
    }
  }
}
