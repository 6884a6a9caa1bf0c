package io.counterfoil.architecture;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members of a type that its users can use, one line for each. */
final class ApiMembers {
  private final Class<?> type;
  private final TypeNames names;

  private ApiMembers(Class<?> type) {
    this.type = type;
    this.names = new TypeNames(type.getPackageName());
  }

  /** Returns the constants of an enum in their order, and then fields, constructors and methods, each sorted by name. */
  static List<String> of(Class<?> type) {
    ApiMembers members = new ApiMembers(type);
    List<String> lines = new ArrayList<>();
    Arrays.stream(type.getDeclaredFields())
        .filter(Field::isEnumConstant)
        .map(constant -> annotations(constant) + constant.getName())
        .forEach(lines::add);
    lines.addAll(sorted(members.fields(), members::line));
    lines.addAll(sorted(members.constructors(), members::line));
    lines.addAll(sorted(members.methods(), members::line));
    return lines;
  }

  private static <M extends Member> List<String> sorted(
      Stream<M> members, Function<M, String> line) {
    Comparator<M> byName = Comparator.comparing(Member::getName);
    return members.sorted(byName.thenComparing(line)).map(line).distinct().toList();
  }

  private Stream<Field> fields() {
    return sources()
        .flatMap(source -> Arrays.stream(source.getDeclaredFields()))
        .filter(field -> isVisible(field) && !field.isEnumConstant());
  }

  private String line(Field field) {
    String itsType = names.of(field.getAnnotatedType());
    return annotations(field) + modifiers(field) + itsType + ' ' + field.getName() + value(field);
  }

  /** Returns the value of a constant, which the compiler copies into the code of users. */
  private static String value(Field field) {
    boolean isConstant = Modifier.isStatic(field.getModifiers())
        && Modifier.isFinal(field.getModifiers())
        && (field.getType().isPrimitive() || field.getType() == String.class);
    try {
      return isConstant ? " = " + ApiAnnotations.text(field.get(null)) : "";
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private Stream<Constructor<?>> constructors() {
    return Arrays.stream(type.getDeclaredConstructors())
        .filter(constructor -> isVisible(constructor) && !isCanonical(constructor));
  }

  private String line(Constructor<?> constructor) {
    return line(constructor, type.getSimpleName());
  }

  private Stream<Method> methods() {
    return sources()
        .flatMap(source -> Arrays.stream(source.getDeclaredMethods()))
        .filter(method -> isVisible(method) && !isImplicit(method));
  }

  private String line(Method method) {
    String itsType = names.of(method.getAnnotatedReturnType());
    return line(method, itsType + ' ' + method.getName()) + defaultValue(method);
  }

  /** Returns the type, and its supertypes that are not public: their public members are members of the type only. */
  private Stream<Class<?>> sources() {
    return Stream.concat(Stream.of(type), hiddenSupertypes(type));
  }

  private static Stream<Class<?>> hiddenSupertypes(Class<?> type) {
    return Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
        .filter(parent -> !Modifier.isPublic(parent.getModifiers()))
        .flatMap(parent -> Stream.concat(Stream.of(parent), hiddenSupertypes(parent)));
  }

  private boolean isVisible(Member member) {
    int modifiers = member.getModifiers();
    return !member.isSynthetic()
        && (Modifier.isPublic(modifiers)
            || (Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers())));
  }

  /** Whether the header of a record says so. */
  private boolean isCanonical(Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(type.getRecordComponents())
                .map(component -> component.getType())
                .toArray());
  }

  /** Whether all enums, or all records with these components, have the method. */
  private boolean isImplicit(Method method) {
    if (type.isEnum()) {
      return method.getName().equals("values") || method.getName().equals("valueOf");
    }
    return type.isRecord()
        && (Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getAccessor().equals(method))
            || List.of("equals", "hashCode", "toString").contains(method.getName()));
  }

  private String line(Executable member, String name) {
    String parameters = names.parameters(member.getTypeParameters());
    String thrown = names.ofAll(member.getAnnotatedExceptionTypes());
    return annotations(member)
        + modifiers(member)
        + (parameters.isEmpty() ? "" : parameters + ' ')
        + name
        + '('
        + parameters(member)
        + ')'
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private String parameters(Executable member) {
    String types = names.ofAll(member.getAnnotatedParameterTypes());
    return member.isVarArgs() ? types.substring(0, types.length() - 2) + "..." : types;
  }

  private String modifiers(Member member) {
    int modifiers = member.getModifiers();
    String text = "";
    if (member instanceof Method method) {
      text = method.isDefault() ? "default " : "";
      modifiers &= Modifier.methodModifiers() & ~(Modifier.SYNCHRONIZED | Modifier.NATIVE);
      if (type.isInterface()) {
        modifiers &= ~Modifier.ABSTRACT;
      }
      if (Modifier.isFinal(type.getModifiers()) || type.isEnum()) {
        modifiers &= ~Modifier.FINAL;
      }
    } else if (member instanceof Constructor<?>) {
      modifiers &= Modifier.constructorModifiers();
    }
    return Modifier.toString(modifiers) + ' ' + text;
  }

  private static String defaultValue(Method method) {
    Object value = method.getDefaultValue();
    return value == null ? "" : " default " + ApiAnnotations.text(value);
  }

  private static String annotations(AnnotatedElement element) {
    return ApiAnnotations.of(element).stream()
        .map(text -> text + ' ')
        .collect(Collectors.joining());
  }
}
