package io.counterfoil.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * GraalVM puts only files and members into a native image that it knows to be used. These tests check that the jars tell it.
 * They do not build an image.
 */
class NativeImageTest {
  /** Spring and editors read these files while an application is built or tested. */
  private static final Pattern READ_BY_SPRING = Pattern.compile(
      "META-INF/(spring/.+\\.imports|spring\\.factories|(additional-)?spring-.+-metadata\\.json)");

  /** Each of them has an entry in the metadata of its module. */
  private static final Set<String> REFLECTION = Set.of(
      "io.counterfoil.servlet.UndertowConnection",
      "io.counterfoil.springboot.SecurityChains",
      "io.counterfoil.springboot.TokenTable");

  /** Reads resource classes of the application, which the metadata of the JAX-RS implementation has to name anyway. */
  private static final String RESOURCE_CLASSES = "io.counterfoil.jaxrs.Declarations";

  /** The metadata of their modules names the files. */
  private static final Set<String> READERS = Set.of(
      "io.counterfoil.http.PageFile",
      "io.counterfoil.jdbc.SchemaScript",
      "io.counterfoil.springboot.TokenTableMigration");

  static Stream<PublishedModule> modules() {
    return PublishedModule.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void each_file_of_a_jar_is_in_a_native_image(PublishedModule module) {
    List<Pattern> patterns = new NativeImageMetadata(module).resources();
    List<String> files = module.resources().stream()
        .filter(file -> !file.startsWith("META-INF/native-image/"))
        .filter(file -> !READ_BY_SPRING.matcher(file).matches())
        .toList();
    assertThat(files)
        .allSatisfy(file ->
            assertThat(patterns).anyMatch(pattern -> pattern.matcher(file).matches()));
    assertThat(patterns)
        .allSatisfy(
            pattern -> assertThat(files).anyMatch(file -> pattern.matcher(file).matches()));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void the_metadata_is_where_native_image_looks(PublishedModule module) {
    assertThat(new NativeImageMetadata(module).misplaced()).isEmpty();
  }

  @Test
  void the_page_and_the_schema_scripts_are_named() {
    assertThat(modules()
            .filter(module -> !new NativeImageMetadata(module).resources().isEmpty())
            .map(PublishedModule::artifact))
        .containsExactly("store-jdbc", "servlet-filter");
  }

  @Test
  void what_is_used_by_reflection_is_named_and_exists() {
    Map<String, Set<String>> named = new TreeMap<>();
    modules().forEach(module -> named.putAll(new NativeImageMetadata(module).reflection()));
    assertThat(named)
        .isEqualTo(Map.of(
            "com.github.benmanes.caffeine.cache.PSMS", Set.of(),
            "com.github.benmanes.caffeine.cache.SSMS", Set.of(),
            "io.undertow.server.HttpServerExchange", Set.of("getConnection"),
            "io.undertow.servlet.spec.HttpServletRequestImpl", Set.of("getExchange"),
            "org.flywaydb.core.Flyway", Set.of(),
            "org.springframework.security.web.SecurityFilterChain", Set.of()));
    named.forEach((type, methods) -> assertThat(publicMethods(type)).containsAll(methods));
  }

  private static Set<String> publicMethods(String type) {
    try {
      Set<String> names = new TreeSet<>();
      for (var method :
          Class.forName(type, false, NativeImageTest.class.getClassLoader()).getMethods()) {
        names.add(method.getName());
      }
      return names;
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void no_other_class_uses_reflection(PublishedModule module) {
    JavaClasses classes = module.classFiles();
    noClasses()
        .that(areNot(REFLECTION).and(areNot(Set.of(RESOURCE_CLASSES))))
        .should()
        .callMethodWhere(reflection())
        .because("a native image needs an entry for it in reflect-config.json")
        .check(classes);
    noClasses()
        .that(areNot(READERS))
        .should()
        .callMethodWhere(resources())
        .because("a native image needs an entry for each file in resource-config.json")
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
    return describe(
        "are not " + names, type -> !names.contains(type.getName().replaceFirst("\\$.*", "")));
  }

  private static DescribedPredicate<JavaCall<?>> reflection() {
    Pattern calls = Pattern.compile(String.join(
        "|",
        "java\\.lang\\.Class\\.(forName|newInstance|get(Declared)?(Constructor|Field|Method|Classe|RecordComponent)s?)",
        "java\\.lang\\.ClassLoader\\.loadClass",
        "java\\.lang\\.reflect\\.(Array|Constructor|Field|Method|Proxy|AccessibleObject)\\..+",
        "java\\.lang\\.invoke\\.MethodHandles(\\$Lookup)?\\..+",
        "java\\.util\\.ServiceLoader\\..+",
        "java\\.util\\.ResourceBundle\\.getBundle",
        "java\\.io\\.Object(In|Out)putStream\\..+",
        "org\\.springframework\\.util\\.(ClassUtils|ReflectionUtils)\\..+",
        "org\\.springframework\\.beans\\.BeanUtils\\..+"));
    return called("reflection", calls);
  }

  private static DescribedPredicate<JavaCall<?>> resources() {
    return called(
        "getResource",
        Pattern.compile("java\\.lang\\.(Class|ClassLoader|Module)\\.get(System)?Resource.*"));
  }

  private static DescribedPredicate<JavaCall<?>> called(String name, Pattern calls) {
    return describe(
        name,
        call -> calls
            .matcher(call.getTargetOwner().getName() + '.' + call.getName())
            .matches());
  }
}
