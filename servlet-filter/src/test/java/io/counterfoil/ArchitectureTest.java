package io.counterfoil;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dependencies point from servlet to http to core only, and neither package has clocks, threads or mutable static state. */
class ArchitectureTest {
  private static final JavaClasses MODULE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.counterfoil.http", "io.counterfoil.servlet");

  @Test
  void both_packages_are_imported_without_tests() {
    assertThat(MODULE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("io.counterfoil.http", "io.counterfoil.servlet");
    assertThat(MODULE.contain("io.counterfoil.http.FakeRequest")).isFalse();
  }

  @Test
  void http_depends_on_core_jackson_streaming_and_slf4j_only() {
    classes()
        .that()
        .resideInAPackage("io.counterfoil.http")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.counterfoil.http",
            "io.counterfoil",
            "com.fasterxml.jackson.core..",
            "org.slf4j",
            "org.jspecify.annotations",
            "java..")
        .check(MODULE);
  }

  @Test
  void servlet_depends_on_http_core_and_the_servlet_api_only() {
    classes()
        .that()
        .resideInAPackage("io.counterfoil.servlet")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.counterfoil.servlet",
            "io.counterfoil.http",
            "io.counterfoil",
            "jakarta.servlet..",
            "org.jspecify.annotations",
            "java..")
        .check(MODULE);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("io.counterfoil.(*)").should().beFreeOfCycles().check(MODULE);
  }

  @Test
  void no_class_reads_a_clock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(MODULE);
  }

  @Test // C8
  void static_fields_are_final_and_thread_locals_are_not_used() {
    fields().that().areStatic().should().beFinal().check(MODULE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .check(MODULE);
  }

  @Test // A1: secrets are generated in core only
  void no_class_starts_a_thread_uses_randomness_or_prints() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executor.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MODULE);
  }

  @Test // E10
  void no_class_creates_a_session_or_a_cookie() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.servlet.http.Cookie")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jakarta.servlet.http.HttpSession")
        .check(MODULE);
  }

  @Test
  void public_classes_are_final() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MODULE);
  }
}
