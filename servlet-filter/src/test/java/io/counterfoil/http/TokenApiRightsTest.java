package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller cannot manage the tokens of other owners, nor tokens with more rights than its own. */
class TokenApiRightsTest {
  private static final List<List<String>> SCOPES = List.of(
      List.of(),
      List.of("a"),
      List.of("b"),
      List.of("a", "b"),
      List.of("A"),
      List.of("ab"),
      List.of("*"),
      List.of("*", "a"));

  /** A request for each kind of change, given the scopes and the id of a token. A new operation needs an entry here. */
  private static final Map<String, BiFunction<List<String>, Long, FakeRequest>> CHANGES = Map.of(
      "create", (scopes, id) -> post("/create", createBody(scopes)),
      "setEnabled true", (scopes, id) -> post("/setEnabled/" + id, "{\"enabled\":true}"),
      "setEnabled false", (scopes, id) -> post("/setEnabled/" + id, "{\"enabled\":false}"),
      "rotate", (scopes, id) -> post("/rotate/" + id, "{\"overlapSeconds\":0}"),
      "update", (scopes, id) -> post("/update/" + id, "{\"description\":\"x\"}"),
      "disable", (scopes, id) -> post("/disable", "{\"ids\":[" + id + "]}"),
      "delete", (scopes, id) -> post("/delete/" + id),
      "delete several", (scopes, id) -> post("/delete", "{\"ids\":[" + id + "]}"));

  /** The operations that change no token, and the one that changes only tokens within the caller's rights. */
  private static final Set<String> READING =
      Set.of("list", "find", "scopes", "identify", "description", "deleteExpired");

  private final ApiFixture fixture = new ApiFixture();

  static Stream<Arguments> everyChangeByEveryCallerOfEveryToken() {
    return CHANGES.keySet().stream()
        .sorted()
        .flatMap(change -> SCOPES.stream()
            .flatMap(caller -> SCOPES.stream().map(token -> Arguments.of(change, caller, token))));
  }

  @ParameterizedTest // M1
  @MethodSource("everyChangeByEveryCallerOfEveryToken")
  void a_caller_cannot_manage_a_token_with_more_rights_than_its_own(
      String change, List<String> caller, List<String> token) {
    Verdict.Accepted who = fixture.accepted(named("caller", caller));
    long id = fixture.tokens.create(named("token", token)).token().id();
    FakeRequest request = CHANGES.get(change).apply(token, id).with(who);
    boolean covered = caller.contains("*") || Set.copyOf(caller).containsAll(token);
    if (covered) {
      assertThat(fixture.api.handle(request).status()).isEqualTo(200);
    } else {
      assertThat(text(fixture.assertRefused(fixture.api, request, 403)))
          .isEqualTo("{\"success\":false,\"msg\":"
              + "\"you cannot manage a token with a scope or an address that you do not have"
              + (Set.of("disable", "delete several").contains(change) ? ": " + id : "") + "\"}");
    }
  }

  @Test // M1: fails if an operation has no entry in the map
  void every_operation_that_changes_something_has_an_entry() {
    Set<String> operations = Arrays.stream(TokenApi.class.getMethods())
        .filter(method -> method.getReturnType() == ApiHandler.class)
        .map(Method::getName)
        .filter(name -> !READING.contains(name))
        .collect(Collectors.toSet());
    assertThat(CHANGES.keySet().stream().map(change -> change.split(" ", 2)[0]))
        .containsOnly(operations.toArray(String[]::new));
  }

  @Test // M1
  void a_token_cannot_create_a_token_with_wider_scopes() {
    Verdict.Accepted narrow = fixture.accepted(named("narrow", List.of("a")));
    for (String wider : List.of("[\"a\",\"b\"]", "[\"*\"]", "[\"*\",\"a\"]")) {
      FakeRequest request = post("/create", "{\"name\":\"x\",\"scopes\":" + wider + '}');
      fixture.assertRefused(fixture.api, request.with(narrow), 403);
      fixture.assertRefused(fixture.api, request.with(fixture.admin), 403);
    }
  }

  @Test // M1, P2
  void a_token_with_scopes_can_create_a_token_without_scopes() {
    Verdict.Accepted narrow = fixture.accepted(named("narrow", List.of("a")));
    FakeRequest request = post("/create", "{\"name\":\"x\"}").with(narrow);
    assertThat(fixture.api.handle(request).status()).isEqualTo(200);
    assertThat(fixture.tokens.find(3).orElseThrow().scopes()).isEmpty();
  }

  @Test // M1
  void a_caller_bound_to_addresses_cannot_create_or_rotate_tokens_for_other_addresses() {
    NewToken newToken = NewToken.named("bound").allowedAddresses("192.0.2.0/24", "::1");
    String plaintext = fixture.tokens.create(newToken).reveal();
    Verdict.Accepted bound = (Verdict.Accepted)
        fixture.tokens.authenticate(plaintext, AddressRange.address("::1").orElseThrow());
    for (String wider : List.of(
        "",
        ",\"allowedAddresses\":[\"192.0.0.0/16\"]",
        ",\"allowedAddresses\":[\"::1\",\"::2\"]")) {
      fixture.assertRefused(
          fixture.api, post("/create", "{\"name\":\"new\"" + wider + '}').with(bound), 403);
    }
    fixture.assertRefused(
        fixture.api, post("/rotate/1", "{\"overlapSeconds\":0}").with(bound), 403);
    FakeRequest narrower =
        post("/create", "{\"name\":\"new\",\"allowedAddresses\":[\"192.0.2.128/25\",\"::1\"]}");
    assertThat(fixture.api.handle(narrower.with(bound)).status()).isEqualTo(200);
  }

  @Test // M1, E8
  void another_owners_token_is_answered_like_a_missing_one() {
    Verdict.Accepted ann = fixture.accepted(NewToken.named("default").owner("ann"));
    Verdict.Accepted bob = fixture.accepted(NewToken.named("default").owner("Ann"));
    for (Verdict.Accepted stranger : List.of(bob, fixture.admin)) {
      for (String id : List.of("2", "77")) {
        ApiResponse deletion =
            fixture.assertRefused(fixture.api, post("/delete/" + id).with(stranger), 404);
        FakeRequest off = post("/setEnabled/" + id, "{\"enabled\":false}").with(stranger);
        FakeRequest rotation = post("/rotate/" + id, "{\"overlapSeconds\":0}").with(stranger);
        FakeRequest update = post("/update/" + id, "{\"name\":\"x\"}").with(stranger);
        assertThat(text(fixture.assertRefused(fixture.api, off, 404)))
            .isEqualTo(text(deletion))
            .isEqualTo(text(fixture.assertRefused(fixture.api, update, 404)))
            .isEqualTo(text(fixture.assertRefused(fixture.api, get("/" + id).with(stranger), 404)))
            .isEqualTo(text(fixture.assertRefused(fixture.api, rotation, 404)))
            .isEqualTo("{\"success\":false,\"msg\":\"there is no such token\"}");
      }
    }
    assertThat(text(fixture.api.handle(get("").with(ann))))
        .contains("\"id\":2")
        .doesNotContain("\"id\":1", "\"id\":3");
    assertThat(fixture.api.handle(post("/delete/2").with(ann)).status()).isEqualTo(200);
  }

  @Test // M1
  void a_caller_for_all_owners_manages_their_tokens_within_its_own_rights() {
    Verdict.Accepted root =
        fixture.accepted(NewToken.named("root").owner("root").scopes("a"));
    fixture.accepted(NewToken.named("equal").owner("ann").scopes("a"));
    fixture.accepted(NewToken.named("greater").owner("bob").scopes("a", "b"));
    TokenApi api = TokenApi.of(
        fixture.tokens,
        request -> request.accepted().map(who -> Caller.token(who).ofAllOwners()));
    assertThat(text(api.handle(get("").with(root))))
        .contains("\"owner\":\"ann\"", "\"owner\":\"bob\"", "\"name\":\"default\"");
    for (FakeRequest change : List.of(
        post("/setEnabled/3", "{\"enabled\":false}"),
        post("/rotate/3", "{\"overlapSeconds\":0}"),
        post("/delete/3"))) {
      assertThat(api.handle(change.with(root)).status()).isEqualTo(200);
    }
    fixture.assertRefused(api, post("/delete/4").with(root), 403);
    fixture.assertRefused(api, post("/rotate/4", "{\"overlapSeconds\":0}").with(root), 403);
    api.handle(post("/create", "{\"name\":\"new\",\"scopes\":[\"a\"]}").with(root));
    assertThat(fixture.tokens.find("root", "new")).isPresent();
  }

  @Test // E5, M1
  void a_created_token_belongs_to_the_owner_of_its_caller() {
    Verdict.Accepted ann = fixture.accepted(NewToken.named("a").owner("ann"));
    assertThat(fixture
            .api
            .handle(post("/create", "{\"name\":\"default\"}").with(ann))
            .status())
        .as("the name is another owner's")
        .isEqualTo(200);
    assertThat(fixture.tokens.find(3)).map(Token::owner).contains("ann");
  }

  private static NewToken named(String name, List<String> scopes) {
    NewToken newToken = NewToken.named(name);
    return scopes.isEmpty() ? newToken : newToken.scopes(scopes);
  }

  private static String createBody(List<String> scopes) {
    String array = scopes.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    return "{\"name\":\"new\"" + (scopes.isEmpty() ? "" : ",\"scopes\":" + array) + '}';
  }
}
