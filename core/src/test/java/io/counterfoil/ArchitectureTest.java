package io.counterfoil;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** STYLE, eighth test of elegance: the arrows. */
@AnalyzeClasses(packages = "io.counterfoil", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule core_needs_the_jdk_and_slf4j_only = classes()
      .should()
      .onlyDependOnClassesThat()
      .resideInAnyPackage("io.counterfoil", "java..", "org.slf4j", "org.jspecify.annotations");

  @ArchTest // A1
  static final ArchRule no_weak_randomness = noClasses()
      .should()
      .dependOnClassesThat()
      .areAssignableTo(UUID.class)
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName(Random.class.getName())
      .orShould()
      .dependOnClassesThat()
      .areAssignableTo(ThreadLocalRandom.class);

  @ArchTest // rule 7 of the design
  static final ArchRule time_comes_from_the_injected_clock = noClasses()
      .should()
      .callMethod(Instant.class, "now")
      .orShould()
      .callMethod(System.class, "currentTimeMillis");

  @ArchTest // rule 10 of the design
  static final ArchRule nothing_static_can_change =
      fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule no_thread_is_started_and_nothing_is_printed = noClasses()
      .should()
      .callConstructor(Thread.class)
      .orShould()
      .accessField(System.class, "out")
      .orShould()
      .accessField(System.class, "err");

  @ArchTest
  static final ArchRule public_classes_are_final = classes()
      .that()
      .arePublic()
      .and()
      .areNotInterfaces()
      .should()
      .haveModifier(JavaModifier.FINAL);
}
