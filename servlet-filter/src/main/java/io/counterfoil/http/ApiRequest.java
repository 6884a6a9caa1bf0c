package io.counterfoil.http;

import io.counterfoil.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A request as a handler sees it. A host implements this as a view of its framework's request.
 *
 * <p>Used by one thread, for one call of a handler.
 */
public interface ApiRequest {

  /** Returns the method exactly as it was sent, such as {@code POST}. */
  String method();

  /**
   * Returns the path below the mount point of the handler, without the query. It is empty or begins with a slash.
   *
   * <p>It must be the path by which the host's router found the handler, never the raw text of the request line. If two
   * components read one path differently, a client can bypass the check of one of them. The path may be decoded or
   * still percent-encoded, because no path of the API contains encoded characters.
   */
  String path();

  /**
   * Returns the query of the request target as it was sent, without the question mark: {@code limit=10} for {@code
   * /api/tokens?limit=10}. It is not decoded. Empty if there is none.
   */
  String query();

  /**
   * Returns the values of all header lines with this name in the order received. Ignores the case of the name. Empty if
   * there are none.
   */
  List<String> headers(String name);

  /**
   * Opens the body. A handler calls this at most once, after the policy has allowed the caller. It reads at most 16 KiB
   * and one byte; {@link SecretScanningHandler} reads at most 1 MiB and one byte.
   *
   * @throws IOException if the body cannot be read; the handler then reports a client error
   */
  InputStream body() throws IOException;

  /**
   * Returns the address at the other end of the socket. Empty, which is the default, means that it is unknown: tokens
   * that are bound to addresses are then rejected.
   */
  default Optional<InetAddress> remoteAddress() {
    return Optional.empty();
  }

  /**
   * Returns whether the connection on which the request came is encrypted with TLS. False, which is the default, also means that
   * it is unknown: {@link BearerAuthenticator.Builder#refuseCleartext} then refuses the request. Report the connection itself,
   * never what a header says.
   */
  default boolean isSecure() {
    return false;
  }

  /**
   * Returns the address of the client that sent the request, for audit events. If the host has {@linkplain
   * BearerAuthenticator.Builder#trustedProxies trusted proxies}, this is the address that they report; see {@link
   * BearerAuthenticator#clientAddress}. The default is {@link #remoteAddress()}.
   */
  default Optional<InetAddress> clientAddress() {
    return remoteAddress();
  }

  /**
   * Returns the name of the user that the host's own login has authenticated, for use by a {@link ManagementPolicy}.
   * Empty, which is the default, means that there is none. Return empty, not an empty name, if a proxy or a login has
   * nobody to name. It is never the name of a token, because an owner may choose the name of another user as the
   * name of a token. If {@link #accepted} is present, return empty, so that a request has one identity.
   */
  default Optional<String> user() {
    return Optional.empty();
  }

  /** Returns the proof that the request came with a token, if a {@link BearerAuthenticator} granted it. */
  Optional<Verdict.Accepted> accepted();
}
