package io.counterfoil.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties of the starter, from the metadata that its build generates for editors. The metadata ends at lists: the
 * properties of their elements come from the components of the records and their Javadoc.
 */
final class SpringMetadata {
  private static final String FILE = "META-INF/spring-configuration-metadata.json";
  private static final String SOURCE =
      "integrations/spring-boot-starter/src/main/java/io/counterfoil/springboot/CounterfoilProperties.java";
  private static final Map<String, String> VALUES = Map.of(
      "java.lang.Boolean", "true or false",
      "java.lang.Integer", "number",
      "java.lang.String", "text",
      "java.time.Duration", "duration",
      "java.time.Instant", "instant",
      "java.util.List<java.lang.String>", "list of texts",
      "org.springframework.boot.actuate.endpoint.Access", "read-only, unrestricted or none");

  private SpringMetadata() {}

  /**
   * A property.
   *
   * @param values its type or its values, in the words of the reference
   */
  record Property(String name, String values, String defaultValue, String description) {}

  static List<Property> properties() {
    List<Property> properties = new ArrayList<>();
    for (JsonNode each : metadata().get("properties")) {
      String type = each.get("type").asString();
      if (each.has("deprecated")) {
        continue;
      }
      String name = each.get("name").asString();
      boolean isList = type.contains("CounterfoilProperties$") && type.startsWith("java.util.List");
      properties.add(new Property(
          name,
          isList ? "list, see the next rows" : values(type),
          each.has("defaultValue") ? each.get("defaultValue").asString() : "",
          each.get("description").asString()));
      if (isList) {
        addElement(name, elementType(type), properties);
      }
    }
    return properties;
  }

  private static void addElement(String list, Class<?> element, List<Property> properties) {
    for (RecordComponent component : element.getRecordComponents()) {
      properties.add(new Property(
          list + "[]." + kebab(component.getName()),
          values(component.getGenericType().getTypeName()),
          "",
          javadoc(element, component)));
    }
  }

  private static String values(String type) {
    String known = VALUES.get(type);
    if (known != null) {
      return known;
    }
    boolean isSet = type.startsWith("java.util.Set<");
    return (isSet ? "list of " : "")
        + Arrays.stream(elementType(type).getEnumConstants())
            .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "));
  }

  private static Class<?> elementType(String type) {
    try {
      return Class.forName(type.replaceFirst(".*<(.*)>", "$1"));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the text of a {@code @param} tag. */
  private static String javadoc(Class<?> type, RecordComponent component) {
    String source = ProjectFiles.text(SOURCE);
    int end = source.indexOf("record " + type.getSimpleName() + '(');
    String comment = source.substring(source.lastIndexOf("/**", end), end);
    List<MatchResult> tags =
        Pattern.compile("@param (\\w+) ([^@]*)").matcher(comment).results().toList();
    return tags.stream()
        .filter(tag -> tag.group(1).equals(component.getName()))
        .map(tag ->
            tag.group(2).replaceAll("\\n\\s*\\*/?", " ").replaceAll("\\s+", " ").strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(type + " has no @param " + component.getName()));
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static JsonNode metadata() {
    try {
      for (URL file : urls()) {
        try (InputStream in = file.openStream()) {
          JsonNode metadata = JsonMapper.shared().readTree(in);
          if (metadata.toString().contains("\"counterfoil.enabled\"")) {
            return metadata;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("The starter has no " + FILE);
  }

  private static Collection<URL> urls() throws IOException {
    return Collections.list(SpringMetadata.class.getClassLoader().getResources(FILE));
  }
}
