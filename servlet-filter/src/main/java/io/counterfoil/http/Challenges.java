package io.counterfoil.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The challenges of one check, one for each scheme (RFC 9110 section 11.6.1). Each has a line of its own, because many clients
 * read only the first challenge of a line.
 */
final class Challenges {
  private final String bearer;
  private final List<String> others;
  private final Optional<String> basic;

  /** @param reader names the accepted schemes; there is no challenge for a header field of another name */
  Challenges(String realm, CredentialReader reader) {
    String parameter = " realm=\"" + realm + '"';
    this.bearer = AuthorizationHeader.BEARER + parameter;
    this.others =
        reader.schemes().stream().skip(1).map(scheme -> scheme + parameter).toList();
    this.basic =
        reader.basic().map(password -> BasicPassword.SCHEME + parameter + ", charset=\"UTF-8\"");
  }

  /**
   * Returns the challenges for a request without a credential. If Basic is accepted, it is the only one: Docker and other clients
   * of registries take {@code Bearer} for the address of a token server, and then never send the password.
   */
  List<String> initial() {
    return basic.map(List::of).orElseGet(() -> withBearer(bearer));
  }

  /**
   * Returns the challenges, of which that of {@code Bearer} has an error code. No other scheme has a parameter for it.
   *
   * @param parameters the error code, and more parameters
   */
  List<String> error(String parameters) {
    return withBearer(bearer + ", error=" + parameters);
  }

  private List<String> withBearer(String challenge) {
    return Stream.of(Stream.of(challenge), others.stream(), basic.stream())
        .flatMap(challenges -> challenges)
        .toList();
  }

  static ApiResponse response(int status, String message, List<String> challenges) {
    return Responses.failures(status, message, Map.of("WWW-Authenticate", challenges));
  }
}
