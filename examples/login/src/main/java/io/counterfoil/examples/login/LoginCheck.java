package io.counterfoil.examples.login;

import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The host's own check, to which a {@link BearerFilter} passes on who has come without a token. */
final class LoginCheck extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String USER = LoginCheck.class.getName() + ".user";
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final transient Users users;
  private final transient BearerFilter strangers;

  /** @param strangers answers who has neither token nor login */
  LoginCheck(Users users, BearerFilter strangers) {
    this.users = users;
    this.strangers = strangers;
  }

  /** Returns the user whose login let the request in; nobody if it was a token that did. */
  static Optional<String> user(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(USER));
  }

  static boolean isReading(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getAttribute(BearerFilter.ACCEPTED) != null) {
      chain.doFilter(request, response); // no page of another site has a token to send
      return;
    }
    Optional<Login> login = Login.of(request).filter(known -> users.isActive(known.user()));
    if (login.isEmpty()) {
      strangers.doFilter(request, response, chain);
    } else if (isReading(request) || login.get().isProvedBy(request)) {
      request.setAttribute(USER, login.get().user());
      chain.doFilter(request, response);
    } else {
      Answers.failure(response, 403, "a change needs the X-CSRF-Token of this session");
    }
  }
}
