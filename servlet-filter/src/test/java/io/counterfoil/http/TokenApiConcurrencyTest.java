package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights are judged on the row that is changed, even if another change comes between the judgement and the change. */
class TokenApiConcurrencyTest {
  private static final long ID = 3;

  /** The changes that compare revisions. */
  private static final Map<String, Supplier<FakeRequest>> CHANGES = Map.of(
      "enable", () -> post("/setEnabled/3", "{\"enabled\":true}"),
      "rotate", () -> post("/rotate/3", "{\"overlapSeconds\":0}"),
      "update", () -> post("/update/3", "{\"description\":\"mine\"}"));

  private final ApiFixture fixture = new ApiFixture();
  private final Verdict.Accepted caller =
      fixture.accepted(NewToken.named("caller").scopes("a")); // id 2

  {
    fixture.tokens.create(NewToken.named("token").scopes("a")); // id 3
  }

  /** A store in which another change is made just before the first updates of a token. */
  private final class Raced extends ForwardingTokenStore {
    private final Runnable other;
    private int left;

    Raced(int times, Runnable other) {
      super(fixture.store);
      this.other = other;
      left = times;
    }

    @Override
    public boolean update(StoredToken changed) {
      if (changed.id() == ID && left > 0) {
        left--;
        other.run();
      }
      return super.update(changed);
    }
  }

  private ApiResponse send(String change, int times, Runnable other) {
    TokenManager tokens = TokenManager.builder(new Raced(times, other))
        .clock(fixture.clock)
        .recordNoUses()
        .build();
    return TokenApi.of(tokens, ManagementPolicy.anyToken())
        .handle(CHANGES.get(change).get().with(caller));
  }

  private void rename(String name) {
    fixture.tokens.update(ID, TokenUpdate.none().name(name));
  }

  private Token token() {
    return fixture.tokens.find(ID).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "rotate", "update"})
  void a_token_that_got_more_rights_meanwhile_is_not_changed(String change) {
    ApiResponse response =
        send(change, 1, () -> fixture.tokens.update(ID, TokenUpdate.none().scopes("a", "b")));
    assertThat(response.status()).isEqualTo(403);
    assertThat(text(response)).contains("a scope or an address that you do not have");
    assertThat(token().description()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "rotate", "update"})
  void a_harmless_change_meanwhile_delays_the_change_only(String change) {
    ApiResponse response = send(change, 1, () -> rename("renamed"));
    assertThat(response.status()).as(text(response)).isEqualTo(200);
    assertThat(token().name()).isEqualTo("renamed");
  }

  @Test
  void updates_of_different_members_at_the_same_time_are_both_made() {
    send("update", 1, () -> rename("renamed"));
    assertThat(token().name()).isEqualTo("renamed");
    assertThat(token().description()).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "update"})
  void a_token_that_changes_all_the_time_is_answered_409(String change) {
    int[] count = {0};
    ApiResponse response = send(change, Integer.MAX_VALUE, () -> rename("renamed" + count[0]++));
    assertThat(response.status()).isEqualTo(409);
    assertThat(text(response))
        .isEqualTo("{\"success\":false,\"msg\":\"other changes of the token came first;"
            + " nothing was changed, try again\"}");
    assertThat(count[0]).isEqualTo(CallerTokens.TRIES);
    assertThat(token().description()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "rotate", "update"})
  void a_token_that_is_deleted_meanwhile_is_answered_404(String change) {
    assertThat(send(change, 1, () -> fixture.tokens.delete(ID)).status()).isEqualTo(404);
  }

  private static final Map<String, TokenUpdate> LOSSES = Map.of(
      "scopes", TokenUpdate.none().noScopes(),
      "addresses", TokenUpdate.none().allowedAddresses("192.0.2.1"),
      "lifetime", TokenUpdate.none().expiresIn(Duration.ofDays(1)));

  @ParameterizedTest // a narrowed token is like a revoked one
  @ValueSource(strings = {"scopes", "addresses", "lifetime"})
  void a_caller_that_has_lost_rights_since_it_was_accepted_changes_nothing(String loss) {
    fixture.tokens.update(2, LOSSES.get(loss));
    for (FakeRequest change : List.of(
        post("/create", "{\"name\":\"x\"}"),
        post("/update/3", "{\"name\":\"x\"}"),
        post("/setEnabled/3", "{\"enabled\":true}"),
        post("/setEnabled/3", "{\"enabled\":false}"),
        post("/rotate/3", "{\"overlapSeconds\":0}"),
        post("/disable", "{\"ids\":[3]}"),
        post("/delete", "{\"ids\":[3]}"),
        post("/delete/3"),
        post("/deleteExpired", "{}"))) {
      assertThat(text(fixture.assertRefused(fixture.api, change.with(caller), 403)))
          .contains("the token of this request has lost rights meanwhile; nothing was changed");
    }
  }

  @Test
  void a_caller_that_has_got_rights_since_it_was_accepted_is_not_refused() {
    fixture.tokens.update(2, TokenUpdate.none().scopes("a", "b"));
    assertThat(fixture.api.handle(post("/delete/3").with(caller)).status()).isEqualTo(200);
    fixture.tokens.update(2, TokenUpdate.none().unrestricted().name("renamed"));
    assertThat(
            fixture.api.handle(post("/create", "{\"name\":\"x\"}").with(caller)).status())
        .isEqualTo(200);
  }

  @Test
  void a_long_list_ends_when_its_caller_loses_rights() throws IOException {
    for (int i = 0; i < 2 * TokenListStream.PAGE_SIZE; i++) {
      fixture.tokens.create(NewToken.named("t" + i));
    }
    InputStream body = fixture.api.handle(FakeRequest.get("").with(caller)).body();
    assertThat(body.read()).isEqualTo('{');
    fixture.tokens.update(2, TokenUpdate.none().noScopes());
    assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
  }
}
