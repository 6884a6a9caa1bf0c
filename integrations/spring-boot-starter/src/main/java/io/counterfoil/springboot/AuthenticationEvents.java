package io.counterfoil.springboot;

import jakarta.servlet.ServletRequest;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Publishes the authentication events of Spring Security. They contain no part of a request except the client's address. */
final class AuthenticationEvents {
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private final AuthenticationEventPublisher publisher;

  AuthenticationEvents(AuthenticationEventPublisher publisher) {
    this.publisher = publisher;
  }

  void accepted(ApiTokenAuthentication authentication) {
    publisher.publishAuthenticationSuccess(authentication);
  }

  /** @param status the status of the response; with 403, the token was accepted and only lacks a scope, or it came without TLS and was not
   *     looked at */
  void refused(ServletRequest request, int status) {
    if (status == FORBIDDEN) {
      return;
    }
    AuthenticationException failure = status == UNAVAILABLE
        ? new AuthenticationServiceException("The store of the API tokens failed")
        : new BadCredentialsException("The API token was not accepted");
    // No name and no credentials: the request has proved neither.
    var nobody = UsernamePasswordAuthenticationToken.unauthenticated("", "");
    nobody.setDetails(new WebAuthenticationDetails(request.getRemoteAddr(), null));
    publisher.publishAuthenticationFailure(failure, nobody);
  }
}
