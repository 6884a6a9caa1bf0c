package io.counterfoil.architecture;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of types as in source code, with {@code @Nullable}. The names of types in {@code java.lang}, {@code java.time},
 * {@code java.util} and the package of the listed type are short.
 *
 * <p>The text of a type in the JDK ({@code AnnotatedType.toString()}) is different in each version.
 */
record TypeNames(String packageName) {
  private static final Set<String> SHORT = Set.of("java.lang", "java.time", "java.util");

  String of(Class<?> type) {
    if (type.isArray()) {
      return of(type.getComponentType()) + "[]";
    }
    String name = type.getCanonicalName();
    String itsPackage = type.getPackageName();
    boolean shorten = SHORT.contains(itsPackage) || itsPackage.equals(packageName);
    return shorten && !type.isPrimitive() ? name.substring(itsPackage.length() + 1) : name;
  }

  String of(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      String brackets = nullness(array).isEmpty() ? "[]" : ' ' + nullness(array) + "[]";
      return of(array.getAnnotatedGenericComponentType()) + brackets;
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      return nullness(type) + '?' + bounds(wildcard);
    }
    return nullness(type) + raw(type.getType()) + arguments(type);
  }

  String ofAll(AnnotatedType... types) {
    return Arrays.stream(types).map(this::of).collect(Collectors.joining(", "));
  }

  /** Returns the parameters of a generic type or method, such as {@code <T extends Comparable<T>>}. */
  String parameters(TypeVariable<?>... variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables).map(this::parameter).collect(Collectors.joining(", ", "<", ">"));
  }

  private String parameter(TypeVariable<?> variable) {
    String bounds = bounds(variable.getAnnotatedBounds());
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private String bounds(AnnotatedWildcardType wildcard) {
    AnnotatedType[] lower = wildcard.getAnnotatedLowerBounds();
    // The lower bound of a wildcard without one is the null type in some versions of the JDK.
    if (lower.length > 0 && lower[0].getType() != null) {
      return " super " + of(lower[0]);
    }
    String upper = bounds(wildcard.getAnnotatedUpperBounds());
    return upper.isEmpty() ? "" : " extends " + upper;
  }

  private String bounds(AnnotatedType... bounds) {
    return Stream.of(bounds)
        .map(this::of)
        .filter(bound -> !bound.equals("Object"))
        .collect(Collectors.joining(" & "));
  }

  private String raw(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return of((Class<?>) parameterized.getRawType());
    }
    return type instanceof Class<?> plain ? of(plain) : type.getTypeName();
  }

  private String arguments(AnnotatedType type) {
    return type instanceof AnnotatedParameterizedType parameterized
        ? '<' + ofAll(parameterized.getAnnotatedActualTypeArguments()) + '>'
        : "";
  }

  private static String nullness(AnnotatedElement type) {
    return type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
  }
}
