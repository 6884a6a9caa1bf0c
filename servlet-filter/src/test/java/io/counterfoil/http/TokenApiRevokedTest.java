package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A token that is revoked after it was accepted, while its request is still running or on another node. */
class TokenApiRevokedTest {
  private static final Map<String, Supplier<FakeRequest>> CHANGES = Map.of(
      "update", () -> post("/update/3", "{\"description\":\"x\"}"),
      "delete several", () -> post("/delete", "{\"ids\":[3]}"),
      "delete expired", () -> post("/deleteExpired", "{}"),
      "create", () -> post("/create", "{\"name\":\"x\"}"),
      "enable", () -> post("/setEnabled/3", "{\"enabled\":true}"),
      "disable", () -> post("/setEnabled/3", "{\"enabled\":false}"),
      "rotate", () -> post("/rotate/3", "{\"overlapSeconds\":0}"),
      "delete", () -> post("/delete/3"),
      "rotate itself", () -> post("/self/rotate", "{\"overlapSeconds\":0}"),
      "delete itself", () -> post("/self/delete"));

  private final ApiFixture fixture = new ApiFixture();
  private final TokenApi api =
      TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
  private final String plaintext = fixture
      .tokens
      .create(NewToken.named("ci").expiresAt(fixture.clock.instant().plusSeconds(60)))
      .reveal();
  private final Verdict.Accepted accepted =
      (Verdict.Accepted) fixture.tokens.authenticate(plaintext);

  {
    fixture.tokens.create(
        NewToken.named("sibling").expiresAt(fixture.clock.instant().plusSeconds(60)));
  }

  private final Map<String, Runnable> revocations = Map.of(
      "disabled", () -> fixture.tokens.disable(2),
      "deleted", () -> fixture.tokens.delete(2),
      "rotated", () -> fixture.tokens.rotate(2, Duration.ZERO),
      "rotated with overlap", () -> fixture.tokens.rotate(2, Duration.ofSeconds(30)),
      "leaked", () -> fixture.tokens.reportLeak(plaintext),
      "expired", () -> fixture.clock.advance(Duration.ofSeconds(60)));

  static Stream<Arguments> changes() {
    return Stream.of("disabled", "deleted", "rotated", "rotated with overlap", "leaked", "expired")
        .flatMap(
            how -> CHANGES.keySet().stream().sorted().map(change -> Arguments.of(change, how)));
  }

  @ParameterizedTest // P4, P5
  @MethodSource("changes")
  void a_token_that_was_revoked_after_it_was_accepted_changes_nothing(String change, String how) {
    revocations.get(how).run();
    boolean isGone = how.equals("deleted") && change.endsWith("itself");
    fixture.assertRefused(api, CHANGES.get(change).get().with(accepted), isGone ? 404 : 403);
  }

  @Test // P4
  void a_body_that_arrives_slowly_does_not_prolong_the_life_of_its_token() {
    FakeRequest slow = post("/create")
        .field("Content-Type", "application/json")
        .body(new FirstRead("{\"name\":\"ghost\"}", () -> fixture.tokens.rotate(2, Duration.ZERO)));
    ApiResponse response = api.handle(slow.with(accepted));
    assertThat(response.status()).isEqualTo(403);
    assertThat(text(response)).contains("not valid any more; nothing was changed");
    assertThat(fixture.tokens.find("", "ghost")).isEmpty();
  }

  @Test // P10
  void the_rejection_is_an_event() {
    List<String> events = new ArrayList<>();
    TokenManager tokens = TokenManager.builder(fixture.store)
        .synchronousListener(event -> events.add(event.name() + ' ' + event.actor()))
        .build();
    fixture.tokens.disable(2);
    assertThat(tokens.recheck(accepted)).isInstanceOf(Verdict.Rejected.class);
    assertThat(events).containsExactly("rejected token:2");
  }

  @Test
  void a_token_that_is_still_valid_is_not_refused() {
    assertThat(api.handle(CHANGES.get("create").get().with(accepted)).status()).isEqualTo(200);
    assertThat(fixture.tokens.recheck(accepted)).isInstanceOf(Verdict.Accepted.class);
  }

  /** A body that runs something when it is first read. */
  private static final class FirstRead extends FilterInputStream {
    private Optional<Runnable> action;

    FirstRead(String text, Runnable action) {
      super(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      this.action = Optional.of(action);
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      action.ifPresent(Runnable::run);
      action = Optional.empty();
      return super.read(buffer, start, length);
    }
  }
}
