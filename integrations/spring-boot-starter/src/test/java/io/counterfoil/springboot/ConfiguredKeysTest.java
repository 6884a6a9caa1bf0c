package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The values that the actuator hides. */
class ConfiguredKeysTest {
  private static final String KEY = "k".repeat(43) + '=';

  @Test
  void a_key_is_hidden_wherever_it_is() {
    for (String setting : List.of("peppers[0].secret", "checksum-keys[0].secret")) {
      ConfiguredKeys keys = new ConfiguredKeys(properties(setting, ' ' + KEY + ' '));
      assertThat(shown(keys, "sun.java.command", "a.jar --key=" + KEY)).isEqualTo("******");
      assertThat(shown(keys, "KEYS", "[\"" + KEY.replace("=", "\\u003d"))).isEqualTo("******");
      assertThat(shown(keys, "OTHER", "k".repeat(42))).isEqualTo("k".repeat(42));
    }
  }

  @Test
  void a_value_that_is_too_short_for_a_key_is_hidden_by_its_name_only() {
    for (String tooShort : List.of("", "k", "k".repeat(42))) {
      ConfiguredKeys keys = new ConfiguredKeys(properties("peppers[0].secret", tooShort));
      assertThat(shown(keys, "counterfoil.peppers[0].secret", tooShort)).isEqualTo("******");
      assertThat(shown(keys, "other", KEY)).isEqualTo(KEY);
    }
  }

  @Test
  void without_tokens_keys_and_hashes_are_hidden_by_their_names() {
    ConfiguredKeys keys = new ConfiguredKeys(null);
    for (String name : List.of(
        "counterfoil.peppers[0].secret",
        "counterfoil.bootstrap[12].sha256",
        "COUNTERFOIL_CHECKSUMKEYS_0_SECRET")) {
      assertThat(shown(keys, name, "any")).as(name).isEqualTo("******");
    }
    assertThat(shown(keys, "counterfoil.prefix", "acme")).isEqualTo("acme");
    assertThat(shown(keys, "other.secret", "any")).isEqualTo("any");
    assertThat(shown(keys, "counterfoil.other", null)).isNull();
  }

  private static CounterfoilProperties properties(String setting, String value) {
    var source = new MapConfigurationPropertySource();
    source.put("counterfoil." + setting, value);
    return new Binder(source).bindOrCreate("counterfoil", CounterfoilProperties.class);
  }

  private static Object shown(ConfiguredKeys keys, String name, Object value) {
    return keys.apply(new SanitizableData(null, name, value)).getValue();
  }
}
