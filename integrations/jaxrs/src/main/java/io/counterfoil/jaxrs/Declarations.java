package io.counterfoil.jaxrs;

import io.counterfoil.http.BearerAuthenticator;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what the annotations of a resource method and of its classes require. */
final class Declarations {
  private static final Logger LOG = LoggerFactory.getLogger("io.counterfoil.jaxrs");

  private final BearerAuthenticator bearer;
  private final boolean needsDeclaration;
  private final Map<ClassMethod, Declaration> ofMethods = new ConcurrentHashMap<>();
  private final Map<Class<?>, Declaration> ofClasses = new ConcurrentHashMap<>();

  /** A method as a member of a class, which may have inherited it. */
  private record ClassMethod(Class<?> type, Method method) {
    /** Returns this method, those that it overrides and those of interfaces that it implements. */
    Stream<Method> withOverridden() {
      return Stream.concat(
          Stream.of(method),
          supertypes(type)
              .filter(other -> other != method.getDeclaringClass())
              .flatMap(other -> Arrays.stream(other.getDeclaredMethods()))
              .filter(this::mayOverride));
    }

    private boolean mayOverride(Method other) {
      Class<?>[] own = method.getParameterTypes();
      Class<?>[] others = other.getParameterTypes();
      return method.getName().equals(other.getName())
          && own.length == others.length
          && IntStream.range(0, own.length).allMatch(i -> others[i].isAssignableFrom(own[i]));
    }
  }

  Declarations(BearerAuthenticator bearer, boolean needsDeclaration) {
    this.bearer = bearer;
    this.needsDeclaration = needsDeclaration;
  }

  /**
   * Returns what a request needs.
   *
   * @param matched the resource objects that JAX-RS has used for the request: those with locators, and perhaps the last one
   */
  Declaration of(ResourceInfo resource, List<Object> matched) {
    ClassMethod method = new ClassMethod(resource.getResourceClass(), resource.getResourceMethod());
    Declaration found =
        ofMethods.computeIfAbsent(method, this::ofMethod).in(ofClasses(resource, matched));
    if (found.kind() == Declaration.Kind.NONE && !needsDeclaration) {
      return Declaration.ANY_TOKEN;
    }
    if (found.kind() == Declaration.Kind.NONE || found.kind() == Declaration.Kind.INVALID) {
      LOG.debug(
          "No token may call a resource method, because its annotations are {}: {}",
          found.kind() == Declaration.Kind.NONE ? "missing" : "not valid",
          method.method());
    }
    return found;
  }

  private Declaration ofClasses(ResourceInfo resource, List<Object> matched) {
    return matched.stream()
        .map(object -> object instanceof Class<?> type ? type : object.getClass())
        .map(type -> ofClasses.computeIfAbsent(type, this::ofClass).onlyScopes())
        .reduce(
            ofClasses.computeIfAbsent(resource.getResourceClass(), this::ofClass),
            Declaration::and);
  }

  private Declaration ofClass(Class<?> type) {
    return hasAnnotatedLocator(type)
        ? Declaration.INVALID
        : checked(
            supertypes(type).map(Declarations::on).reduce(Declaration.NONE, Declaration::and));
  }

  private static boolean hasAnnotatedLocator(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .map(method -> new ClassMethod(type, method).withOverridden().toList())
        .filter(methods -> methods.stream().anyMatch(m -> m.isAnnotationPresent(Path.class)))
        .filter(methods -> methods.stream().noneMatch(Declarations::hasHttpMethod))
        .anyMatch(methods -> methods.stream().anyMatch(m -> on(m).kind() != Declaration.Kind.NONE));
  }

  private static boolean hasHttpMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.isAnnotationPresent(HttpMethod.class));
  }

  /** An overridden method may have other parameter types, for example that of a type variable. Then it only adds scopes. */
  private Declaration ofMethod(ClassMethod classMethod) {
    Class<?>[] parameters = classMethod.method().getParameterTypes();
    return checked(classMethod
        .withOverridden()
        .map(m ->
            Arrays.equals(m.getParameterTypes(), parameters) ? on(m) : on(m).onlyScopes())
        .reduce(Declaration.NONE, Declaration::and));
  }

  /** Returns a type with its superclasses and interfaces. */
  private static Stream<Class<?>> supertypes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    addSupertypes(type, all);
    return all.stream();
  }

  private static void addSupertypes(Class<?> type, Set<Class<?>> all) {
    all.add(type);
    if (type.getSuperclass() != null) {
      addSupertypes(type.getSuperclass(), all);
    }
    for (Class<?> parent : type.getInterfaces()) {
      addSupertypes(parent, all);
    }
  }

  private static Declaration on(AnnotatedElement element) {
    RequiresScope scopes = element.getAnnotation(RequiresScope.class);
    if (scopes != null) {
      return Declaration.scopes(scopes.value());
    }
    if (element.isAnnotationPresent(AnyToken.class)) {
      return Declaration.ANY_TOKEN;
    }
    return element.isAnnotationPresent(WithoutToken.class)
        ? Declaration.WITHOUT_TOKEN
        : Declaration.NONE;
  }

  /** A text that is not a scope could not be named in a response. */
  private Declaration checked(Declaration declaration) {
    try {
      var unused = bearer.insufficientScope(declaration.scopes().toArray(String[]::new));
      return declaration;
    } catch (IllegalArgumentException notScopes) {
      return Declaration.INVALID;
    }
  }
}
