package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plaintext that a rotation has replaced can read until its overlap ends, and can change nothing. */
class TokenApiPreviousTest {
  /** Every change, by its path below the base path. */
  private static final Map<String, Supplier<FakeRequest>> CHANGES = Map.ofEntries(
      entry("/create", () -> post("/create", "{\"name\":\"x\"}")),
      entry("/setEnabled true", () -> post("/setEnabled/3", "{\"enabled\":true}")),
      entry("/setEnabled false", () -> post("/setEnabled/3", "{\"enabled\":false}")),
      entry("/rotate", () -> post("/rotate/3", "{\"overlapSeconds\":0}")),
      entry("/rotate itself", () -> post("/rotate/2", "{\"overlapSeconds\":0}")),
      entry("/delete", () -> post("/delete/3")),
      entry("/delete itself", () -> post("/delete/2")),
      entry("/self/rotate", () -> post("/self/rotate", "{\"overlapSeconds\":0}")),
      entry("/self/delete", () -> post("/self/delete")),
      entry("/update", () -> post("/update/3", "{\"description\":\"x\"}")),
      entry("/update itself", () -> post("/update/2", "{\"description\":\"x\"}")),
      entry("/disable", () -> post("/disable", "{\"ids\":[3]}")),
      entry("/delete several", () -> post("/delete", "{\"ids\":[2,3]}")),
      entry("/deleteExpired", () -> post("/deleteExpired", "{}")));

  private final ApiFixture fixture = new ApiFixture();
  private final TokenApi api =
      TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
  private final String old =
      fixture.tokens.create(NewToken.named("ci").unrestricted()).reveal();
  private final Verdict.Accepted previous = rotated();

  private Verdict.Accepted rotated() {
    fixture.tokens.create(NewToken.named("sibling"));
    fixture.tokens.rotate(2, Duration.ofHours(1));
    return (Verdict.Accepted) fixture.tokens.authenticate(old);
  }

  static List<String> changes() {
    return CHANGES.keySet().stream().sorted().toList();
  }

  @ParameterizedTest // P4
  @MethodSource("changes")
  void a_replaced_plaintext_changes_nothing_whatever_the_policy_says(String change) {
    for (Caller caller :
        List.of(Caller.token(previous), Caller.withoutOwner().unrestricted().ofAllOwners())) {
      TokenApi open =
          TokenApi.of(fixture.tokens, request -> Optional.of(caller), SelfService.values());
      FakeRequest request = CHANGES.get(change).get().with(previous);
      assertThat(text(fixture.assertRefused(open, request, 403)))
          .isEqualTo(
              "{\"success\":false,\"msg\":\"this plaintext was replaced by a rotation and may"
                  + " only read; make changes with the new one\"}");
      assertThat(request.bodyOpened()).isZero();
    }
  }

  @ParameterizedTest // P4: the same requests, so that no refusal above has another reason
  @MethodSource("changes")
  void the_new_plaintext_makes_the_same_changes(String change) {
    String renewed = fixture.tokens.rotate(2, Duration.ofHours(1)).orElseThrow().reveal();
    Verdict.Accepted current = (Verdict.Accepted) fixture.tokens.authenticate(renewed);
    FakeRequest request = CHANGES.get(change).get().with(current);
    assertThat(api.handle(request).status()).isEqualTo(200);
  }

  @Test // P4
  void handlers_that_are_mounted_alone_refuse_it_too() {
    Map<ApiHandler, FakeRequest> alone = Map.of(
        api.create(), post("", "{\"name\":\"x\"}"),
        api.setEnabled(), post("/3", "{\"enabled\":false}"),
        api.rotate(), post("/3", "{\"overlapSeconds\":0}"),
        api.delete(), post("/3"),
        api.update(), post("/3", "{\"description\":\"x\"}"),
        api.identify(), post("", "{\"token\":\"" + old + "\"}"),
        api.disable(), post("", "{\"ids\":[3]}"),
        api.deleteExpired(), post("", "{\"dryRun\":true}"));
    alone.forEach(
        (handler, request) -> fixture.assertRefused(handler, request.with(previous), 403));
  }

  @ParameterizedTest // P4: also for operations that do not exist yet
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "get", "GET "})
  void a_new_operation_cannot_forget_the_rule(String method) {
    GuardedHandler careless = new GuardedHandler(
        fixture.tokens, ManagementPolicy.anyToken(), false, (own, path, request) -> {
          fixture.tokens.delete(3);
          return Responses.DONE;
        });
    fixture.assertRefused(careless, new FakeRequest(method, "/3").with(previous), 403);
  }

  @Test // P4
  void a_replaced_plaintext_still_reads() {
    for (String method : List.of("GET", "HEAD")) {
      for (String path : List.of("", "/", "/3", "/scopes", "/self")) {
        FakeRequest request = new FakeRequest(method, path).with(previous);
        assertThat(api.handle(request).status()).isEqualTo(200);
      }
    }
    assertThat(text(api.handle(get("/self").with(previous)))).contains("\"name\":\"ci\"");
    assertThat(api.description("/api").handle(get("").with(previous)).status()).isEqualTo(200);
  }

  @Test // P4: a policy that authenticates by itself
  void a_replaced_plaintext_that_only_the_policy_knows_changes_nothing() {
    TokenApi api = TokenApi.of(fixture.tokens, request -> Optional.of(Caller.token(previous)));
    fixture.assertRefused(api, post("/delete/3").json("{}"), 403);
    assertThat(api.handle(get("")).status()).isEqualTo(200);
  }

  @Test // P4, C6
  void the_policy_still_comes_first() {
    TokenApi closed = TokenApi.of(fixture.tokens, request -> Optional.empty());
    assertThat(text(fixture.assertRefused(closed, post("/delete/3").with(previous), 403)))
        .contains("you may not manage tokens");
  }
}
