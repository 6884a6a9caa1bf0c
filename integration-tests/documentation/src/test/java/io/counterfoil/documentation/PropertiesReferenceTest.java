package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import io.counterfoil.documentation.SpringMetadata.Property;
import io.counterfoil.documentation.Table.Row;
import io.counterfoil.http.BearerAuthenticator;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/reference.md lists every property of the starter and every setting of the builders. */
class PropertiesReferenceTest {
  private final Page reference = Page.of("docs/reference.md");
  private final Table properties = reference.table("Properties");

  private final Problems problems = new Problems();

  @Test
  void every_property_is_listed_once_and_no_other_one() {
    problems.compareNames(
        properties, SpringMetadata.properties().stream().map(Property::name).toList());
    problems.assertNone();
  }

  /** The descriptions in the code are what editors of application.properties show. The table may add a link. */
  @Test
  void every_row_has_the_type_the_default_and_the_description_in_the_code() {
    for (Property property : SpringMetadata.properties()) {
      Row row = properties.row(property.name());
      problems.compare(row, row.text(1), property.values());
      problems.compare(row, row.text(2), property.defaultValue());
      problems.compare(row, row.text(3).replaceFirst(" See [^.]*\\.$", ""), property.description());
    }
    problems.assertNone();
  }

  @Test
  void the_default_size_of_the_cache_is_that_of_the_code() {
    assertThat(properties.row("counterfoil.cache.max-entries").text(3)).contains("10,000");
    assertThat(ProjectFiles.text(
            "store-cache/src/main/java/io/counterfoil/cache/CachedTokenStore.java"))
        .contains("DEFAULT_ENTRIES = 10_000;");
  }

  @Test
  void every_setting_of_the_builders_is_listed() {
    assertSettings("TokenManager.Builder", TokenManager.Builder.class);
    assertSettings("BearerAuthenticator.Builder", BearerAuthenticator.Builder.class);
  }

  private void assertSettings(String heading, Class<?> builder) {
    List<String> settings = Arrays.stream(builder.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == builder && !method.isSynthetic())
        .map(PropertiesReferenceTest::signature)
        .toList();
    problems.compareNames(reference.table(heading), settings);
    problems.assertNone();
  }

  private static String signature(Method method) {
    String parameters = Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", "));
    return method.getName()
        + '('
        + (method.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters)
        + ')';
  }

  @Test
  void every_property_named_for_a_setting_exists() {
    for (String heading : List.of("TokenManager.Builder", "BearerAuthenticator.Builder")) {
      for (Row row : reference.table(heading).rows()) {
        for (String name : row.code(2)) {
          boolean isKnown = !name.startsWith("counterfoil.") || properties.has(name);
          problems.compare(row, isKnown ? name : name + " does not exist", name);
        }
      }
    }
    problems.assertNone();
  }

  /** The starter calls a method of a builder for each property, except for the known scopes, which may be a bean. */
  @Test
  void exactly_the_settings_that_the_starter_sets_have_a_property() {
    compareProperties("TokenManager.Builder", "ManagerSettings", "knownScopes");
    compareProperties("BearerAuthenticator.Builder", "BearerSettings", "");
    problems.assertNone();
  }

  private void compareProperties(String heading, String source, String elsewhere) {
    String code = ProjectFiles.text(
        "integrations/spring-boot-starter/src/main/java/io/counterfoil/springboot/" + source
            + ".java");
    for (Row row : reference.table(heading).rows()) {
      String method = row.text(0).replaceFirst("\\(.*", "");
      boolean isSet = code.contains("builder." + method + '(') || method.equals(elsewhere);
      String expected = isSet ? "a property" : "no property";
      boolean isNamed = row.text(2).startsWith("counterfoil.");
      problems.compare(row, isNamed ? "a property" : "no property", expected);
    }
  }
}
