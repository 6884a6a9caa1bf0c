package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** For all callers, tokens and updates: no update over HTTP widens a token beyond the rights of its caller. */
class TokenApiUpdateFuzzTest {
  private static final KnownScopes KNOWN = KnownScopes.none()
      .scope("read", "")
      .scope("write", "", "read")
      .scope("admin", "", "write")
      .scope("other", "");

  private static final InetAddress HOME = AddressRange.address("192.0.2.1").orElseThrow();

  /**
   * The properties of a token.
   *
   * @param lifetime the seconds until it expires; empty if it does not expire
   */
  private record Properties(Set<String> scopes, Set<String> addresses, OptionalInt lifetime) {

    NewToken named(String name, Instant now) {
      NewToken scoped =
          scopes.isEmpty() ? NewToken.named(name) : NewToken.named(name).scopes(scopes);
      NewToken bound = addresses.isEmpty() ? scoped : scoped.allowedAddresses(addresses);
      return lifetime.isEmpty() ? bound : bound.expiresAt(now.plusSeconds(lifetime.getAsInt()));
    }
  }

  @Property
  void no_update_widens_a_token_beyond_the_rights_of_its_caller(
      @ForAll("properties") Properties caller,
      @ForAll("properties") Properties token,
      @ForAll("updates") List<String> updates) {
    ApiFixture fixture = ApiFixture.knowing(KNOWN);
    Instant now = fixture.clock.instant();
    Set<String> from = Set.of("192.0.2.1", "192.0.2.0/24");
    Properties usable = new Properties(
        caller.scopes, caller.addresses.isEmpty() ? Set.of() : from, caller.lifetime);
    String plaintext = fixture.tokens.create(usable.named("caller", now)).reveal();
    Verdict.Accepted accepted = (Verdict.Accepted) fixture.tokens.authenticate(plaintext, HOME);
    long id = fixture.tokens.create(token.named("token", now)).token().id();
    for (String body : updates) {
      Token before = fixture.tokens.find(id).orElseThrow();
      List<StoredToken> rows = fixture.store.content();
      int status =
          fixture.api.handle(post("/update/" + id, body).with(accepted)).status();
      Token after = fixture.tokens.find(id).orElseThrow();
      if (status == 200) {
        assertThat(isCovered(before, accepted.token())).isTrue();
        assertThat(isCovered(after, accepted.token())).isTrue();
        assertThat(endsNoLater(after, accepted.token())).isTrue();
      } else {
        assertThat(status).isIn(400, 403);
        assertThat(fixture.store.content()).isEqualTo(rows);
      }
      Statistics.collect(status);
    }
  }

  /** The rule again, in other words: whatever the token may do, the caller may do. */
  private static boolean isCovered(Token token, Token caller) {
    List<String> all = new ArrayList<>(KNOWN.scopes());
    all.add(Token.UNRESTRICTED);
    boolean scopes = all.stream().allMatch(scope -> !token.permits(scope) || caller.permits(scope));
    boolean addresses = caller.allowedAddresses().isEmpty()
        || (!token.allowedAddresses().isEmpty()
            && token.allowedAddresses().stream()
                .map(AddressRange::parse)
                .allMatch(AddressRange.parse("192.0.2.0/24")::contains));
    return scopes && addresses;
  }

  private static boolean endsNoLater(Token token, Token caller) {
    Instant never = Instant.MAX;
    return !token.expiresAt().orElse(never).isAfter(caller.expiresAt().orElse(never));
  }

  @Provide
  Arbitrary<Properties> properties() {
    return Combinators.combine(scopes(), addresses(), lifetimes()).as(Properties::new);
  }

  private static Arbitrary<Set<String>> scopes() {
    return Arbitraries.of("read", "write", "admin", "other", "*").set().ofMaxSize(3);
  }

  private static Arbitrary<Set<String>> addresses() {
    return Arbitraries.of(
            "192.0.2.1", "192.0.2.0/24", "192.0.2.128/25", "192.0.0.0/16", "2001:db8::1")
        .set()
        .ofMaxSize(2);
  }

  private static Arbitrary<OptionalInt> lifetimes() {
    return Arbitraries.of(0, 10, 60, 61, 3600)
        .map(seconds -> seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds));
  }

  @Provide
  Arbitrary<List<String>> updates() {
    Arbitrary<Optional<String>> name =
        Arbitraries.of("\"name\":\"token\"", "\"name\":\"x\"", "\"name\":\"\"").optional(0.3);
    Arbitrary<Optional<String>> scopes = Arbitraries.oneOf(
            scopes().map(TokenApiUpdateFuzzTest::array), Arbitraries.of("null", "[\"raed\"]"))
        .map(value -> "\"scopes\":" + value)
        .optional(0.5);
    Arbitrary<Optional<String>> addresses = Arbitraries.oneOf(
            addresses().map(TokenApiUpdateFuzzTest::array), Arbitraries.just("null"))
        .map(value -> "\"allowedAddresses\":" + value)
        .optional(0.5);
    Arbitrary<Optional<String>> expiry = Arbitraries.of(
            "\"expiresAt\":null",
            "\"expiresAt\":1736000060",
            "\"expiresAt\":1736000061",
            "\"expiresAt\":1736000000",
            "\"expiresIn\":60",
            "\"expiresIn\":61",
            "\"expiresIn\":10",
            "\"expiresIn\":1,\"expiresAt\":null")
        .optional(0.5);
    return Combinators.combine(name, scopes, addresses, expiry)
        .as((a, b, c, d) -> List.of(a, b, c, d).stream()
            .flatMap(Optional::stream)
            .reduce((x, y) -> x + ',' + y)
            .map(members -> '{' + members + '}')
            .orElse("{}"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static String array(Set<String> texts) {
    return texts.isEmpty() ? "[]" : "[\"" + String.join("\",\"", texts) + "\"]";
  }
}
