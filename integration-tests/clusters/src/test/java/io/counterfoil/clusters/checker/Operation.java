package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operation that a call asked for. Contains labels, never a plaintext. A field that its kind does not have is empty.
 *
 * <p>Labels, names, keys and versions are texts without limits, except that the empty text means "none".
 *
 * @param token the label of the token. Each create call has a token label of its own, even if several calls use one name or key
 * @param plaintext the label of the presented plaintext, or of the new one: each create or rotate call has a label of its own
 * @param name owner and name of the token to create, in any form that is equal for equal names
 * @param key the key of {@code createOnce}
 * @param version the text that the call writes as description and as only scope; unique within the history
 * @param overlap the overlap of a rotation
 */
public record Operation(
    Kind kind,
    String token,
    String plaintext,
    String name,
    String key,
    String version,
    Duration overlap) {
  private static final String NONE = "";

  /** Returns the creation of a token. */
  public static Operation create(String token, String plaintext, String name, String version) {
    return new Operation(Kind.CREATE, token, plaintext, name, NONE, version, Duration.ZERO);
  }

  /** Returns the creation of a token, unless the key is recorded. */
  public static Operation createOnce(
      String key, String token, String plaintext, String name, String version) {
    return new Operation(Kind.CREATE_ONCE, token, plaintext, name, key, version, Duration.ZERO);
  }

  /** Returns the authentication of a plaintext of that token. */
  public static Operation authenticate(String token, String plaintext) {
    return new Operation(Kind.AUTHENTICATE, token, plaintext, NONE, NONE, NONE, Duration.ZERO);
  }

  /** Returns the reading of a token by its id. */
  public static Operation read(String token) {
    return of(Kind.READ, token);
  }

  /** Returns the listing of all tokens. */
  public static Operation list() {
    return of(Kind.LIST, NONE);
  }

  /** Returns the disabling of a token. */
  public static Operation disable(String token) {
    return of(Kind.DISABLE, token);
  }

  /** Returns the enabling of a token. */
  public static Operation enable(String token) {
    return of(Kind.ENABLE, token);
  }

  /** Returns the rotation of a token. */
  public static Operation rotate(String token, String plaintext, Duration overlap) {
    return new Operation(Kind.ROTATE, token, plaintext, NONE, NONE, NONE, overlap);
  }

  /** Returns an update that writes one version into the description and the scopes. */
  public static Operation update(String token, String version) {
    return new Operation(Kind.UPDATE, token, NONE, NONE, NONE, version, Duration.ZERO);
  }

  /** Returns the deletion of a token. */
  public static Operation delete(String token) {
    return of(Kind.DELETE, token);
  }

  private static Operation of(Kind kind, String token) {
    return new Operation(kind, token, NONE, NONE, NONE, NONE, Duration.ZERO);
  }

  /** Returns the kind and the other fields that are not empty. */
  String text() {
    String lasting = overlap.isZero() ? NONE : "overlap " + overlap.toMillis() + " ms";
    return Stream.of(kind.toString(), key, token, plaintext, name, version, lasting)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
