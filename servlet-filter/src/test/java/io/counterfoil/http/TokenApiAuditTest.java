package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CountingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of the management API names its actor and the address of the client. */
class TokenApiAuditTest {
  /** Every change of token 2, which is also the token of the caller, and its event. */
  private static final Map<String, Supplier<FakeRequest>> CHANGES = Map.of(
      "updated", () -> post("/update/2", "{\"description\":\"x\"}"),
      "disabled with others", () -> post("/disable", "{\"ids\":[2]}"),
      "deleted with others", () -> post("/delete", "{\"ids\":[2]}"),
      "created", () -> post("/create", "{\"name\":\"x\"}"),
      "enabled", () -> post("/setEnabled/2", "{\"enabled\":true}"),
      "disabled", () -> post("/setEnabled/2", "{\"enabled\":false}"),
      "rotated", () -> post("/rotate/2", "{\"overlapSeconds\":0}"),
      "deleted", () -> post("/delete/2").json("{}"),
      "rotated by itself", () -> post("/self/rotate", "{\"overlapSeconds\":0}"),
      "deleted by itself", () -> post("/self/delete"));

  private final List<TokenEvent> events = new ArrayList<>();
  private final TokenManager tokens = TokenManager.builder(new CountingStore())
      .recordNoUses()
      .synchronousListener(events::add)
      .build();
  private final Verdict.Accepted other = accepted("other");
  private final Verdict.Accepted bot = accepted("bot");

  private Verdict.Accepted accepted(String name) {
    NewToken newToken = NewToken.named(name).owner("ann");
    return (Verdict.Accepted) tokens.authenticate(tokens.create(newToken).reveal());
  }

  static List<String> changes() {
    return CHANGES.keySet().stream().sorted().toList();
  }

  static List<String> changesWithoutToken() {
    return changes().stream().filter(change -> !change.contains("itself")).toList();
  }

  private void requireEvent(
      String change, ManagementPolicy policy, FakeRequest request, String actor) {
    events.clear();
    TokenApi api = TokenApi.of(tokens, policy, SelfService.values());
    assertThat(api.handle(request.from("192.0.2.7")).status()).isEqualTo(200);
    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.name()).isEqualTo(change.split(" ", 2)[0]);
      assertThat(event.actor()).hasToString(actor);
      assertThat(event.address()).isEqualTo(AddressRange.address("192.0.2.7"));
    });
  }

  @ParameterizedTest // P10
  @MethodSource("changes")
  void a_change_by_a_token_names_the_token_and_the_address(String change) {
    FakeRequest request = CHANGES.get(change).get().with(bot).user("ann");
    requireEvent(change, ManagementPolicy.anyToken(), request, "token:2");
  }

  @ParameterizedTest // P10
  @MethodSource("changesWithoutToken")
  void a_change_by_a_user_names_the_user_and_the_address(String change) {
    FakeRequest request = CHANGES.get(change).get();
    requireEvent(change, any -> Optional.of(Caller.user("ann")), request, "user:ann");
  }

  @Test // P10
  void a_user_that_is_admitted_for_another_owner_is_named_itself() {
    FakeRequest request = post("/delete/2").json("{}").user("zed");
    requireEvent("deleted", any -> Optional.of(Caller.user("ann")), request, "user:zed");
    FakeRequest again = post("/delete/1").json("{}").user("");
    requireEvent("deleted", any -> Optional.of(Caller.user("ann")), again, "user:ann");
  }

  @Test // P10
  void a_change_in_a_host_without_users_names_the_logged_in_user_or_nobody() {
    ManagementPolicy policy = any -> Optional.of(Caller.withoutOwner().ofAllOwners());
    requireEvent("deleted", policy, post("/delete/2").json("{}").user("zed"), "user:zed");
    requireEvent("deleted", policy, post("/delete/1").json("{}"), "anonymous");
  }

  @Test // P10: a policy that authenticates by itself
  void a_token_that_only_the_policy_knows_is_named() {
    ManagementPolicy policy = any -> Optional.of(Caller.token(other));
    requireEvent("deleted", policy, post("/delete/2").json("{}"), "token:1");
  }

  @Test // P10
  void a_change_that_fails_in_the_store_names_the_actor_too() {
    TokenManager broken = TokenManager.builder(
            BrokenStore.throwing(new TokenStoreException("s3cret", new IllegalStateException())))
        .synchronousListener(events::add)
        .build();
    events.clear();
    TokenApi api = TokenApi.of(broken, ManagementPolicy.anyToken());
    FakeRequest request = CHANGES.get("created").get().with(bot).from("192.0.2.7");
    assertThat(api.handle(request).status()).isEqualTo(503);
    assertThat(events).singleElement().satisfies(event -> {
      assertThat(event.name()).isEqualTo("store-failed");
      assertThat(event.actor()).hasToString("token:2");
      assertThat(event.address()).isPresent();
    });
  }

  @Test
  void reads_and_refused_requests_cause_no_event() {
    TokenApi api = TokenApi.of(tokens, ManagementPolicy.anyToken());
    events.clear();
    api.handle(get("").with(bot));
    api.handle(post("/create", "{\"name\":\"x\",\"scopes\":[\"*\"]}").with(bot));
    api.handle(post("/delete/2"));
    assertThat(events).isEmpty();
  }
}
