package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingTokenStoreTest {
  private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
      long.class,
      7L,
      int.class,
      3,
      String.class,
      "text",
      List.class,
      List.of(TestRow.hash("candidate")),
      Map.class,
      Map.of(7L, new StoredToken.Use(TestRow.NOW, Optional.of("192.0.2.1"))),
      Instant.class,
      TestRow.NOW,
      TokenQuery.class,
      TokenQuery.all().enabled(true),
      StoredToken.class,
      TestRow.named("argument").build());

  private static final Map<Class<?>, Object> RESULTS = Map.of(
      long.class,
      8L,
      int.class,
      4,
      boolean.class,
      true,
      List.class,
      List.of(TestRow.named("listed").build()),
      Optional.class,
      Optional.of(TestRow.named("found").build()),
      OptionalLong.class,
      OptionalLong.of(9),
      Duration.class,
      Duration.ofSeconds(10));

  /** A method and its arguments. */
  private record Call(Method method, List<Object> arguments) {}

  static Stream<Method> methods() {
    return Arrays.stream(TokenStore.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void every_method_is_forwarded_with_its_arguments_and_its_result(Method method)
      throws ReflectiveOperationException {
    List<Call> calls = new ArrayList<>();
    TokenStore forwarding = new ForwardingTokenStore(recording(calls)) {};
    Object[] arguments = Arrays.stream(method.getParameterTypes())
        .map(type -> Objects.requireNonNull(ARGUMENTS.get(type)))
        .toArray();
    assertThat(method.invoke(forwarding, arguments)).isEqualTo(RESULTS.get(method.getReturnType()));
    assertThat(calls).containsExactly(new Call(method, List.of(arguments)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void every_method_is_overridden_and_may_be_overridden_again(Method method)
      throws ReflectiveOperationException {
    Method forwarding =
        ForwardingTokenStore.class.getDeclaredMethod(method.getName(), method.getParameterTypes());
    assertThat(forwarding).matches(declared -> !Modifier.isFinal(declared.getModifiers()));
  }

  /** Returns a store that records each call and does nothing. */
  private static TokenStore recording(List<Call> calls) {
    return (TokenStore) Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(),
        new Class<?>[] {TokenStore.class},
        (proxy, method, arguments) -> {
          calls.add(new Call(method, arguments == null ? List.of() : List.of(arguments)));
          return RESULTS.get(method.getReturnType());
        });
  }
}
