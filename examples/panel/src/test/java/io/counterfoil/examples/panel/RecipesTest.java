package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.CreatedToken;
import io.counterfoil.FirstTokenFile;
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
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.RouteScopes;
import io.counterfoil.http.TokenApi;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of {@code docs/recipes.md} that belong to no example. */
class RecipesTest {
  private final InMemoryTokenStore store = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(store).build();

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
  void a_host_tests_its_routes_with_tokens_in_memory() {
    RouteScopes routes = RouteScopes.builder()
        .scope("servers:read", "GET /servers")
        .scope("servers:write", "POST /servers/**")
        .build();

    TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build();
    var bearer = BearerAuthenticator.builder(tokens).routes(routes).build();
    NewToken reader = NewToken.named("reader").scopes("servers:read");
    List<String> header = List.of("Bearer " + tokens.create(reader).reveal());

    assertThat(bearer.check("GET", "/servers", header)).isInstanceOf(Granted.class);
    var forbidden = (Refused) bearer.check("POST", "/servers/7", header);
    assertThat(forbidden.answer().status()).isEqualTo(403);
    var unauthorized = (Refused) bearer.check("GET", "/servers", List.of());
    assertThat(unauthorized.answer().status()).isEqualTo(401);
    assertThat(routes.uncovered(List.of("GET /servers", "POST /servers/{id}"))).isEmpty();
  }

  @Test
  void both_plaintexts_work_during_the_overlap_of_a_rotation() {
    CreatedToken old = tokens.create(NewToken.named("ci"));
    long id = old.token().id();
    CreatedToken rotated = tokens.rotate(id, Duration.ofMinutes(10)).orElseThrow();

    for (CreatedToken each : List.of(old, rotated)) {
      assertThat(tokens.authenticate(each.reveal())).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void an_administrator_sees_the_tokens_of_all_owners() throws IOException {
    ManagementPolicy own = ManagementPolicy.tokensWith("tokens");
    ManagementPolicy policy = request -> {
      boolean seesAll = request
          .accepted()
          .filter(accepted -> accepted.token().permits("tokens:all"))
          .isPresent();
      return own.caller(request).map(caller -> seesAll ? caller.ofAllOwners() : caller);
    };

    tokens.create(NewToken.named("of-bob").owner("bob"));
    NewToken manager = NewToken.named("manager").owner("ann").scopes("tokens");
    assertThat(list(policy, manager)).contains("manager").doesNotContain("of-bob");
    NewToken administrator =
        NewToken.named("administrator").owner("ann").scopes("tokens", "tokens:all");
    assertThat(list(policy, administrator)).contains("manager", "of-bob");
    assertThat(list(policy, NewToken.named("other").scopes("tokens:all"))).doesNotContain("of-bob");
  }

  private String list(ManagementPolicy policy, NewToken newToken) throws IOException {
    Verdict verdict = tokens.authenticate(tokens.create(newToken).reveal());
    var request = new SentRequest("", "", "", Optional.of((Verdict.Accepted) verdict));
    try (InputStream body = TokenApi.of(tokens, policy).handle(request).body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void the_first_token_is_created_once(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("first-token");
    FirstTokenFile.create(tokens, file, NewToken.named("first-token").unrestricted());

    assertThat(tokens.authenticate(Files.readString(file).strip()))
        .isInstanceOf(Verdict.Accepted.class);
    tokens.delete(1);
    Files.delete(file);
    assertThat(FirstTokenFile.create(tokens, file, NewToken.named("first-token").unrestricted()))
        .isFalse();
  }

  @Test
  void a_token_is_bound_to_the_address_that_a_trusted_proxy_reports() {
    var bearer = BearerAuthenticator.builder(tokens)
        .trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.7")
        .throttle(20, Duration.ofMinutes(1))
        .build();
    var ci = NewToken.named("ci").allowedAddresses("192.0.2.0/24", "2001:db8::/32");

    String header = bearer(ci);
    assertThat(bearer.check(from("192.0.2.1", header))).isInstanceOf(Granted.class);
    assertThat(bearer.check(from("198.51.100.1", header))).isInstanceOf(Refused.class);
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

  private static ApiRequest from(String client, String header) {
    return new SentRequest("/", header, client, Optional.empty());
  }

  private String bearer(NewToken newToken) {
    return "Bearer " + tokens.create(newToken).reveal();
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
  private record SentRequest(
      String path, String authorization, String client, Optional<Verdict.Accepted> accepted)
      implements ApiRequest {
    @Override
    public String method() {
      return "GET";
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
  }
}
