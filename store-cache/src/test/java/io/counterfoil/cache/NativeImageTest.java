package io.counterfoil.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Caffeine chooses classes by the settings of a cache and loads them by name, so a native image needs their names. */
class NativeImageTest {
  private static final String METADATA =
      "/META-INF/native-image/io.counterfoil/counterfoil-store-cache/reflect-config.json";

  @Test
  void the_classes_that_caffeine_loads_for_the_cache_are_named() throws Exception {
    try (CachedTokenStore store =
        CachedTokenStore.around(new InMemoryTokenStore(), Duration.ofSeconds(1))) {
      Object cache = ((Cache<?, ?>) value(CachedTokenStore.class, "entries", store)).asMap();
      Object nodes = value(
          Class.forName("com.github.benmanes.caffeine.cache.BoundedLocalCache"),
          "nodeFactory",
          cache);
      assertThat(metadata())
          .contains(
              '"' + cache.getClass().getName() + '"', '"' + nodes.getClass().getName() + '"');
    }
  }

  private static Object value(Class<?> type, String name, Object of) throws Exception {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  private static String metadata() throws Exception {
    try (InputStream file = NativeImageTest.class.getResourceAsStream(METADATA)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
