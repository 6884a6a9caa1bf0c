package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.servlet.ApiServlet;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;

/** The servlets of the management API and the page. */
class ManagementTest {
  private final WebApplicationContextRunner application = Contexts.servletApplication()
      .withPropertyValues(
          "counterfoil.management.path=/api/tokens", "counterfoil.page.path=/tokens");

  @Test
  void the_api_its_document_and_the_page_are_mounted_below_their_paths() {
    application
        .withBean(ManagementPolicy.class, ManagementPolicy::anyToken)
        .run(context -> assertThat(mappings(context))
            .containsExactly(
                Map.entry("counterfoilManagement", "[/api/tokens/*]"),
                Map.entry("counterfoilManagementDescription", "[/api/tokens/openapi.json]"),
                Map.entry("counterfoilPage", "[/tokens/*]")));
  }

  @Test
  void without_paths_there_are_no_servlets() {
    Contexts.servletApplication().run(context -> {
      assertThat(context).doesNotHaveBean(TokenApi.class);
      assertThat(mappings(context)).isEmpty();
    });
  }

  @SuppressWarnings("rawtypes")
  private static Map<String, String> mappings(ApplicationContext context) {
    Map<String, String> mappings = new TreeMap<>();
    for (ServletRegistrationBean each :
        context.getBeansOfType(ServletRegistrationBean.class).values()) {
      if (each.getServlet() instanceof ApiServlet) {
        mappings.put(each.getServletName(), each.getUrlMappings().toString());
      }
    }
    return mappings;
  }
}
