package io.counterfoil.springboot;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Finds the CORS rules of the application. Spring MVC applies those of {@code @CrossOrigin} behind the filter, which has then refused
 * the preflight already. Its bean also tells the rules for a request without running a controller.
 */
final class CorsRules {
  static final String PROPERTY = "counterfoil.filter.cors";

  /** The bean of Spring MVC, which is one of this type beside that of the application. */
  private static final String OF_SPRING_MVC = "mvcHandlerMappingIntrospector";

  private CorsRules() {}

  static CorsConfigurationSource of(ListableBeanFactory beans) {
    List<String> names =
        new ArrayList<>(List.of(beans.getBeanNamesForType(CorsConfigurationSource.class)));
    if (names.size() > 1) {
      names.remove(OF_SPRING_MVC);
    }
    if (names.size() != 1) {
      throw new InvalidSettingException(
          PROPERTY,
          "true needs the CORS rules of the application, and there are " + names.size()
              + " beans with"
              + " rules (expected: Spring MVC, or one bean of type CorsConfigurationSource)",
          "Define one bean of type CorsConfigurationSource, or remove the property.");
    }
    return beans.getBean(names.get(0), CorsConfigurationSource.class);
  }
}
