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

/** STYLE, eighth test of elegance: the arrows servlet → http → core. */
class ArchitectureTest {
  private static final JavaClasses MODULE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.counterfoil.http", "io.counterfoil.servlet");

  @Test
  void both_packages_are_looked_at_and_no_test_is() {
    assertThat(MODULE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("io.counterfoil.http", "io.counterfoil.servlet");
    assertThat(MODULE.contain("io.counterfoil.http.FakeRequest")).isFalse();
  }

  @Test
  void http_needs_core_jackson_streaming_and_slf4j_only() {
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
  void servlet_needs_http_core_and_the_servlet_api_only() {
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

  @Test // rule 7 of the design
  void nobody_reads_a_clock() {
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

  @Test // rule 10 of the design, C8
  void nothing_static_can_change_and_nothing_is_tied_to_a_thread() {
    fields().that().areStatic().should().beFinal().check(MODULE);
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocal.class)
        .check(MODULE);
  }

  @Test // A1 too: nothing secret is made here
  void no_thread_is_started_nothing_is_random_and_nothing_is_printed() {
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
  void nobody_makes_a_session_or_a_cookie() {
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
