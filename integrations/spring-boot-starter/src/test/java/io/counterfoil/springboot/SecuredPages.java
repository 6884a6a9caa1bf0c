package io.counterfoil.springboot;

import io.counterfoil.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Pages for the tests of Spring Security. */
@RestController
class SecuredPages {
  static final String SECRET = "text of an internal error";

  @GetMapping({"/public", "/servers"})
  String page() {
    return "A page";
  }

  @PostMapping({"/public/hook", "/change"})
  String change() {
    return "Changed by " + holder();
  }

  @GetMapping("/api/hello")
  String hello(@AuthenticationPrincipal Token token) {
    return "Hello " + token.userName();
  }

  @PostMapping("/servers/restart")
  @PreAuthorize("hasAuthority('SCOPE_servers:write')")
  String restart() {
    return "Restarted";
  }

  /** Returns the identity in Spring Security's context. */
  @GetMapping({"/public/who", "/who"})
  String who() {
    return holder();
  }

  /** Returns the identity, the connection and whether the thread is virtual. */
  @GetMapping({"/public/thread", "/thread"})
  String thread(HttpServletRequest request) {
    return holder() + " on " + request.getRemotePort() + " in " + Thread.currentThread();
  }

  /** Returns the identity from every API that Spring and servlets have for it. */
  @GetMapping("/all")
  String all(
      HttpServletRequest request,
      Authentication authentication,
      @AuthenticationPrincipal Token token) {
    return String.join(
        ", ",
        authentication.getName(),
        request.getUserPrincipal().getName(),
        request.getRemoteUser(),
        token.userName(),
        token.name(),
        authentication.getAuthorities().toString(),
        String.valueOf(authentication.getCredentials()),
        String.valueOf(request.getSession(false)));
  }

  @GetMapping("/named/{name}")
  @PreAuthorize("authentication.name == #name")
  String named(@PathVariable("name") String name) {
    return "It is " + name;
  }

  @GetMapping("/admin")
  @PreAuthorize("denyAll()")
  String admin() {
    return "denied to all";
  }

  /** Throws the exception of a rule that requires a scope that the configuration does not name. */
  @GetMapping("/forgotten")
  String forgotten() {
    throw new AuthorizationDeniedException(
        "denied",
        new AuthorityAuthorizationDecision(
            false, AuthorityUtils.createAuthorityList("SCOPE_forgotten")));
  }

  /** Is denied after it has written a part of its response. */
  @GetMapping("/half")
  void half(HttpServletResponse response) throws IOException {
    response.getWriter().write("Half of");
    throw new AccessDeniedException("denied");
  }

  @GetMapping("/callable")
  Callable<String> callable() {
    return SecuredPages::holder;
  }

  @GetMapping("/deferred")
  DeferredResult<String> deferred() {
    DeferredResult<String> result = new DeferredResult<>();
    new Thread(() -> result.setResult("Later")).start();
    return result;
  }

  @GetMapping({"/public/failing", "/failing"})
  String failing() {
    throw new IllegalStateException(SECRET);
  }

  @GetMapping("/failing-deferred")
  DeferredResult<String> failingDeferred() {
    DeferredResult<String> result = new DeferredResult<>();
    new Thread(() -> result.setErrorResult(new IllegalStateException(SECRET))).start();
    return result;
  }

  /** Throws the exception for a failed login of the application at another server. */
  @GetMapping("/failing-authentication")
  String failingAuthentication() {
    throw new AuthenticationServiceException(SECRET);
  }

  @GetMapping("/teapot")
  void teapot(HttpServletResponse response) throws IOException {
    response.sendError(418, SECRET);
  }

  private static String holder() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? "nobody" : authentication.getName();
  }
}
