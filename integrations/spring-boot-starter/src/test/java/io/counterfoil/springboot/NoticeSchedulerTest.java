package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.springboot.CounterfoilProperties.Notices;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The notices about tokens that will expire. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NoticeSchedulerTest {
  private final TokenStore store = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(store).build();
  private final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();

  private record Notice(String token, Thread thread) {}

  private WebApplicationContextRunner application() {
    return Contexts.servletApplication().withBean(TokenStore.class, () -> store);
  }

  private WebApplicationContextRunner withNotifier() {
    return application()
        .withBean(
            ExpiryNotifier.class,
            () -> token -> notices.add(new Notice(token.name(), Thread.currentThread())));
  }

  private void create(String name, int days) {
    tokens.create(NewToken.named(name).expiresIn(Duration.ofDays(days)));
  }

  @Test
  void one_notice_is_given_about_each_token_that_expires_within_a_week() {
    create("soon", 6);
    create("later", 8);
    withNotifier().run(context -> assertThat(notices.take().token()).isEqualTo("soon"));
    create("next", 6);
    withNotifier().run(context -> assertThat(notices.take().token()).isEqualTo("next"));
    withNotifier()
        .withPropertyValues("counterfoil.notices.within=30d")
        .run(context -> assertThat(notices.take().token()).isEqualTo("later"));
    assertThat(notices).isEmpty();
  }

  @Test
  void notices_are_given_even_if_beans_are_lazy() {
    create("soon", 6);
    withNotifier()
        .withInitializer(Contexts::initializeLazily)
        .run(context -> assertThat(notices.take().token()).isEqualTo("soon"));
  }

  @Test
  void the_thread_has_the_class_loader_of_the_application_and_ends_with_it() throws Exception {
    create("soon", 6);
    Thread[] thread = new Thread[1];
    withNotifier().run(context -> {
      thread[0] = notices.take().thread();
      assertThat(thread[0].getContextClassLoader())
          .isSameAs(Thread.currentThread().getContextClassLoader());
    });
    assertThat(thread[0].isDaemon()).isTrue();
    thread[0].join();
  }

  @Test
  void without_a_receiver_there_is_no_thread_and_no_notice() {
    application()
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(NoticeScheduler.class));
  }

  @Test
  void a_time_that_is_not_more_than_the_interval_is_refused() {
    Contexts.assertFails(
        withNotifier().withPropertyValues("counterfoil.notices.within=1h"),
        "counterfoil.notices.within: 1h (expected: more than counterfoil.notices.interval, which"
            + " is 1h)");
  }

  @Test
  void a_notice_that_fails_is_logged_and_repeated_at_the_next_interval(CapturedOutput output)
      throws Exception {
    create("soon", 6);
    var often = new Notices(Duration.ofDays(7), Duration.ofMillis(1));
    CountDownLatch calls = new CountDownLatch(3);
    NoticeScheduler failing = new NoticeScheduler(tokens, often, token -> {
      calls.countDown();
      if (calls.getCount() == 2) {
        throw new AssertionError("no mail");
      } else if (calls.getCount() == 1) {
        throw new IllegalStateException("no mail again");
      }
    });
    failing.start();
    calls.await();
    failing.stop();
    assertThat(failing.isRunning()).isFalse();
    assertThat(output)
        .contains(
            "Not every notice about an expiring token was given",
            "AssertionError: no mail",
            "no mail again");
    assertThat(tokens.notifyExpiring(Duration.ofDays(7), token -> {})).isZero();
  }

  @Test
  void the_end_of_the_application_waits_for_a_notice_that_is_being_given() throws Exception {
    create("soon", 6);
    CountDownLatch isCalled = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    NoticeScheduler slow =
        new NoticeScheduler(tokens, new Notices(Duration.ofDays(7), Duration.ofHours(1)), token -> {
          isCalled.countDown();
          awaitUninterrupted(mayEnd);
        });
    slow.start();
    isCalled.await();
    Thread end = new Thread(slow::stop);
    end.start();
    while (end.isAlive() && end.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    boolean isWaiting = end.isAlive();
    mayEnd.countDown();
    end.join();
    assertThat(isWaiting).isTrue();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("a database in this process would break", e);
    }
  }
}
