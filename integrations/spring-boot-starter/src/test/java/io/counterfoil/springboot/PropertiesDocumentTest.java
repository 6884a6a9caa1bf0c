package io.counterfoil.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.io.UrlResource;

/** docs/spring-boot.md lists every property. */
class PropertiesDocumentTest {
  private static final String ROOT = "counterfoil.";

  @Test
  void every_property_is_in_the_document_with_its_default() throws IOException {
    String document = Files.readString(project().resolve("docs/spring-boot.md"));
    assertThat(properties()).hasSizeGreaterThan(20).allSatisfy(property -> {
      String name = String.valueOf(property.get("name")).substring(ROOT.length());
      String group = name.replaceFirst("^(upcoming-pepper)\\..*", "$1.name");
      List<String> rows =
          document.lines().filter(line -> line.startsWith("| `" + group)).toList();
      assertThat(rows).as(name).isNotEmpty();
      assertThat(rows.get(0)).contains(String.valueOf(property.getOrDefault("defaultValue", "")));
    });
  }

  private static List<Map<String, Object>> properties() throws IOException {
    String jar =
        CounterfoilProperties.class.getProtectionDomain().getCodeSource().getLocation() + "";
    String metadata = "META-INF/spring-configuration-metadata.json";
    UrlResource file =
        new UrlResource(jar.endsWith(".jar") ? "jar:" + jar + "!/" + metadata : jar + metadata);
    Map<String, Object> content =
        JsonParserFactory.getJsonParser().parseMap(file.getContentAsString(UTF_8));
    return ((List<?>) content.get("properties"))
        .stream()
            .map(PropertiesDocumentTest::members)
            .filter(property -> String.valueOf(property.get("name")).startsWith(ROOT))
            .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Object property) {
    return (Map<String, Object>) property;
  }

  private static Path project() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/spring-boot.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
