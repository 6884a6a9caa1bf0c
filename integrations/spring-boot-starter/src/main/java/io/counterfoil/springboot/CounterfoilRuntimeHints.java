package io.counterfoil.springboot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** Keeps the files of the library in a native image, and the methods of Undertow that it calls by reflection. */
final class CounterfoilRuntimeHints implements RuntimeHintsRegistrar {
  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    hints
        .resources()
        .registerPattern("io/counterfoil/http/page/*")
        .registerPattern("io/counterfoil/jdbc/*.sql");
    for (String type : new String[] {
      "io.undertow.servlet.spec.HttpServletRequestImpl", "io.undertow.server.HttpServerExchange"
    }) {
      hints.reflection().registerType(TypeReference.of(type), MemberCategory.INVOKE_PUBLIC_METHODS);
    }
  }
}
