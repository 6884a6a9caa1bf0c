package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.CapturedLog;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** M7, P9: credentials that came without TLS (draft-ietf-httpapi-privacy, section 2.4). */
class CleartextTest {
  private static final String CLIENT = "192.0.2.1";
  private static final String PROXY = "10.0.0.1";

  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext =
      fixture.tokens.create(NewToken.named("ci").scopes("read")).reveal();
  private final BearerAuthenticator bearer = Door.openAll(builder()).build();
  private final BearerAuthenticator behindXForwarded = builder()
      .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, PROXY, "127.0.0.1")
      .build();
  private final BearerAuthenticator behindForwarded =
      builder().trustedProxies(ForwardedHeader.FORWARDED, PROXY, "10.0.0.2").build();

  private BearerAuthenticator.Builder builder() {
    return BearerAuthenticator.builder(fixture.tokens).refuseCleartext();
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void the_response_is_the_same_for_every_token_and_the_store_is_not_asked(Door door) {
    fixture.tokens.disable(fixture.tokens.create(NewToken.named("off")).token().id());
    assertThat(fixture.store.lookups()).isPositive();
    Set<String> responses = new HashSet<>();
    for (String token : List.of(plaintext, "cf_x", "", plaintext + ' ', "a".repeat(1 << 20))) {
      responses.add(refusal(bearer, door.present(token, get("/").from(CLIENT))));
    }
    responses.add(refusal(bearer, door.present("x", door.present(plaintext, get("/")))));
    responses.add(refusal(bearer, get("/").from(CLIENT)));
    assertThat(responses)
        .containsExactly("403 {Content-Type=[application/json], Cache-Control=[no-store],"
            + " X-Content-Type-Options=[nosniff]}{\"success\":false,\"msg\":\"tokens are accepted"
            + " over HTTPS only; replace a token that was sent without it\"}");
    assertThat(fixture.store.lookups()).isZero();
    assertThat(bearer.check(door.present(plaintext, get("/").from(CLIENT).secure())))
        .isInstanceOf(Granted.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: https",
        "X-Forwarded-Ssl: on",
        "Front-End-Https: on",
        "X-Url-Scheme: https",
        "Forwarded: for=192.0.2.1;proto=https",
        "X-Forwarded-For: 127.0.0.1",
        "Host: localhost"
      })
  void the_headers_of_an_untrusted_client_change_nothing(String line) {
    String[] field = line.split(": ", 2);
    for (BearerAuthenticator each : List.of(bearer, behindXForwarded, behindForwarded)) {
      assertThat(grants(each, get("/").from(CLIENT).field(field[0], field[1]))).isFalse();
      assertThat(grants(each, get("/").field(field[0], field[1]))).isFalse();
      FakeRequest secure = get("/").from(CLIENT).secure().field("X-Forwarded-Proto", "http");
      assertThat(grants(each, secure)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "https         | true",
        "HTTPS         | true",
        "wss           | true",
        "https, https  | true",
        "http          | false",
        "https, http   | false",
        "http, https   | false",
        "https,        | false",
        "''            | false",
        "\"https\"     | false",
        "https:        | false",
        "none          | false"
      })
  void a_trusted_proxy_reports_the_protocol_in_x_forwarded_proto(String value, boolean granted) {
    FakeRequest request = get("/").from(PROXY).field("X-Forwarded-For", CLIENT);
    if (value != null) {
      request.field("X-Forwarded-Proto", value);
    }
    assertThat(grants(behindXForwarded, request)).isEqualTo(granted);
    // The connection of the proxy to this host does not count.
    assertThat(grants(behindXForwarded, request.secure())).isEqualTo(granted);
    assertThat(grants(behindForwarded, request)).as("another header").isFalse();
  }

  @Test
  void each_line_of_x_forwarded_proto_counts() {
    FakeRequest request =
        get("/").from(PROXY).field("X-Forwarded-Proto", "https").field("X-Forwarded-Proto", "http");
    assertThat(grants(behindXForwarded, request)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=192.0.2.1;proto=https                              | true",
        "proto=\"HTTPS\" ; for=192.0.2.1                        | true",
        "for=_hidden;proto=https                                | true",
        "for=192.0.2.1;proto=https, for=10.0.0.2;proto=http     | true",
        "for=192.0.2.1;proto=http, for=10.0.0.2;proto=https     | false",
        "for=192.0.2.9;proto=https, for=192.0.2.1;proto=http    | false",
        "for=192.0.2.9;proto=https, for=192.0.2.1               | false",
        "for=192.0.2.1;proto=https;proto=https                  | false",
        "for=192.0.2.1;proto=https;proto=http                   | false",
        "for=192.0.2.1;proto=                                   | false",
        "for=192.0.2.1                                          | false",
        "for=192.0.2.9;proto=https, for=\"                      | false",
        "for=\", for=\"192.0.2.1\";proto=https                  | false",
        "for=10.0.0.2;proto=https                               | true",
        "''                                                     | false"
      })
  void a_trusted_proxy_reports_the_protocol_in_forwarded(String value, boolean granted) {
    FakeRequest request =
        get("/").from(PROXY).field("Forwarded", value).field("X-Forwarded-Proto", "https");
    assertThat(grants(behindForwarded, request)).isEqualTo(granted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:1", "[::1]", "[::1]:8080"})
  void a_client_on_this_machine_needs_no_tls(String host) {
    for (String address : List.of("127.0.0.1", "::1")) {
      assertThat(grants(bearer, get("/").from(address).field("Host", host))).isTrue();
      assertThat(grants(bearer, get("/").from(CLIENT).field("Host", host))).isFalse();
      assertThat(grants(bearer, get("/").field("Host", host)))
          .as("unknown address")
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded: for=192.0.2.1",
        "Via: 1.1 proxy",
        "X-Forwarded-For: 192.0.2.1",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: x",
        "X-Real-IP: 192.0.2.1",
        "X-Forwarded-For: "
      })
  void what_a_proxy_on_this_machine_forwards_is_not_local(String line) {
    String[] field = line.split(": ", 2);
    FakeRequest request =
        get("/").from("127.0.0.1").field("Host", "localhost").field(field[0], field[1]);
    assertThat(grants(bearer, request)).isFalse();
    FakeRequest named = get("/").from("127.0.0.1").field("Host", "localhost");
    assertThat(grants(behindXForwarded, named))
        .as("a named proxy that adds nothing")
        .isFalse();
    assertThat(grants(behindXForwarded, named.field("X-Forwarded-Proto", "https")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "panel.example",
        "localhost.example",
        "127.0.0.1.example",
        "192.0.2.1",
        "",
        "[::1",
        "localhost:x",
        "localhost@x"
      })
  void a_request_for_another_host_is_not_local(String host) {
    assertThat(grants(bearer, get("/").from("127.0.0.1").field("Host", host))).isFalse();
    FakeRequest two =
        get("/").from("127.0.0.1").field("Host", "localhost").field("Host", "localhost");
    assertThat(grants(bearer, two)).isFalse();
    assertThat(grants(bearer, get("/").from("127.0.0.1"))).isFalse();
  }

  @Test
  void the_overloads_without_a_connection_let_no_token_in() {
    assertThat(bearer.check(List.of("Bearer " + plaintext))).isInstanceOf(Refused.class);
    assertThat(bearer.check("GET", "/", List.of("Bearer " + plaintext)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void other_modes_are_kept() {
    BearerAuthenticator login =
        builder().passWithoutBearer().passForeignBearer().build();
    assertThat(login.check(get("/").from(CLIENT))).isEqualTo(new PassedOn());
    FakeRequest foreign = get("/").from(CLIENT).field("Authorization", "Bearer eyJ.eyJ.sig");
    assertThat(refusal(login, foreign)).startsWith("403 ");
    BearerAuthenticator hidden = builder().hideExistence().build();
    assertThat(refusal(hidden, Door.BEARER.present(plaintext, get("/").from(CLIENT))))
        .startsWith("404 ");
  }

  @Test // L1
  void a_credential_in_the_clear_is_logged_once_an_hour_with_the_address_and_nothing_else() {
    AtomicLong nanos = new AtomicLong();
    BearerAuthenticator logging = builder().nanos(nanos::get).build();
    FakeRequest request = Door.BEARER.present(plaintext, get("/").from(CLIENT));
    String line = "Refused a credential that came without TLS from 192.0.2.1: replace the token";
    assertThat(CapturedLog.of(() -> {
          logging.check(get("/").from(CLIENT));
          logging.check(get("/").from(CLIENT).secure());
        }))
        .isEmpty();
    assertThat(CapturedLog.of(() -> {
          logging.check(request);
          logging.check(request);
        }))
        .containsOnlyOnce(line)
        .doesNotContain("cf_");
    nanos.addAndGet(Duration.ofHours(1).toNanos() - 1);
    assertThat(CapturedLog.of(() -> logging.check(request))).isEmpty();
    nanos.addAndGet(1);
    assertThat(CapturedLog.of(() -> logging.check(request))).contains(line);
  }

  private boolean grants(BearerAuthenticator each, FakeRequest request) {
    if (request.headers("Authorization").isEmpty()) {
      Door.BEARER.present(plaintext, request);
    }
    return each.check(request) instanceof Granted;
  }

  private static String refusal(BearerAuthenticator each, FakeRequest request) {
    ApiResponse response = ((Refused) each.check(request)).answer();
    return response.status() + " " + response.headers() + text(response);
  }
}
