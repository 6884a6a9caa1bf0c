package io.counterfoil.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The application and the settings of a container. Filters run in the order of their list, for every kind of dispatch.
 * Filters and servlets support async requests.
 */
final class ContainerConfig {

  /** The security settings of the container. */
  enum Strictness {
    /** The settings in {@code docs/containers.md}. */
    HARDENED,
    /** The defaults of the container. */
    DEFAULT,
    /** Accepts every path and every method that the container can be configured to accept. */
    LENIENT
  }

  /** A filter or a servlet with its URL pattern. */
  record Mapping<T>(String pattern, T component) {}

  /** Filters that run before {@link #filters}. */
  final List<Mapping<Filter>> firstFilters = new ArrayList<>();

  final List<Mapping<Filter>> filters = new ArrayList<>();
  final List<Mapping<HttpServlet>> servlets = new ArrayList<>();
  final Map<Integer, String> errorPages = new LinkedHashMap<>();

  String contextPath = "";

  /** The URL pattern of the filter that a {@link TestServer} starts with. */
  String filterPattern = "/api/*";

  int threads = 8;

  /** Maximum size of request line and headers in bytes, for any number of headers; 0 for the defaults of the container. */
  int maxHeaderBytes;

  /** Idle timeout of a connection in milliseconds; 0 for the default of the container. */
  int idleTimeoutMillis;

  Strictness strictness = Strictness.HARDENED;

  /** Whether a hardened Tomcat reads its settings from files. */
  boolean fromFiles;

  /** Registers the filters and servlets. */
  void deploy(ServletContext application) {
    int number = 0;
    List<Mapping<Filter>> chain = new ArrayList<>(firstFilters);
    chain.addAll(filters);
    for (Mapping<Filter> filter : chain) {
      FilterRegistration.Dynamic registration =
          application.addFilter("filter-" + number++, filter.component());
      registration.setAsyncSupported(true);
      registration.addMappingForUrlPatterns(
          EnumSet.allOf(DispatcherType.class), true, filter.pattern());
    }
    for (Mapping<HttpServlet> servlet : servlets) {
      ServletRegistration.Dynamic registration =
          application.addServlet("servlet-" + number++, servlet.component());
      registration.setAsyncSupported(true);
      registration.addMapping(servlet.pattern());
    }
  }
}
