package io.counterfoil.springboot;

import io.counterfoil.TokenStore;
import io.counterfoil.cache.CachedTokenStore;
import java.time.Duration;
import java.util.Objects;

/** Creates the cache that the properties describe. */
final class CacheSettings {
  private CacheSettings() {}

  static CachedTokenStore cache(TokenStore store, CounterfoilProperties.Cache setting) {
    Duration lag = Objects.requireNonNull(setting.maxRevocationLag(), "maxRevocationLag");
    if (setting.maxEntries() == null) {
      return InvalidSettingException.check(
          "counterfoil.cache.max-revocation-lag", () -> CachedTokenStore.around(store, lag));
    }
    int entries = setting.maxEntries();
    return InvalidSettingException.check(
        "counterfoil.cache", () -> CachedTokenStore.around(store, lag, entries));
  }
}
