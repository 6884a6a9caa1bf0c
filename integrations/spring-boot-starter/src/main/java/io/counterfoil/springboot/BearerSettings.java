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
    if (properties.refuseCleartext()) {
      builder.refuseCleartext();
    }
    apply(properties.credentials(), builder);
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

  private static void apply(
      CounterfoilProperties.Credentials credentials, BearerAuthenticator.Builder builder) {
    for (String name : credentials.headers()) {
      InvalidSettingException.check("counterfoil.credentials.headers", () -> builder.header(name));
    }
    for (String name : credentials.schemes()) {
      InvalidSettingException.check("counterfoil.credentials.schemes", () -> builder.scheme(name));
    }
    String user = credentials.basicUser();
    if (credentials.basicPassword() && user != null) {
      InvalidSettingException.check(
          "counterfoil.credentials.basic-user", () -> builder.basicPassword(user));
    } else if (credentials.basicPassword()) {
      builder.basicPassword();
    } else if (user != null) {
      throw new InvalidSettingException(
          "counterfoil.credentials.basic-user",
          "there are no Basic credentials (expected: counterfoil.credentials.basic-password=true, too)",
          "Set both properties, or none.");
    }
  }
}
