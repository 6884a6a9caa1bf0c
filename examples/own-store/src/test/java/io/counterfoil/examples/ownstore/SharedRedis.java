package io.counterfoil.examples.ownstore;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import redis.clients.jedis.JedisPooled;

/** One server for all tests of a contract. */
final class SharedRedis {
  private static final boolean SWITCHED_OFF = Boolean.getBoolean("redis.skip");

  private SharedRedis() {}

  static JedisPooled client() {
    assumeFalse(SWITCHED_OFF);
    return Running.REDIS;
  }

  /** A class of its own, for Java starts it once, under a lock, and remembers a failure. */
  private static final class Running {
    static final JedisPooled REDIS = start();

    private static JedisPooled start() {
      try {
        return RedisServer.start(Files.createTempDirectory(Path.of("target"), "redis"))
            .client();
      } catch (IOException e) {
        throw new UncheckedIOException("Redis did not start; -Dredis.skip=true does without", e);
      }
    }
  }

  /** Tells jqwik, to which a failed assumption is no reason to skip a property. */
  static final class Switch implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return SWITCHED_OFF ? SkipResult.skip("-Dredis.skip") : SkipResult.doNotSkip();
    }
  }
}
