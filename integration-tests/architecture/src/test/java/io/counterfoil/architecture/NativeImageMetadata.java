package io.counterfoil.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What a module tells GraalVM about itself: the files that it reads at run time, and the types and members that it uses by
 * reflection. All versions of GraalVM from 22.3 on read these two files.
 */
record NativeImageMetadata(PublishedModule module) {

  private String folder() {
    return "META-INF/native-image/io.counterfoil/counterfoil-" + module.artifact() + '/';
  }

  private String resourceFile() {
    return folder() + "resource-config.json";
  }

  private String reflectFile() {
    return folder() + "reflect-config.json";
  }

  /** Returns the files in which GraalVM looks, also those that are at a place where it does not. */
  List<String> misplaced() {
    return module.resources().stream()
        .filter(file -> file.contains("native-image") || file.endsWith("-config.json"))
        .filter(file -> !file.equals(resourceFile()) && !file.equals(reflectFile()))
        .toList();
  }

  List<Pattern> resources() {
    List<Pattern> patterns = new ArrayList<>();
    json(resourceFile())
        .forEach(root -> root.required("resources")
            .required("includes")
            .forEach(include ->
                patterns.add(Pattern.compile(include.required("pattern").stringValue()))));
    return patterns;
  }

  /** Returns each type with the names of its members. */
  Map<String, TreeSet<String>> reflection() {
    Map<String, TreeSet<String>> types = new TreeMap<>();
    json(reflectFile())
        .flatMap(JsonNode::valueStream)
        .forEach(type -> types.put(type.required("name").stringValue(), members(type)));
    return types;
  }

  private static TreeSet<String> members(JsonNode type) {
    TreeSet<String> members = new TreeSet<>();
    type.path("methods").forEach(method -> members.add(method.required("name").stringValue()));
    return members;
  }

  private Stream<JsonNode> json(String file) {
    return module.files().contains(file)
        ? Stream.of(new ObjectMapper().readTree(module.read(file)))
        : Stream.empty();
  }
}
