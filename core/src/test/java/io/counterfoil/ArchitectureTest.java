package io.counterfoil;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.counterfoil.internal.DaemonThreads;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** STYLE, eighth test of elegance: the arrows. */
class ArchitectureTest {
  private static final JavaClasses CORE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(location -> !location.contains("test-support"))
      .importPackages("io.counterfoil");

  @Test
  void core_needs_the_jdk_and_slf4j_only() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.counterfoil",
            "io.counterfoil.internal",
            "java..",
            "javax.crypto..",
            "org.slf4j",
            "org.jspecify.annotations")
        .check(CORE);
  }

  @Test // A1
  void randomness_comes_from_secure_random_only() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, UUID.class, ThreadLocalRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(CORE);
  }

  @Test // rule 7 of the design
  void time_comes_from_the_injected_clock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CORE);
  }

  @Test // rule 10 of the design
  void nothing_static_can_change() {
    fields().that().areStatic().should().beFinal().check(CORE);
  }

  @Test
  void threads_come_from_one_place() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(DaemonThreads.class)
        .should()
        .callConstructorWhere(target(owner(assignableTo(Thread.class))))
        .check(CORE);
  }

  @Test
  void nothing_is_printed() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CORE);
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
        .check(CORE);
  }
}
