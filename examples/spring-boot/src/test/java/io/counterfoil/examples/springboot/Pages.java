package io.counterfoil.examples.springboot;

import io.counterfoil.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** More pages for the tests. The component scan finds them because they are in the package of the example. */
@RestController
class Pages {
  static final String SECRET = "text of an internal error";

  /** Returns the identity in Spring Security's context, and the connection. */
  @GetMapping({"/public/who", "/api/who"})
  String who(HttpServletRequest request) {
    return holder() + " on " + request.getRemotePort();
  }

  /** Returns the identity from every API that Spring and servlets have for it. */
  @GetMapping("/api/all")
  String all(
      HttpServletRequest request,
      Authentication authentication,
      @AuthenticationPrincipal Verdict.Accepted accepted) {
    return String.join(
        ", ",
        authentication.getName(),
        request.getUserPrincipal().getName(),
        request.getRemoteUser(),
        accepted.token().userName(),
        accepted.token().name(),
        authentication.getAuthorities().toString(),
        String.valueOf(authentication.getCredentials()),
        String.valueOf(request.getSession(false)));
  }

  @GetMapping("/api/named/{name}")
  @PreAuthorize("authentication.name == #name")
  String named(@PathVariable String name) {
    return "It is " + name;
  }

  @GetMapping("/api/admin")
  @PreAuthorize("denyAll()")
  String admin() {
    return "denied to all";
  }

  /** Throws the exception of a rule that requires a scope outside {@code SCOPES}. */
  @GetMapping("/api/forgotten")
  String forgotten() {
    throw new AuthorizationDeniedException(
        "denied",
        new AuthorityAuthorizationDecision(
            false, AuthorityUtils.createAuthorityList("SCOPE_forgotten")));
  }

  /** Is denied after it has written a part of its response. */
  @GetMapping("/api/half")
  void half(HttpServletResponse response) throws IOException {
    response.getWriter().write("Half of");
    throw new AccessDeniedException("denied");
  }

  @GetMapping("/api/callable")
  Callable<String> callable() {
    return Pages::holder;
  }

  @GetMapping("/api/deferred")
  DeferredResult<String> deferred() {
    DeferredResult<String> result = new DeferredResult<>();
    new Thread(() -> result.setResult("Later")).start();
    return result;
  }

  @GetMapping({"/public/failing", "/api/failing"})
  String failing() {
    throw new IllegalStateException(SECRET);
  }

  @GetMapping("/api/failing-deferred")
  DeferredResult<String> failingDeferred() {
    DeferredResult<String> result = new DeferredResult<>();
    new Thread(() -> result.setErrorResult(new IllegalStateException(SECRET))).start();
    return result;
  }

  /** Throws the exception for a failed login of the application at another server. */
  @GetMapping("/api/failing-authentication")
  String failingAuthentication() {
    throw new AuthenticationServiceException(SECRET);
  }

  @GetMapping("/api/teapot")
  void teapot(HttpServletResponse response) throws IOException {
    response.sendError(418, SECRET);
  }

  private static String holder() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? "nobody" : authentication.getName();
  }

  /** Counts HTTP sessions. */
  @Component
  static final class Sessions implements HttpSessionListener {
    final AtomicInteger created = new AtomicInteger();

    @Override
    public void sessionCreated(HttpSessionEvent event) {
      created.incrementAndGet();
    }
  }
}
