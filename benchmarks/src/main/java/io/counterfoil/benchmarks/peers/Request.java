package io.counterfoil.benchmarks.peers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.MappingMatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for a page of an application, of which a filter can ask no more than filters do; used again and again. */
final class Request extends HttpServletRequestWrapper {
  private static final String PATH = "/api/things";
  private static final List<String> NAMES = List.of("Authorization");
  private static final HttpServletMapping MAPPING = new Mapping();
  private static final int MOST_ATTRIBUTES = 16;

  private final String[] names = new String[MOST_ATTRIBUTES];
  private final Object[] values = new Object[MOST_ATTRIBUTES];
  private int attributes;
  private String authorization = "";

  Request() {
    super(Refusing.every(HttpServletRequest.class));
  }

  /** Makes it another request, with that field. */
  Request again(String field) {
    Arrays.fill(names, 0, attributes, null);
    Arrays.fill(values, 0, attributes, null);
    attributes = 0;
    authorization = field;
    return this;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase("Authorization") ? authorization : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    String value = getHeader(name);
    return value == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(value));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(NAMES);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    for (int i = 0; i < attributes; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public void setAttribute(String name, Object value) {
    for (int i = 0; i < attributes; i++) {
      if (names[i].equals(name)) {
        values[i] = value;
        return;
      }
    }
    names[attributes] = name;
    values[attributes] = value;
    attributes++;
  }

  @Override
  public void removeAttribute(String name) {
    for (int i = 0; i < attributes; i++) {
      if (names[i].equals(name)) {
        attributes--;
        names[i] = names[attributes];
        values[i] = values[attributes];
      }
    }
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getRequestURI() {
    return PATH;
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public String getServletPath() {
    return PATH;
  }

  @Override
  public @Nullable String getPathInfo() {
    return null;
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public HttpServletMapping getHttpServletMapping() {
    return MAPPING;
  }

  @Override
  public String getServerName() {
    return "localhost";
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    return null;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public String getRemoteAddr() {
    return "203.0.113.7";
  }

  /** That of a servlet for this path alone. */
  private static final class Mapping implements HttpServletMapping {
    @Override
    public String getMatchValue() {
      return PATH.substring(1);
    }

    @Override
    public String getPattern() {
      return PATH;
    }

    @Override
    public String getServletName() {
      return "things";
    }

    @Override
    public MappingMatch getMappingMatch() {
      return MappingMatch.EXACT;
    }
  }
}
