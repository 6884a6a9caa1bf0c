package io.counterfoil.springboot;

import io.counterfoil.TokenStore;
import io.counterfoil.cache.CachedTokenStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Adds the version, the kind of store and whether there is a cache to the endpoint {@code info}. */
final class CounterfoilInfo implements InfoContributor {
  private final Map<String, Object> details = new LinkedHashMap<>();

  CounterfoilInfo(List<TokenStore> stores, List<CachedTokenStore> caches) {
    // Classes that are not in a jar have no version.
    details.put(
        "version",
        Objects.requireNonNullElse(
            CounterfoilInfo.class.getPackage().getImplementationVersion(), "unknown"));
    details.put(
        "stores",
        stores.stream()
            .filter(store -> !(store instanceof CachedTokenStore))
            .map(store -> store.getClass().getSimpleName())
            .toList());
    details.put("cache", !caches.isEmpty());
  }

  @Override
  public void contribute(Info.Builder builder) {
    builder.withDetail("counterfoil", details);
  }
}
