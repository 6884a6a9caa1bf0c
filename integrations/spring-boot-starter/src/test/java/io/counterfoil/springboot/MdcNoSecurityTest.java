package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The MDC key {@code token.id}, without Spring Security. */
class MdcNoSecurityTest {
  /** With a filter that comes soon after the one of the tokens, and responds. */
  static class FilteringApplication extends LoggingApplication {
    @Bean
    FilterRegistrationBean<Filter> respondingFilter() {
      var registration = new FilterRegistrationBean<Filter>(
          (request, response, chain) -> response.getWriter().write("id " + MDC.get("token.id")));
      registration.setUrlPatterns(List.of("/api/filter"));
      registration.setOrder(-98);
      return registration;
    }
  }

  private static Server server;
  private static String token;
  private static String id;
  private static Queue<String> after;

  @BeforeAll
  static void start() {
    server = Server.start(
        FilteringApplication.class,
        "counterfoil.filter.url-patterns=/api/*",
        "counterfoil.mdc=yes");
    server.tokenWith();
    token = server.tokenWith();
    id = "id " + server.newestToken().id();
    after = server.bean(LoggingApplication.After.class).values();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    after.clear();
  }

  @Test
  void the_id_of_the_token_is_there_while_its_request_runs() throws Exception {
    assertThat(server.get("/api/now", token).body()).isEqualTo(id).isEqualTo("id 2");
    assertThat(after).containsExactly("REQUEST null");
  }

  @Test
  void the_id_of_the_token_is_there_in_the_filters_of_the_application() throws Exception {
    assertThat(server.get("/api/filter", token).body()).isEqualTo(id);
  }

  @Test
  void a_request_without_a_token_has_no_id() throws Exception {
    assertThat(server.get("/open").body()).isEqualTo("id null");
    assertThat(server.get("/open", token).body()).isEqualTo("id null");
    assertThat(server.get("/open?outer").body()).isEqualTo("id outer");
  }

  @Test
  void an_earlier_value_is_restored_after_the_request() throws Exception {
    assertThat(server.get("/api/now?outer", token).body()).isEqualTo(id);
    assertThat(after).containsExactly("REQUEST outer");
  }

  @Test
  void the_id_is_removed_after_a_request_that_throws() throws Exception {
    assertThat(server.get("/api/failing", token).statusCode()).isEqualTo(500);
    assertThat(after).containsExactly("REQUEST null", "ERROR null");
  }

  @Test
  void the_id_is_there_in_each_dispatch_of_an_asynchronous_request_and_not_after_it()
      throws Exception {
    assertThat(server.get("/api/later", token).body()).isEqualTo(id);
    assertThat(after).containsExactly("REQUEST null", "ASYNC null");
  }

  @Test
  void it_is_off_by_default() throws Exception {
    assertHasNoId();
    assertHasNoId("counterfoil.mdc=off");
  }

  private static void assertHasNoId(String... settings) throws Exception {
    String[] all = Stream.concat(
            Stream.of("counterfoil.filter.url-patterns=/api/*"), Stream.of(settings))
        .toArray(String[]::new);
    try (Server other = Server.start(LoggingApplication.class, all)) {
      assertThat(other.get("/api/now", other.tokenWith()).body()).isEqualTo("id null");
    }
  }
}
