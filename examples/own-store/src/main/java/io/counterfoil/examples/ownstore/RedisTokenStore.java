package io.counterfoil.examples.ownstore;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Previous;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps tokens in Redis. Every method is one script: nothing comes between its commands, and its writes are logged as one.
 *
 * <p>What is acknowledged is durable if the server runs with {@code appendonly yes}, {@code appendfsync always} and {@code
 * maxmemory-policy noeviction}. For one server: replicas lag behind, so a failover may bring back what was revoked.
 */
public final class RedisTokenStore implements TokenStore {
  /** What all scripts know. Scores are doubles: exact for ids, and for the milliseconds of 10,000 years. */
  private static final String KNOWN = """
      local call = redis.call
      local last = KEYS[1] .. ':last' -- the id that was given last
      local token = KEYS[1] .. ':token:' -- with the id: the fields of a row
      local ids = KEYS[1] .. ':ids' -- sorted
      local names = KEYS[1] .. ':names:' -- with the owner: names, sorted by id
      local hashes = KEYS[1] .. ':hashes' -- the ids of hashes, present and previous
      local expiries = KEYS[1] .. ':expiries' -- ids, sorted by the time of expiry
      local fields = {'id', 'owner', 'name', 'hash', 'previous', 'until', 'enabled', 'scopes',
        'addresses', 'created', 'expires', 'tracked', 'used'}
      local function row(id) return call('HMGET', token .. id, unpack(fields)) end
      local function page(set)
        local after, rows = '(' .. ARGV[1], {}
        local found = call('ZRANGEBYSCORE', set, after, '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
        for i = 2, #found, 2 do rows[i / 2] = row(found[i]) end
        return rows
      end
      local function owned(owner)
        local found, mine = call('ZRANGE', names .. owner, 0, -1, 'WITHSCORES'), {}
        for i = 2, #found, 2 do mine[i / 2] = found[i] end
        return mine
      end
      local function disable(chosen)
        local count = 0
        for _, id in ipairs(chosen) do
          if call('HGET', token .. id, 'enabled') == 'true' then count = count + 1 end
          call('HSET', token .. id, 'enabled', 'false')
        end
        return count
      end
      local function delete(id)
        local _, owner, name, hash, previous = unpack(row(id))
        if not owner then return 0 end
        call('ZREM', ids, id)
        call('ZREM', names .. owner, name)
        call('HDEL', hashes, hash, previous)
        call('ZREM', expiries, id)
        return call('DEL', token .. id)
      end
      """;

  private final JedisPooled redis;
  private final String prefix;

  /** Makes a store whose keys all begin with that prefix. */
  public RedisTokenStore(JedisPooled redis, String prefix) {
    this.redis = redis;
    this.prefix = prefix;
  }

  @Override
  public long insert(StoredToken token) {
    long id = (long) run("""
        local _, owner, name, hash, previous = unpack(ARGV)
        if call('ZSCORE', names .. owner, name) then return 0 end
        local taken = call('HMGET', hashes, hash, previous)
        if taken[1] or taken[2] then return -1 end
        local id = call('INCR', last)
        ARGV[1] = id
        for i, field in ipairs(fields) do call('HSET', token .. id, field, ARGV[i]) end
        call('ZADD', ids, id, id)
        call('ZADD', names .. owner, id, name)
        call('HSET', hashes, hash, id)
        if previous ~= '' then call('HSET', hashes, previous, id) end
        if ARGV[11] ~= '' then call('ZADD', expiries, ARGV[11], id) end
        return id
        """, fields(token));
    if (id == 0) {
      throw new DuplicateTokenNameException();
    } else if (id < 0) {
      throw new TokenStoreException("another token has that hash");
    }
    return id;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
    return rows("""
        local rows = {}
        for i, id in ipairs(call('HMGET', hashes, unpack(ARGV))) do rows[i] = row(id or '') end
        return rows
        """, candidates.stream().map(RedisTokenStore::text).toArray()).findFirst();
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return rows("return {row(ARGV[1])}", id).findFirst();
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return rows("return {row(call('ZSCORE', names .. ARGV[1], ARGV[2]) or '')}", owner, name)
        .findFirst();
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return rows("return page(ids)", afterId, checked(limit)).toList();
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return rows("return page(names .. ARGV[3])", afterId, checked(limit), owner).toList();
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return (long) run("""
        if call('EXISTS', token .. ARGV[1]) == 0 then return 0 end
        call('HSET', token .. ARGV[1], 'enabled', ARGV[2])
        return 1
        """, id, enabled) > 0;
  }

  @Override
  public int disableAll() {
    return (int) (long) run("return disable(call('ZRANGE', ids, 0, -1))");
  }

  @Override
  public int disableOwnedBy(String owner) {
    return (int) (long) run("return disable(owned(ARGV[1]))", owner);
  }

  @Override
  public boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant until) {
    return (long) run("""
        local id, expected, replacement, ends = unpack(ARGV)
        local _, _, _, hash, previous = unpack(row(id))
        if hash ~= expected then return 0 end
        call('HDEL', hashes, previous)
        call('HSET', hashes, replacement, id)
        call('HSET', token .. id, 'hash', replacement, 'previous', hash, 'until', ends)
        return 1
        """, id, text(expected), text(replacement), until.toEpochMilli()) > 0;
  }

  @Override
  public boolean rehash(long id, TokenHash expected, TokenHash replacement) {
    return (long) run("""
        local id, expected, replacement = unpack(ARGV)
        if call('HGET', token .. id, 'hash') ~= expected then return 0 end
        call('HDEL', hashes, expected)
        call('HSET', hashes, replacement, id)
        call('HSET', token .. id, 'hash', replacement)
        return 1
        """, id, text(expected), text(replacement)) > 0;
  }

  @Override
  public boolean endPrevious(long id, TokenHash previous, Instant until) {
    return (long) run("""
        local id, previous, ends = unpack(ARGV)
        local known, now = unpack(call('HMGET', token .. id, 'previous', 'until'))
        if known ~= previous or tonumber(now) <= tonumber(ends) then return 0 end
        call('HSET', token .. id, 'until', ends)
        return 1
        """, id, text(previous), until.toEpochMilli()) > 0;
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    run(
        """
        for i = 1, #ARGV, 2 do
          local used = call('HGET', token .. ARGV[i], 'used')
          if used and (used == '' or tonumber(used) < tonumber(ARGV[i + 1])) then
            call('HSET', token .. ARGV[i], 'used', ARGV[i + 1])
          end
        end
        return 0
        """,
        uses.entrySet().stream()
            .flatMap(use -> Stream.of(use.getKey(), use.getValue().toEpochMilli()))
            .toArray());
  }

  @Override
  public boolean delete(long id) {
    return (long) run("return delete(ARGV[1])", id) > 0;
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return (int) (long) run("""
        local ids = owned(ARGV[1])
        for _, id in ipairs(ids) do delete(id) end
        return #ids
        """, owner);
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    long ceiling = before.plusNanos(999_999).toEpochMilli();
    return (int) (long) run("""
        local expired =
            call('ZRANGEBYSCORE', expiries, '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
        for _, id in ipairs(expired) do delete(id) end
        return #expired
        """, ceiling, checked(limit));
  }

  private Stream<StoredToken> rows(String script, Object... args) {
    List<?> rows = (List<?>) run(script, args);
    return rows.stream()
        .map(row -> (List<?>) row)
        .filter(row -> row.get(0) != null)
        .map(RedisTokenStore::token);
  }

  private Object run(String script, Object... args) {
    try {
      List<String> texts = Stream.of(args).map(String::valueOf).toList();
      return redis.eval(KNOWN + script, List.of(prefix), texts);
    } catch (JedisException e) { // not as the cause: Redis quotes arguments in its errors
      throw new TokenStoreException("Redis failed: " + e.getClass().getSimpleName());
    }
  }

  /** In the order that the scripts know. What is absent is empty. */
  private static Object[] fields(StoredToken token) {
    return new Object[] {
      token.id(),
      token.owner(),
      token.name(),
      text(token.hash()),
      token.previous().map(previous -> text(previous.hash())).orElse(""),
      millis(token.previous().map(Previous::until)),
      token.enabled(),
      String.join(" ", token.scopes()),
      String.join(" ", token.allowedAddresses()),
      token.createdAt().toEpochMilli(),
      millis(token.expiresAt()),
      millis(token.trackedSince()),
      millis(token.lastUsedAt())
    };
  }

  private static StoredToken token(List<?> fields) {
    List<String> texts = fields.stream().map(String::valueOf).toList();
    return new StoredToken(
        Long.parseLong(texts.get(0)),
        texts.get(1),
        texts.get(2),
        hash(texts.get(3)),
        instant(texts.get(5)).map(until -> new Previous(hash(texts.get(4)), until)),
        Boolean.parseBoolean(texts.get(6)),
        words(texts.get(7)),
        words(texts.get(8)),
        instant(texts.get(9)).orElseThrow(),
        instant(texts.get(10)),
        instant(texts.get(11)),
        instant(texts.get(12)));
  }

  private static String text(TokenHash hash) {
    return HexFormat.of().formatHex(hash.bytes()) + hash.tag();
  }

  private static TokenHash hash(String text) {
    int digits = 2 * TokenHash.LENGTH;
    return TokenHash.of(text.substring(digits), HexFormat.of().parseHex(text, 0, digits));
  }

  private static String millis(Optional<Instant> at) {
    return at.map(Instant::toEpochMilli).map(String::valueOf).orElse("");
  }

  private static Optional<Instant> instant(String ms) {
    return ms.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(ms)));
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  private static int checked(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    return limit;
  }
}
