package io.counterfoil.springboot;

import io.counterfoil.springboot.CounterfoilProperties.BootstrapToken;
import io.counterfoil.springboot.CounterfoilProperties.NamedSecret;
import io.counterfoil.springboot.CounterfoilProperties.Secret;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Hides each value that contains a key or a hash of the properties, whatever its name is: the value may be that of an environment
 * variable to which a property refers, the command line, or JSON.
 *
 * <p>It is the first function, because Spring Boot calls none after the first one that changes a value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfiguredKeys implements SanitizingFunction {
  /** For values that are not bound, such as a wrong key. Also as the names of environment variables. */
  private static final Pattern NAMES =
      Pattern.compile("counterfoil[._].*(secret|sha256)", Pattern.CASE_INSENSITIVE);

  /** The length of 32 bytes in Base64 without padding. A shorter text is no key, and other values may contain it by chance. */
  private static final int MIN_LENGTH = 43;

  private final Set<String> keys;

  /** @param properties null if the application has no tokens */
  ConfiguredKeys(@Nullable CounterfoilProperties properties) {
    keys = properties == null
        ? Set.of()
        : values(properties)
            .map(ConfiguredKeys::comparable)
            .filter(key -> key.length() >= MIN_LENGTH)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<@Nullable String> values(CounterfoilProperties properties) {
    return Stream.of(
            properties.peppers().stream().map(NamedSecret::secret),
            Stream.ofNullable(properties.upcomingPepper()).map(NamedSecret::secret),
            properties.checksumKeys().stream().map(Secret::secret),
            properties.bootstrap().stream().map(BootstrapToken::sha256))
        .flatMap(each -> each);
  }

  /** Without case, as hashes have it in either case, and without padding, as JSON may have it escaped. */
  private static String comparable(@Nullable String key) {
    return key == null ? "" : key.strip().replaceFirst("=+$", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public SanitizableData apply(SanitizableData data) {
    return NAMES.matcher(data.getKey()).matches() || containsKey(data.getValue())
        ? data.withSanitizedValue()
        : data;
  }

  private boolean containsKey(@Nullable Object value) {
    String text = String.valueOf(value).toLowerCase(Locale.ROOT);
    return keys.stream().anyMatch(text::contains);
  }
}
