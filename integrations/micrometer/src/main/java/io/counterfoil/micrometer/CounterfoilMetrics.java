package io.counterfoil.micrometer;

import io.counterfoil.TokenEvent;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.cache.CachedTokenStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of tokens.
 *
 * <pre>{@code
 * CounterfoilMetrics metrics = new CounterfoilMetrics();
 * TokenManager tokens = TokenManager.builder(store).synchronousListener(metrics.listener()).build();
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <ul>
 *   <li>{@code counterfoil.authentications}: presented plaintexts. The tag {@code outcome} is
 *       <ul>
 *         <li>{@code accepted}. The {@code reason} is {@code none}, or {@code previous} for a plaintext that a rotation has
 *             replaced.
 *         <li>{@code rejected}. The {@code reason} is that of the {@linkplain Verdict.Reason verdict}, such as {@code malformed}
 *             or {@code address-not-allowed}. A rejection by {@link TokenManager#recheck} is counted, too.
 *         <li>{@code unavailable}. There was no verdict, because the store failed. The {@code reason} is {@code none}.
 *       </ul>
 *   <li>{@code counterfoil.changes}: changes of tokens. The tag {@code change} is the {@linkplain TokenEvent#name() name} of the
 *       event, such as {@code created}. A change of several tokens counts once.
 *   <li>{@code counterfoil.identifications}: calls of {@code identify}. The tag {@code outcome} is {@code found} or
 *       {@code none}. Many of the second kind may be guesses.
 *   <li>{@code counterfoil.uses.dropped}: uses of tokens that were not recorded, because the store was too slow.
 *   <li>With a cache, the meters that Micrometer has for every cache: {@code cache.gets}, {@code cache.puts}, {@code
 *       cache.evictions} and {@code cache.size}, with the tag {@code cache=counterfoil}. A hit is a lookup that did not query the
 *       store.
 * </ul>
 *
 * <p>The counts are exact. They include the events before the meters were bound. All values of all tags exist from the start, and
 * there are no others: no tag contains the name, owner or id of a token. The meters can be bound to several registries. If
 * several managers use one registry, pass the listener of one instance to all of them: a registry has only one meter of each
 * name and tags. Safe for use by many threads.
 */
public final class CounterfoilMetrics implements MeterBinder {
  private static final String NO_REASON = "none";

  private final LongAdder accepted = new LongAdder();
  private final LongAdder acceptedByPrevious = new LongAdder();
  private final Map<Verdict.Reason, LongAdder> rejected = new EnumMap<>(Verdict.Reason.class);
  private final LongAdder unavailable = new LongAdder();
  private final Map<String, LongAdder> changes = new TreeMap<>();
  private final LongAdder identified = new LongAdder();
  private final LongAdder notIdentified = new LongAdder();
  private final LongAdder droppedUses = new LongAdder();
  private final Optional<MeterBinder> cache;

  /** Creates meters without those of a cache. */
  public CounterfoilMetrics() {
    this(Optional.empty());
  }

  /**
   * Creates meters with those of a cache.
   *
   * @param cacheTags further tags of the meters of the cache. Prometheus needs them if the meters of other caches have further
   *     tags: all meters of one name must have the same keys
   */
  public CounterfoilMetrics(CachedTokenStore cache, Tag... cacheTags) {
    this(Optional.of(new CacheMetrics(cache, List.of(cacheTags))));
  }

  private CounterfoilMetrics(Optional<MeterBinder> cache) {
    this.cache = cache;
    for (Verdict.Reason reason : Verdict.Reason.values()) {
      rejected.put(reason, new LongAdder());
    }
    for (String change : List.of(
        "created",
        "updated",
        "enabled",
        "disabled",
        "rotated",
        "leaked",
        "deleted",
        "all-disabled",
        "owner-disabled",
        "owner-deleted",
        "expired-deleted")) {
      changes.put(change, new LongAdder());
    }
  }

  /**
   * Returns the listener that counts. Pass it to {@link TokenManager.Builder#synchronousListener}. Another listener may miss
   * events: {@link TokenManager.Builder#listener} drops events if there are too many.
   */
  public TokenListener listener() {
    return this::count;
  }

  private void count(TokenEvent event) {
    if (event instanceof TokenEvent.Accepted acceptance) {
      (acceptance.byPrevious() ? acceptedByPrevious : accepted).increment();
    } else if (event instanceof TokenEvent.Rejected rejection) {
      increment(rejected.get(rejection.verdict().reason()));
    } else if (event instanceof TokenEvent.StoreFailed failure) {
      if (failure.preventedVerdict()) {
        unavailable.increment();
      }
    } else if (event instanceof TokenEvent.Identified identification) {
      (identification.token().isPresent() ? identified : notIdentified).increment();
    } else if (event instanceof TokenEvent.UsesDropped dropped) {
      droppedUses.add(dropped.count());
    } else {
      increment(changes.get(event.name()));
    }
  }

  /** @param count {@code null} for an event that is not counted */
  private static void increment(@Nullable LongAdder count) {
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    authentications(registry, accepted, "accepted", NO_REASON);
    authentications(registry, acceptedByPrevious, "accepted", "previous");
    rejected.forEach(
        (reason, count) -> authentications(registry, count, "rejected", tagValue(reason)));
    authentications(registry, unavailable, "unavailable", NO_REASON);
    changes.forEach((change, count) -> counter(
        registry,
        "counterfoil.changes",
        count,
        Tags.of("change", change),
        "Changes of API tokens"));
    identifications(registry, identified, "found");
    identifications(registry, notIdentified, "none");
    counter(
        registry,
        "counterfoil.uses.dropped",
        droppedUses,
        Tags.empty(),
        "Uses of API tokens that were not recorded, because the store was too slow");
    cache.ifPresent(binder -> binder.bindTo(registry));
  }

  private static void authentications(
      MeterRegistry registry, LongAdder count, String outcome, String reason) {
    counter(
        registry,
        "counterfoil.authentications",
        count,
        Tags.of("outcome", outcome, "reason", reason),
        "Presented API tokens");
  }

  private static void identifications(MeterRegistry registry, LongAdder count, String outcome) {
    counter(
        registry,
        "counterfoil.identifications",
        count,
        Tags.of("outcome", outcome),
        "Questions which API token has a plaintext");
  }

  private static void counter(
      MeterRegistry registry, String name, LongAdder count, Tags tags, String description) {
    FunctionCounter.builder(name, count, LongAdder::sum)
        .tags(tags)
        .description(description)
        .register(registry);
  }

  private static String tagValue(Verdict.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
