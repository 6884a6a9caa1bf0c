package io.counterfoil.springboot;

import io.counterfoil.KnownScopes;
import io.counterfoil.springboot.CounterfoilProperties.ScopeEntry;
import java.util.List;

/** Reads the known scopes from the properties. */
final class ScopeSettings {
  private ScopeSettings() {}

  static KnownScopes of(List<ScopeEntry> entries) {
    KnownScopes known = KnownScopes.none();
    for (int i = 0; i < entries.size(); i++) {
      known = add(known, "counterfoil.scopes[" + i + ']', entries.get(i));
    }
    return known;
  }

  private static KnownScopes add(KnownScopes known, String property, ScopeEntry entry) {
    String name = InvalidSettingException.required(property + ".name", entry.name());
    KnownScopes named = InvalidSettingException.check(
        property + ".name", () -> known.scope(name, entry.description()));
    String[] implies = entry.implies().toArray(String[]::new);
    return implies.length == 0
        ? named
        : InvalidSettingException.check(
            property + ".implies", () -> known.scope(name, entry.description(), implies));
  }
}
