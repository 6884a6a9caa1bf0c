package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.PassedOn;
import io.counterfoil.http.BearerAuthenticator.Refused;
import io.counterfoil.testing.BrokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** B6: a token gets the same decision, wherever in the request it is. */
class DoorMatrixTest {
  private static final RouteScopes ROUTES = RouteScopes.builder()
      .scope("read", "GET /a")
      .anyScope(List.of("write", "admin"), "POST /a")
      .anyToken("GET /open")
      .build();

  /** Every kind of setting that changes a decision. */
  private static final Map<String, UnaryOperator<BearerAuthenticator.Builder>> MODES = modes();

  private final ApiFixture fixture = new ApiFixture();
  private final Map<String, String> plaintexts = new LinkedHashMap<>();

  private static Map<String, UnaryOperator<BearerAuthenticator.Builder>> modes() {
    Map<String, UnaryOperator<BearerAuthenticator.Builder>> modes = new LinkedHashMap<>();
    modes.put("plain", settings -> settings);
    modes.put("scope", settings -> settings.scope("read"));
    modes.put("routes", settings -> settings.routes(ROUTES));
    modes.put("scope and routes", settings -> settings.scope("admin").routes(ROUTES));
    modes.put("hidden", settings -> settings.scope("read").hideExistence());
    modes.put("explained", settings -> settings.explainRejections());
    modes.put("beside a login", settings -> settings.passWithoutBearer());
    modes.put("throttled", settings -> settings.throttle(1, Duration.ofMinutes(1)));
    modes.put(
        "behind a proxy",
        settings -> settings.trustedProxies(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1"));
    return modes;
  }

  private void createTokens() {
    create(NewToken.named("none"));
    create(NewToken.named("reader").scopes("read"));
    create(NewToken.named("writer").scopes("write"));
    create(NewToken.named("unrestricted").unrestricted());
    create(NewToken.named("bound").unrestricted().allowedAddresses("192.0.2.0/24"));
    long disabled = create(NewToken.named("disabled").unrestricted());
    fixture.tokens.disable(disabled);
    long rotated = create(NewToken.named("rotated").unrestricted());
    String old = String.valueOf(plaintexts.get("rotated"));
    plaintexts.put(
        "present",
        fixture.tokens.rotate(rotated, Duration.ofDays(9)).orElseThrow().reveal());
    create(NewToken.named("expired").unrestricted().expiresIn(Duration.ofDays(1)));
    fixture.clock.advance(Duration.ofDays(1));
    plaintexts.put(
        "mistyped", old.substring(0, old.length() - 1) + (old.endsWith("0") ? '1' : '0'));
    plaintexts.put("of nobody", "cf_" + "a".repeat(49));
    plaintexts.put("empty", "");
    plaintexts.put("with a space", old + " x");
    plaintexts.put("with a quote", '"' + old + '"');
    plaintexts.put("not ASCII", old + '\u00e9');
    plaintexts.put("longest", "a".repeat(256));
    plaintexts.put("too long", "a".repeat(257));
  }

  private long create(NewToken newToken) {
    var created = fixture.tokens.create(newToken);
    plaintexts.put(created.token().name(), created.reveal());
    return created.token().id();
  }

  @Test
  void every_decision_is_the_same_through_every_door() {
    createTokens();
    MODES.forEach((mode, settings) -> {
      Map<Door, List<String>> decisions = new LinkedHashMap<>();
      for (Door door : Door.values()) {
        decisions.put(door, decisions(settings.apply(builder()), door));
      }
      assertThat(decisions.values().stream().distinct().toList()).as(mode).hasSize(1);
    });
    assertThat(decisions(MODES.get("routes").apply(builder()), Door.HEADER))
        .contains(
            "reader GET /a 192.0.2.1: granted", "reader POST /a 192.0.2.1: 403",
            "writer POST /a 192.0.2.1: granted", "bound GET /open 198.51.100.1: 401",
            "disabled GET /open 192.0.2.1: 401", "expired GET /open 192.0.2.1: 401");
  }

  private BearerAuthenticator.Builder builder() {
    return Door.openAll(BearerAuthenticator.builder(fixture.tokens));
  }

  /** Returns the decisions about all plaintexts, without the challenges. */
  private List<String> decisions(BearerAuthenticator.Builder settings, Door door) {
    BearerAuthenticator bearer = settings.build();
    List<String> all = new ArrayList<>();
    for (String name : plaintexts.keySet()) {
      for (String target : List.of("GET /a", "POST /a", "GET /open", "GET /x")) {
        for (String address : List.of("192.0.2.1", "198.51.100.1", "10.0.0.1")) {
          String[] parts = target.split(" ", 2);
          FakeRequest request = new FakeRequest(parts[0], parts[1])
              .from(address)
              .field("X-Forwarded-For", "192.0.2.9");
          Outcome outcome =
              bearer.check(door.present(String.valueOf(plaintexts.get(name)), request));
          all.add(name + ' ' + target + ' ' + address + ": " + describe(outcome));
        }
      }
    }
    return all;
  }

  private String describe(Outcome outcome) {
    if (outcome instanceof Refused refused) {
      assertDisclosesNothing(refused.answer());
      return String.valueOf(refused.answer().status());
    }
    return outcome instanceof Granted ? "granted" : "passed on";
  }

  private void assertDisclosesNothing(ApiResponse response) {
    String all = response.headers() + text(response);
    assertThat(plaintexts.values().stream().filter(text -> text.length() > 9))
        .noneMatch(all::contains);
  }

  @ParameterizedTest // I2
  @EnumSource(Door.class)
  void a_failing_store_answers_503_through_every_door(Door door) {
    TokenManager broken = TokenManager.builder(
            BrokenStore.throwing(new TokenStoreException("down", new IllegalStateException())))
        .build();
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    BearerAuthenticator bearer =
        Door.openAll(BearerAuthenticator.builder(broken)).passWithoutBearer().build();
    Outcome outcome = bearer.check(door.present(plaintext, get("/a")));
    assertThat(((Refused) outcome).answer().status()).isEqualTo(503);
  }

  @ParameterizedTest // B5
  @EnumSource(value = Door.class, mode = EnumSource.Mode.EXCLUDE, names = "BEARER")
  void a_closed_door_is_ignored(Door door) {
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    assertThat(fixture.store.lookups()).isOne(); // that of the fixture
    for (Door open : Door.values()) {
      if (open != door) {
        BearerAuthenticator bearer = open.open(BearerAuthenticator.builder(fixture.tokens))
            .passWithoutBearer()
            .build();
        assertThat(bearer.check(door.present(plaintext, get("/a")))).isEqualTo(new PassedOn());
        assertThat(bearer.check(door.present("cf_x", get("/a")))).isEqualTo(new PassedOn());
      }
    }
    assertThat(fixture.store.lookups()).isZero();
  }

  @ParameterizedTest // other doors are open for our tokens only
  @EnumSource(Door.class)
  void a_credential_of_another_system_is_passed_on_only_with_the_scheme_bearer(Door door) {
    BearerAuthenticator bearer = builder().passForeignBearer().build();
    Outcome outcome = bearer.check(door.present("eyJhbGciOiJub25lIn0.e30.", get("/a")));
    assertThat(outcome instanceof PassedOn).isEqualTo(door == Door.BEARER);
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    assertThat(bearer.check(door.present(plaintext, get("/a")))).isInstanceOf(Granted.class);
    assertThat(bearer.check(door.present(plaintext + 'x', get("/a")))).isInstanceOf(Refused.class);
  }

  @Test // B5: another system's credential in Authorization does not count
  void a_closed_scheme_beside_a_header_is_ignored() {
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    BearerAuthenticator bearer =
        BearerAuthenticator.builder(fixture.tokens).header("X-API-Key").build();
    FakeRequest request =
        get("/a").field("Authorization", Door.basic("proxy:secret")).field("x-api-key", plaintext);
    assertThat(bearer.check(request)).isInstanceOf(Granted.class);
  }

  @Test // B4, B5
  void two_credentials_are_refused_equal_or_not_whatever_their_doors_and_their_order() {
    String one = fixture.tokens.create(NewToken.named("one")).reveal();
    String two = fixture.tokens.create(NewToken.named("two")).reveal();
    assertThat(fixture.store.lookups()).isOne(); // that of the fixture
    BearerAuthenticator bearer = builder().header("X-Token").build();
    for (Door first : Door.values()) {
      for (Door second : Door.values()) {
        for (String other : List.of(one, two, "x", "")) {
          FakeRequest request = second.present(other, first.present(one, get("/a")));
          assertThat(status(bearer, request)).isEqualTo(400);
          FakeRequest reverse = second.present(one, first.present(other, get("/a")));
          assertThat(status(bearer, reverse)).isEqualTo(400);
        }
      }
      assertThat(status(bearer, first.present(one, get("/a").field("x-token", one))))
          .isEqualTo(400);
    }
    assertThat(fixture.store.lookups()).isZero();
  }

  @Test // C2, C3
  void each_accepted_scheme_has_a_challenge_on_a_line_of_its_own() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .realm("the panel")
        .header("X-API-Key")
        .scheme("Token")
        .scheme("TOKEN")
        .scope("deploy")
        .build();
    assertThat(challenges(bearer, get("/a")))
        .containsExactly("Bearer realm=\"the panel\"", "Token realm=\"the panel\"");
    assertThat(challenges(bearer, get("/a").field("X-API-Key", "no")))
        .containsExactly(
            "Bearer realm=\"the panel\", error=\"invalid_token\"", "Token realm=\"the panel\"");
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    assertThat(challenges(bearer, get("/a").field("Authorization", "token " + plaintext)))
        .containsExactly(
            "Bearer realm=\"the panel\", error=\"insufficient_scope\", scope=\"deploy\"",
            "Token realm=\"the panel\"");
    FakeRequest several = get("/a").field("X-API-Key", "a").field("X-API-Key", "a");
    assertThat(challenges(bearer, several))
        .containsExactly(
            "Bearer realm=\"the panel\", error=\"invalid_request\"", "Token realm=\"the panel\"");
    challenges(bearer, several).forEach(ParsedChallenge::parse);
  }

  @Test // B5
  void the_overloads_for_authorization_see_no_other_header() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .header("X-API-Key")
        .scheme("Token")
        .build();
    String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
    assertThat(bearer.check(List.of("Token " + plaintext))).isInstanceOf(Granted.class);
    assertThat(bearer.check(List.of(plaintext))).isInstanceOf(Refused.class);
  }

  @Test // no credential that another component could use
  void the_names_of_the_headers_are_known_to_the_host() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(fixture.tokens)
        .header("X-API-Key")
        .header("x-api-KEY")
        .header("X-Token")
        .build();
    assertThat(bearer.credentialHeaders())
        .containsExactlyInAnyOrder("authorization", "x-api-key", "x-token");
  }

  private static List<String> challenges(BearerAuthenticator bearer, FakeRequest request) {
    ApiResponse response = ((Refused) bearer.check(request)).answer();
    return Stream.ofNullable(response.headers().get("WWW-Authenticate"))
        .flatMap(List::stream)
        .toList();
  }

  private static int status(BearerAuthenticator bearer, FakeRequest request) {
    ApiResponse response = ((Refused) bearer.check(request)).answer();
    assertThat(text(response)).contains("only one credential may be sent");
    return response.status();
  }
}
