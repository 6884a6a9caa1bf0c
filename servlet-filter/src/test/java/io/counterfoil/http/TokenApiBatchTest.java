package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of several tokens at once. */
class TokenApiBatchTest {
  private final ApiFixture fixture = new ApiFixture();

  /** Creates tokens with ids from 2 on. */
  private void create(int count) {
    IntStream.range(0, count).forEach(i -> fixture.tokens.create(NewToken.named("t" + i)));
  }

  private static String ids(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  private List<Long> enabled() {
    return fixture.store.content().stream()
        .filter(StoredToken::enabled)
        .map(StoredToken::id)
        .toList();
  }

  @Test
  void several_tokens_are_disabled() {
    create(4);
    assertThat(text(fixture.send(post("/disable", "{\"ids\":[4,2]}"))))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":2}}");
    assertThat(enabled()).containsExactly(1L, 3L, 5L);
    assertThat(text(fixture.api.disable().handle(post("", "{\"ids\":[3,4]}").with(fixture.admin))))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":2}}");
    assertThat(enabled()).containsExactly(1L, 5L);
  }

  @Test
  void several_tokens_are_deleted_and_the_token_of_the_caller_may_be_one_of_them() {
    create(4);
    assertThat(text(fixture.send(post("/delete", "{\"ids\":[4,1,2]}"))))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":3}}");
    assertThat(enabled()).containsExactly(3L, 5L);
    fixture.assertRefused(post("/delete", "{\"ids\":[3]}"), 403);
  }

  @Test // changing many takes seconds
  void a_token_that_gets_more_rights_during_a_batch_is_left_out() {
    create(3);
    TokenManager tokens = TokenManager.builder(fixture.store)
        .clock(fixture.clock)
        .recordNoUses()
        .synchronousListener(event -> {
          if (event instanceof TokenEvent.Deleted) {
            fixture.tokens.update(3, TokenUpdate.none().unrestricted());
          }
        })
        .build();
    TokenApi api = TokenApi.of(tokens, ManagementPolicy.anyToken());
    assertThat(text(api.handle(post("/delete", "{\"ids\":[2,3,4]}").with(fixture.admin))))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":2}}");
    assertThat(enabled()).containsExactly(1L, 3L);
  }

  @Test
  void the_handler_of_deletions_takes_one_id_in_the_path_or_several_in_the_body() {
    create(3);
    ApiHandler delete = fixture.api.delete();
    assertThat(text(delete.handle(post("/2").with(fixture.admin)))).isEqualTo("{\"success\":true}");
    assertThat(text(delete.handle(post("", "{\"ids\":[3,4]}").with(fixture.admin))))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":2}}");
    fixture.assertRefused(delete, post("/1", "{\"ids\":[1]}").with(fixture.admin), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/disable", "/delete"})
  void one_request_names_at_most_500_tokens(String path) {
    create(501);
    assertThat(text(fixture.assertRefused(post(path, ids(2, 502)), 400)))
        .isEqualTo(
            "{\"success\":false,\"msg\":\"ids (expected: 1 to 500 ids, each of them once)\"}");
    assertThat(text(fixture.send(post(path, ids(2, 501))))).contains("\"count\":500}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/disable", "/delete"})
  void if_one_token_does_not_exist_nothing_is_changed_and_the_message_names_it(String path) {
    create(2);
    fixture.tokens.create(NewToken.named("t").owner("ann")); // id 4
    for (String id : List.of("4", "5", "9223372036854775807")) {
      assertThat(text(fixture.assertRefused(post(path, "{\"ids\":[2," + id + ",3]}"), 404)))
          .isEqualTo("{\"success\":false,\"msg\":\"there is no such token: " + id + "\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/disable", "/delete"})
  void if_one_token_exceeds_the_rights_nothing_is_changed_and_the_message_names_it(String path) {
    create(2);
    fixture.tokens.create(NewToken.named("greater").scopes("a")); // id 4
    assertThat(text(fixture.assertRefused(post(path, "{\"ids\":[2,4,3]}"), 403)))
        .isEqualTo(
            "{\"success\":false,\"msg\":\"you cannot manage a token with a scope or an address"
                + " that you do not have: 4\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ids\":null}",
        "{\"ids\":1}",
        "{\"ids\":\"1\"}",
        "{\"ids\":{}}",
        "{\"ids\":[]}",
        "{\"ids\":[\"1\"]}",
        "{\"ids\":[null]}",
        "{\"ids\":[true]}",
        "{\"ids\":[0]}",
        "{\"ids\":[-1]}",
        "{\"ids\":[1.0]}",
        "{\"ids\":[1e0]}",
        "{\"ids\":[1,1]}",
        "{\"ids\":[2,1,2]}",
        "{\"ids\":[9223372036854775808]}",
        "{\"ids\":[99999999999999999999999999999999]}"
      })
  void wrong_ids_are_refused_with_the_name_of_the_member(String body) {
    create(2);
    for (String path : List.of("/disable", "/delete")) {
      assertThat(text(fixture.assertRefused(post(path, body), 400))).contains("ids (expected: ");
    }
  }

  @Test
  void an_unknown_member_is_refused() {
    for (String path : List.of("/disable", "/delete")) {
      assertThat(text(fixture.assertRefused(post(path, "{\"ids\":[1],\"owner\":\"\"}"), 400)))
          .contains("the body has an unknown member (expected: ids)");
    }
    assertThat(text(fixture.assertRefused(post("/deleteExpired", "{\"before\":1}"), 400)))
        .contains("the body has an unknown member (expected: dryRun)");
  }

  @Test
  void a_request_without_a_token_must_be_declared_as_json() {
    TokenApi users = TokenApi.of(fixture.tokens, request -> Optional.of(Caller.withoutOwner()));
    for (String path : List.of("/disable", "/delete", "/deleteExpired")) {
      fixture.assertRefused(users, post(path), 415);
      fixture.assertRefused(
          users, post(path).field("Content-Type", "application/x-www-form-urlencoded"), 415);
    }
  }

  /** Creates tokens that expire in a second, and one that does not. */
  private void createExpired(int count, String owner, String... scopes) {
    for (int i = 0; i < count; i++) {
      NewToken newToken =
          NewToken.named("e" + i).owner(owner).expiresAt(fixture.clock.instant().plusSeconds(1));
      fixture.tokens.create(scopes.length == 0 ? newToken : newToken.scopes(scopes));
    }
  }

  private ApiResponse deleteExpired(String body) {
    return fixture.send(post("/deleteExpired", body));
  }

  @Test
  void expired_tokens_are_counted_and_deleted() {
    createExpired(3, "");
    fixture.tokens.create(
        NewToken.named("now").expiresAt(fixture.clock.instant().plusMillis(1001)));
    assertThat(text(deleteExpired("{\"dryRun\":true}")))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":0}}");
    fixture.clock.advance(Duration.ofMillis(1001));
    assertThat(text(deleteExpired("{\"dryRun\":true}")))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":3}}");
    assertThat(fixture.store.content()).hasSize(5);
    assertThat(text(deleteExpired("{}"))).isEqualTo("{\"success\":true,\"obj\":{\"count\":3}}");
    assertThat(fixture.store.content()).hasSize(2);
    assertThat(text(deleteExpired("{\"dryRun\":false}")))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":0}}");
  }

  @ParameterizedTest // a caller with all rights needs one statement, others need one for each token
  @CsvSource({"true, 1000", "false, 100"})
  void one_request_deletes_a_limited_number_of_expired_tokens(boolean hasAllRights, int limit) {
    createExpired(limit + 1, "");
    fixture.clock.advance(Duration.ofMillis(1001));
    assertThat(text(deleteExpired("{\"dryRun\":true}")))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":" + (limit + 1) + "}}");
    assertThat(text(deleteExpired(hasAllRights)))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":" + limit + ",\"more\":true}}");
    assertThat(text(deleteExpired(hasAllRights)))
        .isEqualTo("{\"success\":true,\"obj\":{\"count\":1}}");
  }

  private ApiResponse deleteExpired(boolean hasAllRights) {
    FakeRequest request = post("", "{}");
    return hasAllRights
        ? everything().deleteExpired().handle(request)
        : fixture.api.deleteExpired().handle(request.with(fixture.admin));
  }

  /** Returns the API for a caller with all rights. */
  private TokenApi everything() {
    return TokenApi.of(
        fixture.tokens,
        request -> Optional.of(Caller.user("root").unrestricted().ofAllOwners()));
  }

  @Test
  void only_expired_tokens_within_the_rights_of_the_caller_are_deleted() {
    createExpired(2, "ann", "a");
    createExpired(3, "bob", "a");
    NewToken greater = NewToken.named("greater").owner("ann").scopes("a", "b");
    fixture.tokens.create(greater.expiresAt(fixture.clock.instant().plusSeconds(1)));
    fixture.clock.advance(Duration.ofMillis(1001));
    Verdict.Accepted ann = fixture.accepted(NewToken.named("ann").owner("ann").scopes("a"));
    for (String body : List.of("{\"dryRun\":true}", "{}")) {
      assertThat(text(fixture.api.handle(post("/deleteExpired", body).with(ann))))
          .isEqualTo("{\"success\":true,\"obj\":{\"count\":2}}");
    }
    assertThat(fixture.tokens.find("ann", "greater")).isPresent();
    assertThat(text(everything().handle(post("/deleteExpired", "{}")))).contains("\"count\":4}");
    assertThat(fixture.store.content()).hasSize(2);
  }
}
