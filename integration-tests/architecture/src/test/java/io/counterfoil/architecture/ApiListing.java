package io.counterfoil.architecture;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The public and protected types of a module, each followed by its public and protected members.
 *
 * <p>Class files do not have the names of parameters, so the listing does not either. A record shows its components. Its
 * accessors and its canonical constructor follow from them.
 */
final class ApiListing {
  private ApiListing() {}

  static String of(PublishedModule module) {
    StringBuilder listing = new StringBuilder();
    String packageName = "";
    for (Class<?> type : types(module)) {
      if (!type.getPackageName().equals(packageName)) {
        packageName = type.getPackageName();
        String nullness =
            type.getPackage().isAnnotationPresent(NullMarked.class) ? "@NullMarked " : "";
        listing.append(nullness).append("package ").append(packageName).append('\n');
      }
      listing.append('\n').append(header(type)).append('\n');
      ApiMembers.of(type).forEach(member -> listing.append("  ").append(member).append('\n'));
    }
    return listing.toString();
  }

  /** Returns the types of the API, sorted by package and name. */
  static List<Class<?>> types(PublishedModule module) {
    // Hidden types are not loaded: some of them need optional dependencies.
    return module.classFiles().stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .<Class<?>>map(type -> load(type.getName()))
        .filter(ApiListing::isPublic)
        .filter(type -> !type.getPackageName().equals("io.counterfoil.internal"))
        .sorted(Comparator.comparing((Class<?> type) -> type.getPackageName())
            .thenComparing(Class::getName))
        .toList();
  }

  /** Returns the class without running its initializer. */
  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiListing.class.getClassLoader());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new AssertionError("Not loaded: " + name, e);
    }
  }

  /** Whether code outside of the package can use the type. */
  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && (outer == null || isPublic(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String header(Class<?> type) {
    TypeNames names = new TypeNames(type.getPackageName());
    List<String> parts = new ArrayList<>(ApiAnnotations.of(type));
    parts.add(modifiers(type));
    parts.add(kind(type));
    String components = type.isRecord() ? '(' + components(type, names) + ')' : "";
    parts.add(names.of(type) + names.parameters(type.getTypeParameters()) + components);
    parts.add(supertypes(type, names));
    parts.add(permits(type, names));
    return parts.stream().filter(part -> !part.isEmpty()).collect(joining(" "));
  }

  private static String modifiers(Class<?> type) {
    int modifiers = type.getModifiers();
    if (type.isInterface()) {
      modifiers &= ~Modifier.ABSTRACT;
    }
    if (type.isRecord() || type.isEnum()) {
      modifiers &= ~(Modifier.FINAL | Modifier.ABSTRACT);
    }
    if (type.isMemberClass() && (type.isRecord() || type.isEnum() || type.isInterface())) {
      modifiers &= ~Modifier.STATIC;
    }
    return Modifier.toString(modifiers & ~Modifier.INTERFACE) + (isSealed(type) ? " sealed" : "");
  }

  private static boolean isSealed(Class<?> type) {
    return type.isSealed() && !type.isEnum();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static String components(Class<?> type, TypeNames names) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> names.of(component.getAnnotatedType()) + ' ' + component.getName())
        .collect(joining(", "));
  }

  private static String supertypes(Class<?> type, TypeNames names) {
    if (type.isAnnotation()) {
      return "";
    }
    String parent =
        publicSuperclass(type).map(names::of).map("extends "::concat).orElse("");
    String interfaces = Arrays.stream(type.getAnnotatedInterfaces())
        .filter(ApiListing::isPublic)
        .map(names::of)
        .collect(joining(", "));
    String implemented = (type.isInterface() ? "extends " : "implements ") + interfaces;
    return Stream.of(parent, interfaces.isEmpty() ? "" : implemented)
        .filter(part -> !part.isEmpty())
        .collect(joining(" "));
  }

  private static Optional<AnnotatedType> publicSuperclass(Class<?> type) {
    if (type.isInterface()
        || type.isEnum()
        || type.isRecord()
        || type.getSuperclass() == Object.class) {
      return Optional.empty();
    }
    AnnotatedType parent = type.getAnnotatedSuperclass();
    return isPublic(parent) ? Optional.of(parent) : publicSuperclass(type.getSuperclass());
  }

  private static boolean isPublic(AnnotatedType type) {
    return !(type.getType() instanceof Class<?> plain) || isPublic(plain);
  }

  /** Returns the subtypes that a {@code switch} of a user can name. */
  private static String permits(Class<?> type, TypeNames names) {
    return isSealed(type)
        ? Arrays.stream(type.getPermittedSubclasses())
            .filter(ApiListing::isPublic)
            .map(names::of)
            .sorted()
            .collect(joining(", ", "permits ", ""))
        : "";
  }
}
