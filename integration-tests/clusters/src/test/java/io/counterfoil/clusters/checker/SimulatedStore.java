package io.counterfoil.clusters.checker;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A token store in which each call takes effect at one moment, with caches and a planted fault if wanted.
 *
 * <p>Times are nanoseconds, and never go back from call to call.
 */
final class SimulatedStore {
  private static final long LATE = Duration.ofMillis(30).toNanos();
  private static final Result REFUSED = Result.refused(new IllegalStateException());

  private final Random random;
  private final Optional<Defect> defect;
  private final Map<String, SimulatedCache> caches = new HashMap<>();

  /** The ids of all tokens, those of deleted tokens too. */
  private final Map<String, Long> ids = new HashMap<>();

  private final TreeMap<Long, State> states = new TreeMap<>();
  private State state = new State(Map.of(), Set.of(), 1);
  private long nextLoss = 3 * LATE;

  /** A token. The plaintext before is valid until a time. */
  record Token(
      Row row, String label, String plaintext, String before, long beforeUntil, long rotatedAt) {

    Token with(boolean enabled, String description, String scopes) {
      Row changed = new Row(row.id(), row.name(), enabled, description, scopes);
      return new Token(changed, label, plaintext, before, beforeUntil, rotatedAt);
    }

    Token enabled(boolean enabled) {
      return with(enabled, row.description(), row.scopes());
    }

    boolean matches(String presented, long now) {
      return plaintext.equals(presented) || (before.equals(presented) && now < beforeUntil);
    }
  }

  /** An immutable state. */
  private record State(Map<Long, Token> tokens, Set<String> keys, long nextId) {

    State with(Token token) {
      Map<Long, Token> changed = new HashMap<>(tokens);
      changed.put(token.row().id(), token);
      return new State(changed, keys, Math.max(nextId, token.row().id() + 1));
    }

    State without(long id) {
      Map<Long, Token> changed = new HashMap<>(tokens);
      changed.remove(id);
      return new State(changed, keys, nextId);
    }

    State withKey(String key) {
      Set<String> changed = new HashSet<>(keys);
      changed.add(key);
      return new State(tokens, changed, nextId);
    }
  }

  SimulatedStore(Random random, Optional<Defect> defect, Map<String, Duration> bounds) {
    this.random = random;
    this.defect = defect;
    bounds.forEach((application, bound) -> {
      long factor = has(Defect.CACHES_TOO_LONG) ? 3 : 1;
      caches.put(application, new SimulatedCache(factor * bound.toNanos()));
    });
  }

  /**
   * Makes the effect of a call, and returns its result.
   *
   * @param begun when the call began
   * @param isFailing whether the caller will not learn the result
   */
  Result apply(String application, Operation operation, long begun, long now, boolean isFailing) {
    loseLastChanges(now);
    Result result = switch (operation.kind()) {
      case CREATE -> create(operation, now);
      case CREATE_ONCE -> createOnce(operation, now, isFailing);
      case AUTHENTICATE -> authenticate(application, operation, now);
      case READ ->
        found(view(application, now), operation)
            .map(token -> Result.done(token.row()))
            .orElse(Result.NONE);
      case LIST -> throw new IllegalArgumentException("list");
      default -> change(operation, begun, now);
    };
    states.put(now, state);
    if (operation.kind().isChange()
        && caches.containsKey(application)
        && !has(Defect.CACHES_OVER_OWN_CHANGE)) {
      caches.get(application).remove(operation.token());
    }
    return result;
  }

  /** Returns the tokens whose ids are in a range. */
  List<Row> list(String application, long now, long from, long to) {
    return view(application, now).tokens().values().stream()
        .map(Token::row)
        .filter(row -> row.id() >= from && row.id() < to)
        .toList();
  }

  private boolean has(Defect planted) {
    return defect.filter(planted::equals).isPresent();
  }

  private boolean happens(Defect planted) {
    return has(planted) && random.nextInt(3) == 0;
  }

  private void loseLastChanges(long now) {
    if (has(Defect.LOSES_LAST_CHANGES) && now > nextLoss) {
      nextLoss = now + 3 * LATE;
      state = past(now - LATE);
    }
  }

  private State past(long time) {
    Map.Entry<Long, State> entry = states.floorEntry(time);
    return entry == null ? new State(Map.of(), Set.of(), 1) : entry.getValue();
  }

  private State view(String application, long now) {
    return has(Defect.READS_FROM_OLD_PRIMARY) && application.equals("app-1")
        ? past(Math.min(now, 3 * LATE))
        : state;
  }

  private Optional<Token> found(State from, Operation operation) {
    return Optional.ofNullable(ids.get(operation.token())).map(from.tokens()::get);
  }

  private Result create(Operation operation, long now) {
    boolean isTaken = state.tokens().values().stream()
        .anyMatch(token -> token.row().name().equals(operation.name()));
    if (isTaken && !has(Defect.ALLOWS_DUPLICATE_NAME)) {
      return REFUSED;
    }
    long id = happens(Defect.USES_ID_AGAIN) ? Math.max(1, state.nextId() - 1) : state.nextId();
    String version = operation.version();
    Row row = new Row(id, operation.name(), true, version, version);
    ids.put(operation.token(), id);
    state = state.with(new Token(row, operation.token(), operation.plaintext(), "", 0, now));
    return Result.done(row);
  }

  private Result createOnce(Operation operation, long now, boolean isFailing) {
    if (state.keys().contains(operation.key()) && !has(Defect.FORGETS_KEY)) {
      return Result.NONE;
    }
    if (isFailing && has(Defect.KEY_WITHOUT_TOKEN)) {
      state = state.withKey(operation.key());
      return Result.NONE;
    }
    Result created = create(operation, now);
    if (created.outcome().isDone()) {
      state = state.withKey(operation.key());
    }
    return created;
  }

  private Result authenticate(String application, Operation operation, long now) {
    if (happens(Defect.REFUSES_GOOD_TOKEN)) {
      return Result.rejected("UNKNOWN");
    }
    String presented = operation.plaintext();
    SimulatedCache cache = caches.get(application);
    State view = happens(Defect.ACCEPTS_LATE) ? past(now - LATE) : view(application, now);
    Optional<Token> found = cache == null ? Optional.empty() : cache.find(presented, now);
    if (found.isEmpty()) {
      found = view.tokens().values().stream()
          .filter(token -> token.plaintext().equals(presented) || token.before().equals(presented))
          .findFirst();
      if (cache != null && found.isPresent() && found.get().row().enabled()) {
        cache.put(presented, found.get(), now);
      }
    }
    if (found.filter(token -> token.matches(presented, now)).isEmpty()) {
      return Result.rejected("UNKNOWN");
    }
    Row row = found.get().row();
    return row.enabled() ? Result.accepted(row) : Result.rejected("DISABLED");
  }

  private Result change(Operation operation, long begun, long now) {
    Optional<Token> found = found(state, operation);
    if (found.isEmpty()) {
      return changeMissing(operation, begun);
    }
    Token token = found.get();
    return switch (operation.kind()) {
      case DISABLE -> keep(token.enabled(false), happens(Defect.FORGETS_DISABLE));
      case ENABLE -> keep(token.enabled(true), happens(Defect.FORGETS_ENABLE));
      case UPDATE -> update(token, operation, begun);
      case ROTATE -> rotate(token, operation, begun, now);
      default -> {
        state =
            happens(Defect.FORGETS_DELETE) ? state : state.without(token.row().id());
        yield Result.DONE;
      }
    };
  }

  private Result changeMissing(Operation operation, long begun) {
    Optional<Token> before = found(past(begun), operation);
    if (before.isPresent() && operation.kind() == Kind.DELETE && has(Defect.DELETES_TWICE)) {
      return Result.DONE;
    }
    if (before.isPresent()
        && operation.kind() == Kind.UPDATE
        && has(Defect.REVIVES_DELETED_TOKEN)) {
      return update(before.get(), operation, begun);
    }
    return Result.NONE;
  }

  private Result keep(Token token, boolean isForgotten) {
    state = isForgotten ? state : state.with(token);
    return Result.done(token.row());
  }

  private Result update(Token token, Operation operation, long begun) {
    String version = operation.version();
    boolean isEnabled = has(Defect.UNDOES_DISABLE)
        ? found(past(begun), operation).orElse(token).row().enabled()
        : token.row().enabled();
    String scopes = happens(Defect.HALF_UPDATE) ? token.row().scopes() : version;
    Result result = keep(token.with(isEnabled, version, scopes), happens(Defect.FORGETS_UPDATE));
    return has(Defect.HALF_UPDATE) ? Result.DONE : result;
  }

  private Result rotate(Token token, Operation operation, long begun, long now) {
    boolean isConcurrent = token.rotatedAt() > begun;
    boolean keepsBoth =
        has(Defect.KEEPS_OLD_PLAINTEXT) || (isConcurrent && has(Defect.KEEPS_BOTH_PLAINTEXTS));
    if (isConcurrent && !keepsBoth && random.nextBoolean()) {
      return REFUSED;
    }
    long overlap = operation.overlap().toNanos();
    long until = now + (has(Defect.ENDS_OVERLAP_EARLY) ? overlap / 8 : overlap);
    Token rotated = new Token(
        token.row(),
        token.label(),
        operation.plaintext(),
        token.plaintext(),
        keepsBoth ? Call.NEVER : until,
        now);
    return keep(rotated, happens(Defect.FORGETS_ROTATION));
  }
}
