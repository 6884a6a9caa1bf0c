package io.counterfoil.springboot;

import static io.counterfoil.springboot.CounterfoilConfigurer.counterfoil;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.RouteScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** The authentication events of Spring Security for requests with tokens. */
class AuthenticationEventsTest {
  private static final int ALLOWED_REJECTIONS = 3;

  private static SecuredServer server;
  private static Events events;

  /** Receives the events in the thread of the request, so before the response. */
  static final class Events implements ApplicationListener<AbstractAuthenticationEvent> {
    private final LinkedBlockingQueue<AbstractAuthenticationEvent> all =
        new LinkedBlockingQueue<>();

    @Override
    public void onApplicationEvent(AbstractAuthenticationEvent event) {
      all.add(event);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({SecuredPages.class, Events.class})
  static class Application {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      RouteScopes routes = RouteScopes.builder()
          .scope("hello", "GET /api/hello")
          .anyToken("GET /deferred", "GET /failing", "GET /servers")
          .build();
      return http.with(counterfoil(), tokens -> tokens.routes(routes))
          .authorizeHttpRequests(requests -> requests
              .requestMatchers("/public")
              .permitAll()
              .requestMatchers("/servers")
              .hasAuthority("SCOPE_servers")
              .anyRequest()
              .authenticated())
          .build();
    }
  }

  @BeforeAll
  static void start() {
    server = SecuredServer.start(
        Application.class, "--counterfoil.throttle.rejections=" + ALLOWED_REJECTIONS);
    events = server.bean(Events.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    events.all.clear();
  }

  @Test
  void each_accepted_token_is_one_success_with_the_token() throws Exception {
    String token = server.tokenWith("hello");
    for (String path : List.of("/api/hello", "/deferred", "/failing")) {
      server.get(path, token);
      AbstractAuthenticationEvent event = theEvent();
      assertThat(event).as(path).isInstanceOf(AuthenticationSuccessEvent.class);
      assertThat(event.getAuthentication()).isInstanceOf(ApiTokenAuthentication.class);
      assertThat(event.getAuthentication().getPrincipal()).isEqualTo(server.newestToken());
      assertThat(event.getAuthentication().getDetails())
          .isEqualTo(new WebAuthenticationDetails("127.0.0.1", null));
      assertThat(textsOf(event)).doesNotContain(token.substring("Bearer ".length()));
    }
  }

  @Test
  void each_refused_token_is_one_failure_without_its_text() throws Exception {
    String unknown = "cf_unknown";
    for (int i = 0; i <= ALLOWED_REJECTIONS; i++) {
      int status = server.get("/public", "Bearer " + unknown).statusCode();
      assertThat(status).isEqualTo(i < ALLOWED_REJECTIONS ? 401 : 429);
      AbstractAuthenticationEvent event = theEvent();
      assertThat(event).isInstanceOf(AuthenticationFailureBadCredentialsEvent.class);
      assertThat(event.getAuthentication().isAuthenticated()).isFalse();
      assertThat(event.getAuthentication().getName()).isEmpty();
      assertThat(textsOf(event)).doesNotContain(unknown).contains("127.0.0.1");
    }
    server.get("/public", server.tokenWith(), server.tokenWith());
    assertThat(theEvent()).isInstanceOf(AuthenticationFailureBadCredentialsEvent.class);
  }

  @Test
  void a_failing_store_is_a_failure_of_the_service() throws Exception {
    String token = server.tokenWith();
    JdbcTemplate database = new JdbcTemplate(server.bean(DataSource.class));
    database.execute("ALTER TABLE counterfoil_tokens RENAME TO away");
    server.get("/api/hello", token);
    database.execute("ALTER TABLE away RENAME TO counterfoil_tokens");
    assertThat(theEvent()).isInstanceOf(AuthenticationFailureServiceExceptionEvent.class);
  }

  @Test
  void a_missing_scope_is_no_failed_authentication() throws Exception {
    assertThat(server.get("/api/hello", server.tokenWith()).statusCode()).isEqualTo(403);
    assertThat(events.all).isEmpty();
    assertThat(server.get("/servers", server.tokenWith()).statusCode()).isEqualTo(403);
    assertThat(theEvent()).isInstanceOf(AuthenticationSuccessEvent.class);
  }

  @Test
  void a_request_without_a_token_is_no_event() throws Exception {
    server.get("/public");
    server.get("/api/hello");
    server.get("/api/hello", "Basic YTpi");
    assertThat(events.all).isEmpty();
  }

  private static AbstractAuthenticationEvent theEvent() {
    assertThat(events.all).hasSize(1);
    return Objects.requireNonNull(events.all.poll());
  }

  private static String textsOf(AbstractAuthenticationEvent event) {
    List<String> texts = new ArrayList<>(
        List.of(event.toString(), String.valueOf(event.getAuthentication().getDetails())));
    if (event instanceof AbstractAuthenticationFailureEvent failure) {
      texts.add(failure.getException().toString());
    }
    return String.join("\n", texts);
  }
}
