package io.counterfoil.springboot;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.ClassUtils;

/** Looks for the filter chains of Spring Security, which an application may not have. */
final class SecurityChains {
  static final String TYPE = "org.springframework.security.web.SecurityFilterChain";

  private SecurityChains() {}

  /** Returns whether the application has Spring Security. */
  static boolean arePossible() {
    return ClassUtils.isPresent(TYPE, null);
  }

  /** Returns whether one of the chains uses {@link CounterfoilConfigurer}. Called only if there can be chains. */
  static boolean haveTokens(ListableBeanFactory beans) {
    return beans.getBeansOfType(SecurityFilterChain.class, false, false).values().stream()
        .flatMap(chain -> chain.getFilters().stream())
        .anyMatch(TokenAuthenticationFilter.class::isInstance);
  }
}
