package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.Actor;
import io.counterfoil.Token;
import io.counterfoil.TokenChanges;
import io.counterfoil.TokenManager;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Receives reports of leaked plaintexts from GitHub's secret scanning, and revokes the plaintexts of our tokens with
 * {@link TokenManager#reportLeak}.
 *
 * <p>A report is a {@code POST} to the path at which this handler is mounted. Its body is a JSON array of {@code
 * {"token":"…","type":"…","url":"…","source":"…"}}, at most 1 MiB. The header {@code Github-Public-Key-Signature} holds
 * an ECDSA signature of these bytes on P-256 with SHA-256. The header {@code Github-Public-Key-Identifier} names the
 * key. A report that is not signed by a key that the host knows changes nothing, and gets a 403 that is the same in
 * every case.
 *
 * <p>The response is a JSON array of {@code {"token_hash":"…","token_type":"…","label":"…"}}, one for each element of
 * the report, in the same order. The label is {@code true_positive} for a plaintext of one of our tokens, enabled or
 * not, current or previous, and {@code false_positive} for any other text. The hash is the SHA-256 of the reported text
 * in hexadecimal digits. No other part of a report is returned or logged. Events name the {@linkplain Actor#SYSTEM
 * system} as the actor, and the address of the client.
 *
 * <p>If the store or the host's callback fails for one plaintext, the others are still revoked, unless it fails three
 * times in a row. The response is then 503 with {@code Retry-After}. It does no harm to send a report again.
 *
 * <p>The body is read only if the headers have the form of a signature and name a known key. At most 16 reports of more
 * than 16 KiB are read at the same time; another one gets 503 with {@code Retry-After}. A report of more than 16 KiB
 * whose body takes longer than 30 seconds gets 408. A sender that sends nothing is ended by the read timeout of the
 * container.
 *
 * <p>A report comes without a token: mount this handler outside the filter. Safe for use by many threads.
 *
 * @see <a href="https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program">GitHub's
 *     description</a>
 */
public final class SecretScanningHandler implements ApiHandler {
  /**
   * After this number of failures in a row, the handler stops: the store is probably unavailable, and GitHub waits 30
   * seconds for the response.
   */
  private static final int MAX_FAILURES_IN_A_ROW = 3;

  private final TokenManager tokens;
  private final GitHubSignatureVerifier verifier;
  private final Consumer<Leak> listener;

  private SecretScanningHandler(
      TokenManager tokens, GitHubSignatureVerifier verifier, Consumer<Leak> listener) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.verifier = verifier;
    this.listener = Objects.requireNonNull(listener, "host");
  }

  /**
   * A leaked plaintext of one of our tokens.
   *
   * @param token the token, in its state after the plaintext was revoked
   * @param type the scanner's name for this kind of plaintext; empty if it does not report one
   * @param url the address at which it was found; empty if the scanner does not report one
   * @param source the kind of place, such as {@code commit}; empty if the scanner does not report one
   */
  public record Leak(Token token, String type, String url, String source) {}

  /**
   * Returns a handler that revokes leaked plaintexts of this manager's tokens.
   *
   * @param keys a function that finds a public key by its name. Unauthenticated clients can make it look for any name
   *     of printable ASCII, so it should use keys that the host has already loaded. GitHub's keys are at {@code
   *     api.github.com/meta/public_keys/secret_scanning}, see {@link #publicKey}
   * @param host a callback that receives each leak after its plaintext was revoked, so that the host can notify the
   *     owner. It runs on the thread of the request. If it throws, the response is 503. It may receive the same leak
   *     again
   */
  public static SecretScanningHandler of(
      TokenManager tokens, Function<String, Optional<PublicKey>> keys, Consumer<Leak> host) {
    return of(tokens, keys, host, System::nanoTime);
  }

  /** For tests that control the time. */
  static SecretScanningHandler of(
      TokenManager tokens,
      Function<String, Optional<PublicKey>> keys,
      Consumer<Leak> host,
      LongSupplier nanos) {
    ReportBodies bodies = new ReportBodies(nanos);
    return new SecretScanningHandler(tokens, new GitHubSignatureVerifier(keys, bodies), host);
  }

  /**
   * Parses a public key in PEM format, which begins with {@code -----BEGIN PUBLIC KEY-----} (RFC 7468 section 13).
   *
   * @throws IllegalArgumentException if it is not a public key on the curve P-256
   */
  public static PublicKey publicKey(String pem) {
    return GitHubSignatureVerifier.key(pem);
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    try {
      List<LeakedToken> report = LeakedToken.parseReport(verifier.verifiedBody(request));
      return revokeAll(report, tokens.actingAs(Actor.SYSTEM, request.clientAddress()));
    } catch (ApiException e) {
      return e.response();
    } catch (Throwable failure) {
      FailureLog.log(failure);
      return Responses.UNAVAILABLE;
    }
  }

  private ApiResponse revokeAll(List<LeakedToken> report, TokenChanges changes) {
    boolean[] ours = new boolean[report.size()];
    boolean failed = false;
    int failuresInARow = 0;
    for (int i = 0; i < ours.length && failuresInARow < MAX_FAILURES_IN_A_ROW; i++) {
      try {
        ours[i] = revoke(report.get(i), changes);
        failuresInARow = 0;
      } catch (Throwable failure) { // must not prevent the next one from being revoked
        FailureLog.log(failure);
        failed = true;
        failuresInARow++;
      }
    }
    return failed ? Responses.UNAVAILABLE : labels(report, ours);
  }

  private boolean revoke(LeakedToken leaked, TokenChanges changes) {
    Optional<Token> token = changes.reportLeak(leaked.text());
    token.ifPresent(
        ours -> listener.accept(new Leak(ours, leaked.type(), leaked.url(), leaked.source())));
    return token.isPresent();
  }

  private static ApiResponse labels(List<LeakedToken> report, boolean[] ours) {
    return Responses.withoutEnvelope(json -> {
      json.writeStartArray();
      for (int i = 0; i < ours.length; i++) {
        json.writeStartObject();
        json.writeStringField("token_hash", sha256(report.get(i).text()));
        json.writeStringField("token_type", report.get(i).type());
        json.writeStringField("label", ours[i] ? "true_positive" : "false_positive");
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM has no SHA-256", e);
    }
  }
}
