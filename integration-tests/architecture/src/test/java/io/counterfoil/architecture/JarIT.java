package io.counterfoil.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users download. */
class JarIT {
  /** Written by the annotation processor of Spring Boot. */
  private static final List<String> GENERATED =
      List.of("META-INF/spring-configuration-metadata.json");

  static Stream<PublishedModule> modules() {
    return PublishedModule.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_jar_says_the_name_of_its_module(PublishedModule module) throws IOException {
    ModuleDescriptor descriptor =
        ModuleFinder.of(module.jar()).findAll().iterator().next().descriptor();
    assertThat(descriptor.name()).isEqualTo(module.module());
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      String inManifest = jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
      // Without a descriptor and this attribute, the name comes from the name of the file.
      assertThat(inManifest).isEqualTo(descriptor.isAutomatic() ? module.module() : null);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_jar_has_only_packages_of_its_module(PublishedModule module) {
    assertThat(module.classes())
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(module.packages()).contains(name.substring(0, name.lastIndexOf('.'))));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_jar_has_the_licence(PublishedModule module) throws IOException {
    assertThat(module.read("META-INF/LICENSE"))
        .isEqualTo(Files.readAllBytes(PublishedModule.PROJECT.resolve("LICENSE")));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void each_file_of_a_jar_comes_from_the_main_sources(PublishedModule module) {
    Path sources = module.path().resolve("src/main/java");
    assertThat(module.classes())
        .allSatisfy(name -> assertThat(
                sources.resolve(name.replaceFirst("\\$.*", "").replace('.', '/') + ".java"))
            .exists());
    Path resources = module.path().resolve("src/main/resources");
    assertThat(module.resources().stream().filter(file -> !GENERATED.contains(file)))
        .allSatisfy(file -> assertThat(resources.resolve(file)).exists());
  }
}
