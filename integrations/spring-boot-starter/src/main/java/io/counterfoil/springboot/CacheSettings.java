package io.counterfoil.springboot;

import io.counterfoil.TokenStore;
import io.counterfoil.cache.CachedTokenStore;
import java.time.Duration;
import java.util.Objects;

/** Creates the cache that the properties describe. */
final class CacheSettings {
  private static final String ROOT = "counterfoil.cache.";

  private CacheSettings() {}

  static CachedTokenStore cache(TokenStore store, CounterfoilProperties.Cache setting) {
    Duration lag = Objects.requireNonNull(setting.maxRevocationLag(), "maxRevocationLag");
    if (setting.maxEntries() == null) {
      return InvalidSettingException.check(
          ROOT + "max-revocation-lag", () -> CachedTokenStore.around(store, lag));
    }
    int entries = setting.maxEntries();
    String property = ROOT + (entries < 1 ? "max-entries" : "max-revocation-lag");
    return InvalidSettingException.check(
        property, () -> CachedTokenStore.around(store, lag, entries));
  }
}
