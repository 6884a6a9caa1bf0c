package io.counterfoil.springboot;

import io.counterfoil.http.BearerAuthenticator;

/** Applies the properties to the builder of a bearer check. */
final class BearerSettings {
  private BearerSettings() {}

  static void apply(CounterfoilProperties properties, BearerAuthenticator.Builder builder) {
    InvalidSettingException.check("counterfoil.realm", () -> builder.realm(properties.realm()));
    if (!properties.trustedProxies().isEmpty()) {
      String[] proxies = properties.trustedProxies().toArray(String[]::new);
      InvalidSettingException.check(
          "counterfoil.trusted-proxies",
          () -> builder.trustedProxies(properties.trustedProxiesHeader(), proxies));
    }
    if (properties.explainRejections()) {
      builder.explainRejections();
    }
    CounterfoilProperties.Throttle throttle = properties.throttle();
    if (throttle.rejections() != null) {
      int rejections = throttle.rejections();
      String property = "counterfoil.throttle." + (rejections < 1 ? "rejections" : "window");
      InvalidSettingException.check(
          property, () -> builder.throttle(rejections, throttle.window()));
    }
    String scope = properties.filter().scope();
    if (scope != null) {
      InvalidSettingException.check("counterfoil.filter.scope", () -> builder.scope(scope));
    }
  }
}
