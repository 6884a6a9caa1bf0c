package io.counterfoil.http;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The method and the path of the request that a gateway asks about.
 *
 * @param method the method exactly as the client sent it
 * @param path the path, decoded once, which no two parsers read differently
 */
record ForwardedTarget(String method, String path) {
  /** The header with a whole URL, which the Kubernetes controller of nginx sends. */
  private static final String URL = "X-Original-URL";

  /** The headers of Caddy and Traefik, and those that are usual with nginx. */
  private static final List<Names> FAMILIES = List.of(
      new Names("X-Forwarded-Method", List.of("X-Forwarded-Uri")),
      new Names("X-Original-Method", List.of("X-Original-URI", URL)));

  /** The client chooses the host. It must not be able to move the beginning of the path with it. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[A-Za-z0-9._-]++|\\[[0-9A-Fa-f:.]++])(?::[0-9]{1,5}+)?(?=/)");

  private static final Pattern ENCODED_SLASH = Pattern.compile("%2[fF]");

  /** The names of headers that belong together. */
  private record Names(String method, List<String> uris) {}

  /**
   * Returns the target that a request names. Empty if it names none or several, or if the path is ambiguous. A header that
   * the gateway does not set may come from the client, so each header must agree with the others.
   */
  static Optional<ForwardedTarget> of(ApiRequest request) {
    Set<Optional<ForwardedTarget>> targets = new HashSet<>();
    for (Names family : FAMILIES) {
      List<String> methods = request.headers(family.method);
      List<String> present =
          family.uris.stream().filter(name -> !request.headers(name).isEmpty()).toList();
      for (String name : present) {
        targets.add(target(methods, request.headers(name), name.equals(URL)));
      }
      if (present.isEmpty() && !methods.isEmpty()) {
        return Optional.empty();
      }
    }
    return targets.size() == 1 ? targets.iterator().next() : Optional.empty();
  }

  private static Optional<ForwardedTarget> target(
      List<String> methods, List<String> uris, boolean isUrl) {
    if (methods.size() != 1 || uris.size() != 1 || !AuthorizationHeader.isToken(methods.get(0))) {
      return Optional.empty();
    }
    String uri = isUrl ? withoutOrigin(uris.get(0)) : uris.get(0);
    return path(uri).map(path -> new ForwardedTarget(methods.get(0), path));
  }

  private static String withoutOrigin(String url) {
    Matcher origin = ORIGIN.matcher(url);
    return origin.lookingAt() ? url.substring(origin.end()) : url;
  }

  /** Parsers disagree about an encoded slash. After decoding, it could not be told from a separator. */
  private static Optional<String> path(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    return ENCODED_SLASH.matcher(path).find()
        ? Optional.empty()
        : PercentEncoding.decode(path)
            .filter(decoded -> PathPattern.ofPath(decoded).isPresent());
  }
}
