package io.counterfoil.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.Actor;
import io.counterfoil.NewToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.TestClock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CounterfoilMetricsTest {
  private static final String AUTHENTICATIONS = "counterfoil.authentications ";

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CounterfoilMetrics metrics = new CounterfoilMetrics();
  private final List<TokenEvent> events = new CopyOnWriteArrayList<>();
  private final FailingStore store = new FailingStore(new InMemoryTokenStore());
  private final TestClock clock = new TestClock();
  private final TokenManager tokens = TokenManager.builder(store)
      .clock(clock)
      .maxIdle(AllEvents.MAX_IDLE)
      .activeOwners(owner -> !owner.equals(AllEvents.INACTIVE))
      .synchronousListener(metrics.listener())
      .synchronousListener(events::add)
      .build();

  @Test
  void every_value_of_every_tag_exists_before_the_first_event() {
    metrics.bindTo(registry);
    assertThat(counts(registry))
        .containsOnlyKeys(
            AUTHENTICATIONS + "accepted none",
            AUTHENTICATIONS + "accepted previous",
            AUTHENTICATIONS + "rejected malformed",
            AUTHENTICATIONS + "rejected unknown",
            AUTHENTICATIONS + "rejected leaked",
            AUTHENTICATIONS + "rejected disabled",
            AUTHENTICATIONS + "rejected expired",
            AUTHENTICATIONS + "rejected idle",
            AUTHENTICATIONS + "rejected address-not-allowed",
            AUTHENTICATIONS + "rejected owner-inactive",
            AUTHENTICATIONS + "unavailable none",
            "counterfoil.changes created",
            "counterfoil.changes updated",
            "counterfoil.changes enabled",
            "counterfoil.changes disabled",
            "counterfoil.changes rotated",
            "counterfoil.changes leaked",
            "counterfoil.changes deleted",
            "counterfoil.changes all-disabled",
            "counterfoil.changes owner-disabled",
            "counterfoil.changes owner-deleted",
            "counterfoil.changes expired-deleted",
            "counterfoil.identifications found",
            "counterfoil.identifications none",
            "counterfoil.uses.dropped");
    assertThat(counts(registry).values()).containsOnly(0L);
  }

  @Test
  void every_event_of_core_is_counted_exactly_once() {
    metrics.bindTo(registry);
    AllEvents.cause(tokens, store, clock);
    assertThat(events.stream().map(TokenEvent::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(eventClasses());
    Map<String, Long> expected = events.stream()
        .filter(event -> !key(event).isEmpty())
        .collect(Collectors.groupingBy(
            CounterfoilMetricsTest::key, Collectors.summingLong(CounterfoilMetricsTest::weight)));
    assertThat(counts(registry)).isEqualTo(expected); // none is zero
  }

  private static List<Class<? extends TokenEvent>> eventClasses() {
    return Arrays.stream(TokenEvent.class.getDeclaredClasses())
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .<Class<? extends TokenEvent>>map(type -> type.asSubclass(TokenEvent.class))
        .toList();
  }

  /** Returns the meter and the values of its tags that must count an event; empty if none may count it. */
  private static String key(TokenEvent event) {
    return switch (event.name()) {
      case "accepted" -> AUTHENTICATIONS + "accepted none";
      case "previous-accepted" -> AUTHENTICATIONS + "accepted previous";
      case "rejected" -> AUTHENTICATIONS + "rejected " + reason((TokenEvent.Rejected) event);
      case "store-failed" ->
        event.actor().equals(Actor.ANONYMOUS) ? AUTHENTICATIONS + "unavailable none" : "";
      case "identified" ->
        "counterfoil.identifications "
            + (((TokenEvent.Identified) event).token().isPresent() ? "found" : "none");
      case "uses-dropped" -> "counterfoil.uses.dropped";
      default -> "counterfoil.changes " + event.name();
    };
  }

  private static String reason(TokenEvent.Rejected event) {
    return switch (event.verdict().reason()) {
      case MALFORMED -> "malformed";
      case UNKNOWN -> "unknown";
      case LEAKED -> "leaked";
      case DISABLED -> "disabled";
      case EXPIRED -> "expired";
      case IDLE -> "idle";
      case ADDRESS_NOT_ALLOWED -> "address-not-allowed";
      case OWNER_INACTIVE -> "owner-inactive";
    };
  }

  private static long weight(TokenEvent event) {
    return event instanceof TokenEvent.UsesDropped dropped ? dropped.count() : 1;
  }

  @Test
  void a_failed_change_is_not_a_failed_authentication() {
    metrics.bindTo(registry);
    store.fail();
    assertThatThrownBy(() -> tokens.actingAs(Actor.ANONYMOUS, Optional.empty()).disableAll())
        .isInstanceOf(TokenStoreException.class);
    assertThat(counts(registry).values()).containsOnly(0L);
  }

  @Test
  void several_registries_have_the_same_counts_including_those_from_before() {
    MeterRegistry other = new SimpleMeterRegistry();
    metrics.bindTo(registry);
    tokens.authenticate("nonsense");
    metrics.bindTo(other);
    tokens.authenticate("nonsense");
    assertThat(counts(registry))
        .isEqualTo(counts(other))
        .containsEntry(AUTHENTICATIONS + "rejected malformed", 2L);
  }

  @Test
  void counts_of_many_threads_are_exact() throws Exception {
    metrics.bindTo(registry);
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(threads.submit(() -> {
        for (int j = 0; j < 1_000; j++) {
          tokens.authenticate(plaintext);
          tokens.authenticate("nonsense");
        }
      }));
    }
    for (Future<?> call : calls) {
      call.get();
    }
    threads.shutdown();
    assertThat(counts(registry))
        .containsEntry(AUTHENTICATIONS + "accepted none", 4_000L)
        .containsEntry(AUTHENTICATIONS + "rejected malformed", 4_000L);
  }

  @Test
  void no_event_adds_a_meter_or_a_tag() {
    metrics.bindTo(registry);
    List<Meter.Id> before = registry.getMeters().stream().map(Meter::getId).toList();
    String plaintext = tokens.create(NewToken.named("a name").owner("an owner")).reveal();
    tokens.authenticate(plaintext);
    tokens.disableOwnedBy("an owner");
    assertThat(registry.getMeters().stream().map(Meter::getId))
        .containsExactlyInAnyOrderElementsOf(before);
  }

  /** Returns the counts by the name of the meter and the values of its tags. */
  private static Map<String, Long> counts(MeterRegistry registry) {
    Map<String, Long> counts = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      String values = meter.getId().getTags().stream()
          .map(tag -> ' ' + tag.getValue())
          .collect(Collectors.joining());
      counts.put(meter.getId().getName() + values, (long) ((FunctionCounter) meter).count());
    }
    return counts;
  }
}
