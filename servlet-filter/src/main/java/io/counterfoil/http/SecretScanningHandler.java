package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.Token;
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

/**
 * Takes reports of plaintexts that were found in public, as the partners of GitHub's secret scanning get them, and ends those
 * that are ours by {@link TokenManager#reportLeak}.
 *
 * <p>A report is a {@code POST} to the place where this is mounted: a JSON array of {@code {"token":"…","type":"…","url":"…",
 * "source":"…"}}, at most 1 MiB of it, signed by ECDSA on P-256 with SHA-256 over its bytes, the signature in the header {@code
 * Github-Public-Key-Signature}, the name of the key in {@code Github-Public-Key-Identifier}. What is not signed by a key that
 * the host knows is answered 403, whatever is wrong with the signature, and changes nothing.
 *
 * <p>The answer is a JSON array of {@code {"token_hash":"…","token_type":"…","label":"…"}}, one for each of the report in its
 * order: the label is {@code true_positive} for a plaintext of one of our tokens, enabled or not, present or replaced, and {@code
 * false_positive} for any other text; the hash is the SHA-256 of what was reported, in hexadecimal digits. If the store or the
 * host's own part fails for one of them, the others are ended all the same, unless it fails for three in a row, and the answer
 * is 503 with {@code Retry-After}; a report that comes again does no harm. Nothing else of a report comes back or is logged.
 *
 * <p>No token is needed to send one: mount it outside the filter. Immutable; safe for use by many threads.
 *
 * @see <a href="https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program/secret-scanning-partner-program">GitHub's
 *     description</a>
 */
public final class SecretScanningHandler implements ApiHandler {
  /** After so many failures in a row nothing more is tried: GitHub waits for half a minute. */
  private static final int FAILURES = 3;

  private final TokenManager tokens;
  private final GitHubSignatureVerifier signature;
  private final Consumer<Leak> host;

  private SecretScanningHandler(
      TokenManager tokens, GitHubSignatureVerifier signature, Consumer<Leak> host) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.signature = signature;
    this.host = Objects.requireNonNull(host, "host");
  }

  /**
   * A plaintext of one of our tokens that was found.
   *
   * @param token whose it is, as it is after its plaintext was ended
   * @param type what the scanner calls such plaintexts; empty if it does not say
   * @param url where it was found; empty if the scanner does not say
   * @param source in what it was found, such as {@code commit}; empty if the scanner does not say
   */
  public record Leak(Token token, String type, String url, String source) {}

  /**
   * Returns the handler that ends plaintexts of that manager.
   *
   * @param keys finds the public key of that name, or none. Strangers have it asked for any name of printable ASCII, so it
   *     answers from what the host holds: GitHub's keys are at {@code api.github.com/meta/public_keys/secret_scanning}, see {@link
   *     #publicKey}
   * @param host is told of each leak, on the thread of the request, after the plaintext was ended: the owner will want to know.
   *     What it throws is answered 503. It may be told of one again
   */
  public static SecretScanningHandler of(
      TokenManager tokens, Function<String, Optional<PublicKey>> keys, Consumer<Leak> host) {
    return new SecretScanningHandler(tokens, new GitHubSignatureVerifier(keys), host);
  }

  /**
   * Reads a public key from its PEM form, {@code -----BEGIN PUBLIC KEY-----} and so on (RFC 7468 section 13).
   *
   * @throws IllegalArgumentException if it is none, or not one on the curve P-256
   */
  public static PublicKey publicKey(String pem) {
    return GitHubSignatureVerifier.key(pem);
  }

  @Override
  public ApiResponse handle(ApiRequest request) {
    try {
      return answer(LeakedToken.readAll(signature.signedBody(request)));
    } catch (ApiException e) {
      return e.response();
    } catch (Throwable failure) {
      FailureLog.log(failure);
      return Responses.UNAVAILABLE;
    }
  }

  private ApiResponse answer(List<LeakedToken> report) {
    boolean[] ours = new boolean[report.size()];
    boolean failed = false;
    int inARow = 0;
    for (int i = 0; i < ours.length && inARow < FAILURES; i++) {
      try {
        ours[i] = end(report.get(i));
        inARow = 0;
      } catch (Throwable failure) { // no reason to leave the next one open
        FailureLog.log(failure);
        failed = true;
        inARow++;
      }
    }
    return failed ? Responses.UNAVAILABLE : labels(report, ours);
  }

  private static ApiResponse labels(List<LeakedToken> report, boolean[] ours) {
    return Responses.bare(json -> {
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

  private boolean end(LeakedToken found) {
    Optional<Token> token = tokens.reportLeak(found.text());
    token.ifPresent(ours -> host.accept(new Leak(ours, found.type(), found.url(), found.source())));
    return token.isPresent();
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
