package io.counterfoil.architecture;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** The annotations that matter to the users of a type or member. */
final class ApiAnnotations {
  private static final Set<Class<?>> LISTED = Set.of(
      Deprecated.class,
      FunctionalInterface.class,
      Inherited.class,
      Repeatable.class,
      Retention.class,
      Target.class);

  private ApiAnnotations() {}

  static List<String> of(AnnotatedElement element) {
    return Arrays.stream(element.getDeclaredAnnotations())
        .filter(annotation -> LISTED.contains(annotation.annotationType()))
        .map(ApiAnnotations::text)
        .sorted()
        .toList();
  }

  private static String text(Annotation annotation) {
    String values = Arrays.stream(annotation.annotationType().getDeclaredMethods())
        .sorted(Comparator.comparing(Method::getName))
        .filter(member -> !Objects.deepEquals(value(annotation, member), member.getDefaultValue()))
        .map(member -> label(member) + text(value(annotation, member)))
        .collect(joining(", "));
    return '@'
        + annotation.annotationType().getSimpleName()
        + (values.isEmpty() ? "" : '(' + values + ')');
  }

  private static String label(Method member) {
    return member.getName().equals("value") ? "" : member.getName() + " = ";
  }

  private static Object value(Annotation annotation, Method member) {
    try {
      return member.invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Not an annotation: " + annotation, e);
    }
  }

  /** Returns a value of an annotation. The text of an annotation in the JDK is different in each version. */
  static String text(Object value) {
    if (value.getClass().isArray()) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> text(Array.get(value, i)))
          .collect(joining(", ", "{", "}"));
    }
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    return value instanceof Class<?> type ? type.getCanonicalName() : value.toString();
  }
}
