package io.counterfoil.springboot;

import java.util.List;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.HttpBasicConfigurer;
import org.springframework.security.config.annotation.web.configurers.JeeConfigurer;
import org.springframework.security.config.annotation.web.configurers.RememberMeConfigurer;
import org.springframework.security.config.annotation.web.configurers.WebAuthnConfigurer;
import org.springframework.security.config.annotation.web.configurers.X509Configurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.ott.OneTimeTokenLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.saml2.Saml2LoginConfigurer;

/** The logins of Spring Security whose credentials a browser sends by itself. */
final class OtherLogins {
  private static final List<Class<?>> CONFIGURERS = List.of(
      FormLoginConfigurer.class,
      HttpBasicConfigurer.class,
      JeeConfigurer.class,
      OAuth2LoginConfigurer.class,
      OneTimeTokenLoginConfigurer.class,
      RememberMeConfigurer.class,
      Saml2LoginConfigurer.class,
      WebAuthnConfigurer.class,
      X509Configurer.class);

  private OtherLogins() {}

  @SuppressWarnings({"rawtypes", "unchecked"
  }) // the type parameters of the configurers do not matter here
  static boolean areIn(HttpSecurity http) {
    return CONFIGURERS.stream().anyMatch(type -> http.getConfigurer((Class) type) != null);
  }
}
