package io.counterfoil.servlet;

import static io.counterfoil.servlet.RawHttp.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ForwardedHeader;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.RawHttp.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The rights of a caller and the origin of its changes, through filter and servlet. */
@OnEveryContainer
class RightsWireTest {
  private static final String CREATE = TestServer.TOKENS + "/create";

  @Test // P10
  void a_change_names_the_token_and_the_address_that_a_trusted_proxy_reports() throws Exception {
    List<TokenEvent> events = new CopyOnWriteArrayList<>();
    try (TestServer server = new TestServer();
        TokenManager audited = TokenManager.builder(server.store)
            .synchronousListener(events::add)
            .clock(server.clock)
            .build()) {
      server.mount(
          "/api/audited/*", new ApiServlet(TokenApi.of(audited, ManagementPolicy.anyToken())));
      server.start(new BearerFilter(BearerAuthenticator.builder(audited)
          .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1")
          .build()));
      Response created = server.exchange(post(
          "/api/audited/create",
          "{\"name\":\"new\"}",
          server.bearer + "\r\nX-Forwarded-For: 192.0.2.66, 192.0.2.7"));
      assertThat(created.status()).isEqualTo(200);
    }
    assertThat(events)
        .filteredOn(TokenEvent.Created.class::isInstance)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.actor()).hasToString("token:1");
          assertThat(event.address()).isEqualTo(AddressRange.address("192.0.2.7"));
        });
  }

  @Test // P3
  void a_token_that_expires_creates_no_token_that_lives_longer() throws Exception {
    try (TestServer server = new TestServer().start()) {
      long end = server.clock.instant().getEpochSecond() + 60;
      NewToken ending =
          NewToken.named("ending").expiresAt(server.clock.instant().plusSeconds(60));
      String bearer = "Authorization: Bearer " + server.tokens.create(ending).reveal();
      assertThat(server.exchange(post(CREATE, "{\"name\":\"new\"}", bearer)).body())
          .contains("\"expiresAt\":" + end + ',');
      String later = "{\"name\":\"later\",\"expiresAt\":" + (end + 1) + '}';
      assertThat(server.exchange(post(CREATE, later, bearer)).status()).isEqualTo(403);
      assertThat(server.tokens.find("", "later")).isEmpty();
    }
  }

  @Test // P4
  void a_replaced_plaintext_reads_and_changes_nothing() throws Exception {
    try (TestServer server = new TestServer().start()) {
      server.tokens.rotate(1, Duration.ofHours(1));
      assertThat(
              server.exchange(post(CREATE, "{\"name\":\"new\"}", server.bearer)).status())
          .isEqualTo(403);
      Response list = server.exchange(RawHttp.request("GET", TestServer.TOKENS, server.bearer));
      assertThat(list.body()).contains("\"id\":1").doesNotContain("\"id\":2");
    }
  }
}
