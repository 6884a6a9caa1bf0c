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

/** What a container is to serve, and how: filters in their order, each for every kind of dispatch, and all with async support. */
final class ContainerConfig {

  /** How strict the container is. */
  enum Strictness {
    /** As {@code docs/containers.md} has it. */
    HARDENED,
    /** As the container is of itself. */
    DEFAULT,
    /** Takes every path and every method that the container can be made to take. */
    LENIENT
  }

  /** A filter or a servlet, and the pattern it is mapped to. */
  record Mapping<T>(String pattern, T what) {}

  /** What stands before the {@link #filters}. */
  final List<Mapping<Filter>> firstFilters = new ArrayList<>();

  final List<Mapping<Filter>> filters = new ArrayList<>();
  final List<Mapping<HttpServlet>> servlets = new ArrayList<>();
  final Map<Integer, String> errorPages = new LinkedHashMap<>();

  String contextPath = "";

  /** What the filter that a {@link TestServer} starts with is mapped to. */
  String guarded = "/api/*";

  int threads = 8;

  /** How large the head of a request may be, with any number of fields; what the container has of itself where it is 0. */
  int headBytes;

  /** For how long a connection may be silent; what the container has of itself where it is 0. */
  int idleMillis;

  Strictness strictness = Strictness.HARDENED;

  /** Has a Tomcat that is hardened read this from files, instead of being told. */
  boolean fromFiles;

  /** Puts filters and servlets where they belong, by what the servlet specification has for it. */
  void deploy(ServletContext application) {
    int number = 0;
    List<Mapping<Filter>> chain = new ArrayList<>(firstFilters);
    chain.addAll(filters);
    for (Mapping<Filter> filter : chain) {
      FilterRegistration.Dynamic registration =
          application.addFilter("filter-" + number++, filter.what());
      registration.setAsyncSupported(true);
      registration.addMappingForUrlPatterns(
          EnumSet.allOf(DispatcherType.class), true, filter.pattern());
    }
    for (Mapping<HttpServlet> servlet : servlets) {
      ServletRegistration.Dynamic registration =
          application.addServlet("servlet-" + number++, servlet.what());
      registration.setAsyncSupported(true);
      registration.addMapping(servlet.pattern());
    }
  }
}
