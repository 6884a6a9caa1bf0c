package io.counterfoil.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.counterfoil.internal.DaemonThreads;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the classes of all published modules except the starters and the test kit: servlet → http → core ← stores. */
class ArchitectureTest {
  /** Its pauses between tries are random, and nothing depends on them being secret. */
  private static final String RANDOM_PAUSES = "io.counterfoil.jdbc.Transactions";

  private static final String CORE = "io.counterfoil";
  private static final String INTERNAL = "io.counterfoil.internal";
  private static final String MEMORY = "io.counterfoil.memory";
  private static final String JDBC = "io.counterfoil.jdbc";
  private static final String CACHE = "io.counterfoil.cache";
  private static final String HTTP = "io.counterfoil.http";
  private static final String SERVLET = "io.counterfoil.servlet";
  private static final String MICROMETER = "io.counterfoil.micrometer";
  private static final String JAXRS = "io.counterfoil.jaxrs";

  private static final JavaClasses LIBRARY = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.counterfoil")
      .that(resideOutsideOfPackages("io.counterfoil.springboot..", "io.counterfoil.testkit"));

  @Test
  void the_rules_check_every_package_and_no_test() {
    assertThat(LIBRARY.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            CORE, INTERNAL, MEMORY, JDBC, CACHE, HTTP, SERVLET, MICROMETER, JAXRS);
  }

  @Test
  void core_depends_on_the_jdk_and_slf4j_only() {
    assertDependencies(CORE, INTERNAL, "javax.crypto..", "org.slf4j");
    assertDependencies(INTERNAL);
  }

  @Test
  void a_store_depends_on_core_and_its_own_technology_only() {
    assertDependencies(MEMORY, CORE);
    assertDependencies(
        JDBC, CORE, INTERNAL, "javax.sql", "org.postgresql", "org.postgresql.util", "org.slf4j");
    assertDependencies(CACHE, CORE, INTERNAL, "com.github.benmanes.caffeine.cache", "org.slf4j");
  }

  @Test
  void http_depends_on_core_jackson_streaming_and_slf4j_only() {
    assertDependencies(HTTP, CORE, "com.fasterxml.jackson.core..", "org.slf4j");
  }

  @Test
  void servlet_depends_on_http_core_and_the_servlet_api_only() {
    assertDependencies(SERVLET, HTTP, CORE, "jakarta.servlet..");
  }

  @Test
  void meters_depend_on_core_the_cache_and_micrometer_only() {
    assertDependencies(MICROMETER, CORE, CACHE, "io.micrometer.core.instrument..");
  }

  @Test
  void jax_rs_depends_on_http_core_and_the_jax_rs_api_only() {
    assertDependencies(JAXRS, HTTP, CORE, "jakarta.ws.rs..", "org.slf4j");
  }

  private static void assertDependencies(String ofPackage, String... allowed) {
    String[] all = Stream.concat(
            Stream.of(ofPackage, "java..", "org.jspecify.annotations"), Stream.of(allowed))
        .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ofPackage)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(all)
        .check(LIBRARY);
  }

  @Test
  void packages_form_no_cycle() {
    SlicesRuleDefinition.slices()
        .assignedFrom(new Packages())
        .should()
        .beFreeOfCycles()
        .check(LIBRARY);
  }

  @Test // A1
  void randomness_comes_from_secure_random_only() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(RANDOM_PAUSES)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, UUID.class, ThreadLocalRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(LIBRARY);
  }

  @Test // A1
  void only_core_uses_random_numbers() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE)
        .and()
        .doNotHaveFullyQualifiedName(RANDOM_PAUSES)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .check(LIBRARY);
  }

  @Test
  void the_time_comes_from_the_clock_that_is_passed_to_core() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(LIBRARY);
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE)
        .should()
        .callMethodWhere(target(owner(assignableTo(Clock.class))).and(target(not(name("instant")))))
        .orShould()
        .beAssignableTo(Clock.class)
        .because("they may read the clock of a manager, but create none")
        .check(LIBRARY);
  }

  @Test
  void only_code_that_waits_reads_the_monotonic_clock() {
    noClasses()
        .that()
        .resideInAnyPackage(HTTP, SERVLET, MEMORY)
        .should()
        .callMethod(System.class, "nanoTime")
        .check(LIBRARY);
  }

  @Test
  void static_fields_are_final() {
    fields().that().areStatic().should().beFinal().check(LIBRARY);
  }

  @Test // C8
  void no_state_is_bound_to_a_thread() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .check(LIBRARY);
  }

  @Test
  void threads_are_created_in_one_place() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(DaemonThreads.class)
        .should()
        .callConstructorWhere(target(owner(assignableTo(Thread.class))))
        .check(LIBRARY);
  }

  @Test
  void the_http_layer_and_the_memory_store_use_no_threads() {
    noClasses()
        .that()
        .resideInAnyPackage(HTTP, SERVLET, MEMORY)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executor.class)
        .check(LIBRARY);
  }

  @Test
  void nothing_is_printed() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(LIBRARY);
  }

  @Test // E10
  void no_session_and_no_cookie_is_created() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.servlet.http.Cookie")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.servlet.http.HttpSession")
        .check(LIBRARY);
  }

  @Test // C7
  void public_classes_cannot_be_extended_outside_the_library() {
    constructors()
        .that()
        .areDeclaredInClassesThat(are(extensible()))
        .should()
        .bePackagePrivate()
        .orShould()
        .bePrivate()
        .check(LIBRARY);
  }

  private static DescribedPredicate<JavaClass> extensible() {
    return describe(
        "public, and neither final nor sealed",
        type -> type.getModifiers().contains(JavaModifier.PUBLIC)
            && !type.isInterface()
            && !type.getModifiers().contains(JavaModifier.FINAL)
            && !type.reflect().isSealed());
  }

  /** One slice per package of the library. */
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("io.counterfoil")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
