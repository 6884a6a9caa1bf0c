package io.counterfoil.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The filter of the library in a Spring Boot application without Spring Security. */
class FilterOnlyTest {
  private static RunningApplication server;
  private static String token;

  @BeforeAll
  static void start() {
    server = FilterOnlyApplication.start();
    token = server.tokenWith();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_token_is_accepted() throws Exception {
    HttpResponse<String> hello = server.get("/api/hello", token);
    assertThat(hello.statusCode()).isEqualTo(200);
    assertThat(hello.body()).isEqualTo("Hello ann");
    assertThat(hello.headers().map()).doesNotContainKey("set-cookie");
  }

  @Test
  void a_request_without_a_token_is_rejected_even_if_it_is_forwarded() throws Exception {
    for (String path : List.of("/api/hello", "/api/nothing", "/api/tokens", "/open")) {
      assertRejected(server.get(path), 401, "Bearer realm=\"api\"");
      assertRejected(
          server.get(path, token, token), 400, "Bearer realm=\"api\", error=\"invalid_request\"");
    }
    assertThat(server.get("/open", token).body()).isEqualTo("Hello ann");
  }

  @Test
  void no_other_way_to_write_the_path_leads_around_the_filter() throws Exception {
    for (String path : Paths.SPELLINGS_OF_HELLO) {
      assertThat(
              server.sendRaw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .as(path)
          .containsPattern("^HTTP/1.1 40[014] ")
          .doesNotContain("Hello");
    }
  }

  @Test
  void an_asynchronous_response_is_sent() throws Exception {
    HttpResponse<String> later = server.get("/api/later", token);
    assertThat(later.statusCode()).isEqualTo(200);
    assertThat(later.body()).isEqualTo("Later ann");
  }

  @Test
  void an_exception_of_the_application_is_500_without_its_message() throws Exception {
    HttpResponse<String> failed = server.get("/api/failing", token);
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body())
        .contains("/api/failing")
        .doesNotContain(FilterOnlyApplication.SECRET, "Exception");
    assertThat(server.get("/api/nothing", token).statusCode()).isEqualTo(404);
  }

  private static void assertRejected(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().map()).doesNotContainKey("set-cookie");
    assertThat(response.body()).startsWith("{\"success\":false,\"msg\":\"");
  }
}
