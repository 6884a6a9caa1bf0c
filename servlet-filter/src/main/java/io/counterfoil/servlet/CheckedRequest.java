package io.counterfoil.servlet;

import io.counterfoil.http.BearerAuthenticator.Granted;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What a {@link BearerFilter} knows about a request that it let through. An attribute of the request holds it, for later dispatches
 * and for the servlets behind the filter.
 *
 * @param by the filter. Only this filter uses the grant for later dispatches: another one may have other tokens or require a scope
 * @param request the request as this filter saw it
 * @param granted the grant, so that later dispatches do not authenticate the token again. They still check its scopes, except that
 *     of an error page. Empty if the request was passed on
 */
record CheckedRequest(BearerFilter by, HttpServletRequest request, Optional<Granted> granted) {
  private static final String ATTRIBUTE = CheckedRequest.class.getName();

  /** Returns what the last filter knows that granted a request or, if there is none, the last one that passed it on. */
  static Optional<CheckedRequest> of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof CheckedRequest checked
        ? Optional.of(checked)
        : Optional.empty();
  }

  void keep() {
    request.setAttribute(ATTRIBUTE, this);
  }

  boolean isGrantedBy(BearerFilter filter) {
    return by == filter && granted.isPresent();
  }

  /** Returns whether the token may have come in Basic credentials, even if another filter hides them now. */
  boolean hasBasic() {
    return granted.isPresent() && granted.get().hasBasic();
  }

  /** Determines the address of the client. The handlers behind the filter do not know the trusted proxies. */
  Optional<InetAddress> clientAddress() {
    return by.clientAddress(request);
  }
}
