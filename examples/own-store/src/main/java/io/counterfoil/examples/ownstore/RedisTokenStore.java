package io.counterfoil.examples.ownstore;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.JedisPooled;

/**
 * Keeps tokens in Redis. Every method is one script: nothing comes between its commands, and its writes are logged as one.
 *
 * <p>What is acknowledged is durable if the server runs with {@code appendonly yes}, {@code appendfsync always} and {@code
 * maxmemory-policy noeviction}. It is for one server: replicas lag behind, so a failover may bring back what was revoked, and
 * a cluster wants to be told all keys of a script in advance.
 */
public final class RedisTokenStore implements TokenStore {
  private static final String LIST = """
      local set, rows = ARGV[3] and names .. ARGV[3] or ids, {}
      local page = call(
          'ZRANGEBYSCORE', set, '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
      for i = 2, #page, 2 do rows[i / 2] = call('HGETALL', token .. page[i]) end
      return rows
      """;

  private static final String DELETE = """
      local function delete(id)
        local row = call('HMGET', token .. id, 'owner', 'name', 'hash', 'previousHash', 'expires')
        local owner, name, hash, previousHash, expires = unpack(row)
        if not owner then return 0 end
        call('ZREM', ids, id)
        call('ZREM', names .. owner, name)
        call('HDEL', hashes, hash, previousHash)
        call('ZREM', expiries, expires .. id)
        return call('DEL', token .. id)
      end
      """;

  private final Scripts redis;

  /** Makes a store whose keys all begin with that prefix. */
  public RedisTokenStore(JedisPooled redis, String prefix) {
    this.redis = new Scripts(redis, prefix);
  }

  @Override
  public long insert(StoredToken token) {
    long id = redis.change("""
        local row = {}
        for i = 1, #ARGV, 2 do row[ARGV[i]] = ARGV[i + 1] end
        if call('ZSCORE', names .. row.owner, row.name) then return 0 end
        local taken = call('HMGET', hashes, row.hash, row.previousHash)
        if taken[1] or taken[2] then return HASH_IS_TAKEN end
        local id = string.format('%.0f', call('INCR', last))
        call('HSET', token .. id, 'id', id, unpack(ARGV))
        call('ZADD', ids, id, id)
        call('ZADD', names .. row.owner, id, row.name)
        call('HSET', hashes, row.hash, id)
        if row.previousHash ~= '' then call('HSET', hashes, row.previousHash, id) end
        if row.expires ~= '' then call('ZADD', expiries, 0, row.expires .. id) end
        return tonumber(id)
        """, Row.fields(token));
    if (id == 0) {
      throw new DuplicateTokenNameException();
    }
    return id;
  }

  @Override
  public Optional<StoredToken> findByHash(TokenHash hash) {
    return redis.row("local id = call('HGET', hashes, ARGV[1]) or ''", hash.bytes());
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return redis.row("local id = ARGV[1]", id);
  }

  @Override
  public List<StoredToken> list(long afterId, int limit) {
    return redis.rows(LIST, afterId, checked(limit));
  }

  @Override
  public List<StoredToken> listOwnedBy(String owner, long afterId, int limit) {
    return redis.rows(LIST, afterId, checked(limit), owner);
  }

  @Override
  public boolean setEnabled(long id, boolean enabled) {
    return redis.change("""
        if call('EXISTS', token .. ARGV[1]) == 0 then return 0 end
        call('HSET', token .. ARGV[1], 'enabled', ARGV[2])
        return 1
        """, id, enabled) > 0;
  }

  @Override
  public boolean rotate(long id, TokenHash old, TokenHash now, Instant until) {
    return redis.change("""
        local row = token .. ARGV[1]
        local tag, hash, previousHash = unpack(call('HMGET', row, 'tag', 'hash', 'previousHash'))
        if tag ~= ARGV[2] or hash ~= ARGV[3] then return 0 end
        if call('HEXISTS', hashes, ARGV[5]) == 1 then return HASH_IS_TAKEN end
        call('HDEL', hashes, previousHash)
        call('HSET', hashes, ARGV[5], ARGV[1])
        call('HSET', row, 'tag', ARGV[4], 'hash', ARGV[5])
        call('HSET', row, 'previousTag', tag, 'previousHash', hash, 'previousUntil', ARGV[6])
        return 1
        """, id, old.tag(), old.bytes(), now.tag(), now.bytes(), until) > 0;
  }

  @Override
  public void recordUses(Map<Long, Instant> uses) {
    redis.change("""
        for i = 1, #ARGV, 2 do
          local known = call('HGET', token .. ARGV[i], 'lastUsed')
          if known and known < ARGV[i + 1] then
            call('HSET', token .. ARGV[i], 'lastUsed', ARGV[i + 1])
          end
        end
        return 0
        """, Row.flat(uses));
  }

  @Override
  public boolean delete(long id) {
    return redis.change(DELETE + "return delete(ARGV[1])", id) > 0;
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return (int) redis.change(DELETE + """
        local expired = call(
            'ZRANGEBYLEX', expiries, '-', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
        for _, entry in ipairs(expired) do delete(string.sub(entry, #ARGV[1] + 1)) end
        return #expired
        """, before, checked(limit));
  }

  private static int checked(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
    return limit;
  }
}
