package io.counterfoil.springboot;

import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells requests with a bearer credential from those of browsers, and hides the credential of an accepted token. */
final class BearerRequests {
  private static final String AUTHORIZATION = "Authorization";
  private static final String SCHEME = "Bearer";

  private BearerRequests() {}

  /** Returns whether a request has a bearer credential, valid or not, ours or not, hidden or not. */
  static boolean isBearer(HttpServletRequest request) {
    if (isAccepted(request)) {
      return true;
    }
    Enumeration<String> values = request.getHeaders(AUTHORIZATION);
    while (values.hasMoreElements()) {
      String value = values.nextElement();
      if (value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the token of a request was accepted, in this dispatch or in an earlier one. */
  static boolean isAccepted(HttpServletRequest request) {
    return request.getAttribute(BearerFilter.ACCEPTED) != null;
  }

  /**
   * Returns a view of a request without the fields for credentials. A filter for the bearer tokens of another system would
   * otherwise refuse our token, or send its plaintext to that system.
   *
   * @param fields the names of the fields in lower case
   */
  static HttpServletRequest hideCredential(HttpServletRequest request, Set<String> fields) {
    return new WithoutCredential(request, fields);
  }

  /**
   * Returns a view with the fields that {@link #hideCredential} has hidden, or the request itself if it has not. The chain to which
   * a request is forwarded checks the token again if another chain has accepted it.
   */
  static ServletRequest restoreCredential(ServletRequest request) {
    ServletRequest part = request;
    while (part instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof WithoutCredential hidden) {
        return new WithCredential((HttpServletRequest) request, hidden);
      }
      part = wrapper.getRequest();
    }
    return request;
  }

  private static final class WithoutCredential extends HttpServletRequestWrapper {
    private final Set<String> fields;

    WithoutCredential(HttpServletRequest request, Set<String> fields) {
      super(request);
      this.fields = fields;
    }

    private boolean hides(String name) {
      return fields.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable String getHeader(String name) {
      return hides(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
          .filter(name -> !hides(name))
          .toList());
    }
  }

  /** For the bearer check only, which reads the values of all fields by {@code getHeaders}. */
  private static final class WithCredential extends HttpServletRequestWrapper {
    private final WithoutCredential hidden;
    private final HttpServletRequest visible;

    WithCredential(HttpServletRequest request, WithoutCredential hidden) {
      super(request);
      this.hidden = hidden;
      visible = (HttpServletRequest) hidden.getRequest();
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return hidden.hides(name) ? visible.getHeaders(name) : super.getHeaders(name);
    }
  }
}
