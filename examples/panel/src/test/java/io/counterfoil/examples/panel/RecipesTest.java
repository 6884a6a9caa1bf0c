package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.Pepper;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiRequest;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.http.ForwardedHeader;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The samples of {@code docs/recipes.md} that belong to no example. */
class RecipesTest {
  private final InMemoryTokenStore store = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final List<String> shown = new ArrayList<>();

  @Test
  void a_route_needs_its_scope_and_an_unknown_route_is_refused() {
    RouteScopes routes = RouteScopes.builder()
        .anyToken("GET /version")
        .scope("servers:read", "GET /servers", "GET /servers/*")
        .scope("servers:write", "POST /servers/**")
        .build();
    var bearer = BearerAuthenticator.builder(tokens).routes(routes).build();

    String reader = bearer(NewToken.named("reader").scopes("servers:read"));
    assertThat(bearer.check("GET", "/servers/7", List.of(reader))).isInstanceOf(Granted.class);
    assertThat(bearer.check("POST", "/servers/7", List.of(reader))).isInstanceOf(Refused.class);
    assertThat(bearer.check("GET", "/backups", List.of(reader))).isInstanceOf(Refused.class);
    assertThat(routes.uncovered(List.of("GET /servers/{id}", "DELETE /servers/{id}")))
        .containsExactly("DELETE /servers/{id}");
  }

  @Test
  void the_first_token_is_created_once() {
    createFirstToken();
    createFirstToken();
    tokens.delete(1);
    createFirstToken();
    assertThat(shown).hasSize(1);
    assertThat(tokens.list()).isEmpty();
  }

  private void createFirstToken() {
    tokens
        .createOnce("first-token", () -> NewToken.named("first").unrestricted())
        .ifPresent(created -> show(created.reveal()));
  }

  @Test
  void a_token_is_bound_to_the_address_that_a_trusted_proxy_reports() {
    var bearer = BearerAuthenticator.builder(tokens)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.7")
        .throttle(20, Duration.ofMinutes(1))
        .build();
    var ci = NewToken.named("ci").allowedAddresses("192.0.2.0/24", "2001:db8::/32");

    String header = bearer(ci);
    assertThat(bearer.check(new ProxiedRequest(header, "192.0.2.1"))).isInstanceOf(Granted.class);
    assertThat(bearer.check(new ProxiedRequest(header, "198.51.100.1")))
        .isInstanceOf(Refused.class);
  }

  @Test
  void a_token_of_another_system_keeps_its_plaintext() {
    String old = "0123456789abcdef0123456789abcdef";
    String sha256 = sha256(old);
    var tokens = TokenManager.builder(store).acceptForeign(32, 32).build();
    tokens.importHashed(NewToken.named("old-bot"), sha256, true, Instant.EPOCH);

    assertThat(tokens.authenticate(old)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void a_token_that_was_made_without_keys_is_accepted_with_them() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    byte[] pepperSecret = new byte[32];
    byte[] checksumKey = new byte[32];
    var tokens = TokenManager.builder(store)
        .peppers(Pepper.of("2026", pepperSecret)) // hashes are HMACs from now on
        .checksumKeys(checksumKey) // forged tokens are rejected without a query
        .build();

    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
    assertThat(tokens.reports().countByPepper()).containsEntry("2026", 1L);
  }

  @Test
  void a_leaked_plaintext_never_works_again() {
    String leaked = tokens.create(NewToken.named("ci")).reveal();
    Optional<Token> hit = tokens.reportLeak(leaked);

    assertThat(hit.map(Token::name)).contains("ci");
    tokens.enable(hit.orElseThrow().id());
    assertThat(tokens.authenticate(leaked)).isInstanceOf(Verdict.Rejected.class);
  }

  private String bearer(NewToken newToken) {
    return "Bearer " + tokens.create(newToken).reveal();
  }

  private void show(String plaintext) {
    shown.add(plaintext);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** A request from the proxy at 10.0.0.7. */
  private record ProxiedRequest(String authorization, String client) implements ApiRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public List<String> headers(String name) {
      return name.equals("Authorization") ? List.of(authorization) : List.of(client);
    }

    @Override
    public InputStream body() {
      return InputStream.nullInputStream();
    }

    @Override
    public Optional<InetAddress> remoteAddress() {
      return AddressRange.address("10.0.0.7");
    }

    @Override
    public Optional<Verdict.Accepted> accepted() {
      return Optional.empty();
    }
  }
}
