package io.counterfoil.cli;

import io.counterfoil.KnownScopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the known scopes. */
final class ScopeSettings {
  private final PropertiesFile file;

  ScopeSettings(PropertiesFile file) {
    this.file = file;
  }

  KnownScopes read() throws CliException {
    KnownScopes known = KnownScopes.none();
    for (int i = 0; file.has(group(i) + '.'); i++) {
      known = add(known, group(i));
    }
    return known;
  }

  private static String group(int i) {
    return "counterfoil.scopes[" + i + ']';
  }

  private KnownScopes add(KnownScopes known, String group) throws CliException {
    String name = file.value(group + ".name").orElse("");
    String description = file.value(group + ".description").orElse("");
    String[] implies = implies(group + ".implies");
    return Configuration.check(group, () -> known.scope(name, description, implies));
  }

  /** Reads {@code implies=a,b} as well as {@code implies[0]=a}. */
  private String[] implies(String key) throws CliException {
    List<String> implied = new ArrayList<>();
    Optional<String> joined = file.value(key);
    joined.ifPresent(
        text -> Stream.of(text.split(",", -1)).map(String::strip).forEach(implied::add));
    for (int i = 0; file.has(key + '[' + i + ']'); i++) {
      implied.add(file.value(key + '[' + i + ']').orElse(""));
    }
    return implied.toArray(String[]::new);
  }
}
