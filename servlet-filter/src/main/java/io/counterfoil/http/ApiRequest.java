package io.counterfoil.http;

import io.counterfoil.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A request, as a handler sees it: the view that a host gives of its own framework's request.
 *
 * <p>Used by one thread, for one call of a handler.
 */
public interface ApiRequest {

  /** Returns the method exactly as it was sent, such as {@code POST}. */
  String method();

  /**
   * Returns the path below the place where the handler is mounted: empty, or beginning with a slash; without the query.
   *
   * <p>It must be the path by which the host's router found the handler, never the raw text of the request line: two
   * readings of one path are how guards are walked around. Decoded or not makes no difference here, since no path of the
   * API has a character to decode.
   */
  String path();

  /**
   * Returns the values of all field lines of that name, in their order; empty if there are none. Names compare without
   * regard to case.
   */
  List<String> headers(String name);

  /**
   * Opens the body. A handler calls it at most once, after the policy has let the caller in, and reads no more than 16 KiB
   * and one byte; {@link SecretScanningHandler} no more than 1 MiB and one byte.
   *
   * @throws IOException if the body cannot be read, which is answered as the client's fault
   */
  InputStream body() throws IOException;

  /**
   * Returns the address at the other end of the socket; empty, the default, where that is not known: then tokens that are bound
   * to addresses are rejected.
   */
  default Optional<InetAddress> remoteAddress() {
    return Optional.empty();
  }

  /**
   * Returns the name of the user whom a login of the host's own has let in, for a {@link ManagementPolicy} to go by; empty, the
   * default, if there is none. Never the name of a token: tokens of several owners may have the same.
   */
  default Optional<String> user() {
    return Optional.empty();
  }

  /** Returns the proof that the request came with a token, if a {@link BearerAuthenticator} granted it. */
  Optional<Verdict.Accepted> accepted();
}
