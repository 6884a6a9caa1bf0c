package io.counterfoil.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tasks of the example that run every hour. */
@Timeout(30)
class HourlyTasksTest {
  private final TokenStore store = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();

  private void create(String name, int expiresInDays) {
    Clock before = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1000));
    TokenManager earlier = TokenManager.builder(store).clock(before).build();
    earlier.create(
        NewToken.named(name).owner("ann").expiresIn(Duration.ofDays(1000 + expiresInDays)));
  }

  private void send(String user, String text) {
    messages.add("To " + user + ": " + text);
  }

  @Test
  void a_user_is_warned_once_about_a_token_that_expires_within_a_week() throws Exception {
    create("later", 8);
    create("soon", 6);
    try (HourlyTasks tasks = new HourlyTasks(tokens, this::send, failures::add)) {
      tasks.start();
      assertThat(messages.take()).startsWith("To ann: Your token soon expires at ");
    }
    create("next", 6);
    try (HourlyTasks tasks = new HourlyTasks(tokens, this::send, failures::add)) {
      tasks.start();
      assertThat(messages.take()).startsWith("To ann: Your token next expires at ");
    }
    assertThat(messages).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void tokens_that_expired_90_days_ago_are_deleted() throws Exception {
    create("old", -91);
    create("expired", -89);
    create("soon", 6);
    try (HourlyTasks tasks = new HourlyTasks(tokens, this::send, failures::add)) {
      tasks.start();
      assertThat(messages.take()).isNotEmpty(); // the end waits for the rest
    }
    assertThat(tokens.list()).extracting(Token::name).containsExactly("expired", "soon");
  }

  @Test
  void a_message_that_cannot_be_sent_is_reported_and_sent_by_a_later_run() throws Exception {
    create("soon", 6);
    try (HourlyTasks tasks = new HourlyTasks(tokens, HourlyTasksTest::fail, failures::add)) {
      tasks.start();
      assertThat(failures.take()).hasMessage("no mail");
    }
    try (HourlyTasks tasks = new HourlyTasks(tokens, this::send, failures::add)) {
      tasks.start();
      assertThat(messages.take()).contains("soon");
    }
  }

  private static void fail(String user, String text) {
    throw new IllegalStateException("no mail");
  }
}
