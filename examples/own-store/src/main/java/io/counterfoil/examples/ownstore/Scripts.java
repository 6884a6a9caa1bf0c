package io.counterfoil.examples.ownstore;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenStoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/** Runs scripts in Redis, each as a whole. */
final class Scripts {
  private static final long HASH_IS_TAKEN = -1;

  /** What every script knows. A score is a double: exact for ids below 2^53, but instants are sorted as text. */
  private static final String NAMES = """
      local call, HASH_IS_TAKEN = redis.call, -1
      local last = KEYS[1] .. ':last' -- the id that was given last
      local token = KEYS[1] .. ':token:' -- with the id: the fields of a row
      local ids = KEYS[1] .. ':ids' -- sorted
      local names = KEYS[1] .. ':names:' -- with the owner: names, each with its id as the score
      local hashes = KEYS[1] .. ':hashes' -- the ids of hashes, present and previous
      local expiries = KEYS[1] .. ':expiries' -- each followed by its id, sorted as text
      """;

  private final JedisPooled redis;
  private final List<byte[]> prefix;

  Scripts(JedisPooled redis, String prefix) {
    this.redis = redis;
    this.prefix = List.of(Row.bytes(prefix));
  }

  /** Runs a script that changes something, and returns the number that it returns. */
  long change(String script, Object... args) {
    long answer = (Long) run(script, args);
    if (answer == HASH_IS_TAKEN) {
      throw new TokenStoreException("another token has that hash");
    }
    return answer;
  }

  /** Runs a script that returns rows. */
  List<StoredToken> rows(String script, Object... args) {
    List<?> rows = (List<?>) run(script, args);
    return rows.stream().map(row -> Row.token((List<?>) row)).toList();
  }

  /** Runs a script that sets {@code id}, and returns the row of that id. */
  Optional<StoredToken> row(String script, Object arg) {
    List<?> row = (List<?>) run(script + " return call('HGETALL', token .. id)", arg);
    return row.isEmpty() ? Optional.empty() : Optional.of(Row.token(row));
  }

  private Object run(String script, Object... args) {
    try {
      List<byte[]> values = Stream.of(args).map(Row::bytes).toList();
      return redis.eval(Row.bytes(NAMES + script), prefix, values);
    } catch (JedisException e) { // not the cause: Redis quotes arguments in its errors
      throw new TokenStoreException("Redis failed: " + e.getClass().getSimpleName());
    }
  }
}
