package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** The rules for secret scanners, with an engine that has the syntax of RE2, which scanners written in Go use. */
class ScannerRulesTest {
  private static TokenManager manager(String prefix) {
    return TokenManager.builder(new MapStore()).prefix(prefix).recordNoUses().build();
  }

  private static List<String> hits(String expression, String text) {
    List<String> hits = new ArrayList<>();
    Matcher matcher = Pattern.compile(expression).matcher(text);
    while (matcher.find()) {
      hits.add(matcher.group());
    }
    return hits;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cf", "ab", "acme_ci_2", "abcdefghijklmnopqrst"})
  void the_pattern_finds_plaintexts_wherever_people_leave_them(String prefix) {
    TokenManager tokens = manager(prefix);
    String pattern = tokens.reports().scannerPattern();
    String a = tokens.create(NewToken.named("a")).reveal();
    String b = tokens.create(NewToken.named("b")).reveal();
    for (String text : List.of(
        "%s %s",
        "Authorization: Bearer %s\r\nX: %s",
        "{\"token\":\"%s\",\"other\":\"%s\"}",
        "export TOKEN=%s;curl -u ci:%s https://example.com",
        "https://example.com/?token=%s&again=%s#",
        "<a>%s</a>\n-%s-",
        "é%s,%sé")) {
      assertThat(hits(pattern, text.formatted(a, b))).containsExactly(a, b);
    }
  }

  @Test
  void the_pattern_finds_no_part_of_a_longer_word_and_no_token_with_another_prefix() {
    TokenManager tokens = manager("cf");
    String pattern = tokens.reports().scannerPattern();
    String plaintext = tokens.create(NewToken.named("a")).reveal();
    for (String text : List.of(
        "x" + plaintext,
        "_" + plaintext,
        "my_" + plaintext,
        plaintext + "0",
        plaintext + "_x",
        "%3D" + plaintext,
        plaintext.substring(0, plaintext.length() - 1),
        plaintext.replace('_', '-'),
        plaintext.toUpperCase(Locale.ROOT),
        plaintext.substring(0, 20) + "\n" + plaintext.substring(20),
        manager("acme").create(NewToken.named("a")).reveal())) {
      assertThat(hits(pattern, text)).as(text).isEmpty();
    }
  }

  @Property(tries = 500)
  void the_pattern_means_the_same_in_java_and_in_re2(
      @ForAll @AlphaChars @NumericChars @Chars({'_', ' ', '-'}) @StringLength(max = 3)
          String before,
      @ForAll @AlphaChars @NumericChars @StringLength(min = 47, max = 51) String secret,
      @ForAll @AlphaChars @NumericChars @Chars({'_', ' ', '-'}) @StringLength(max = 3)
          String after) {
    String pattern = TokenFormat.pattern("cf");
    String text = before + "cf_" + secret + after;
    assertThat(hits(pattern, text))
        .isEqualTo(java.util.regex.Pattern.compile(pattern)
            .matcher(text)
            .results()
            .map(java.util.regex.MatchResult::group)
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cf", "acme_ci_2"})
  void the_rule_for_gitleaks_is_toml_whose_expression_finds_plaintexts(String prefix) {
    TokenManager tokens = manager(prefix);
    JsonNode rules = new TomlMapper().readTree(tokens.reports().gitleaksRule()).get("rules");
    assertThat(rules).hasSize(1);
    JsonNode rule = rules.get(0);
    assertThat(rule.propertyNames())
        .containsExactlyInAnyOrder("id", "description", "regex", "keywords");
    assertThat(rule.get("id").asString()).isEqualTo(prefix + "-api-token");
    assertThat(rule.get("regex").asString()).isEqualTo(tokens.reports().scannerPattern());
    String plaintext = tokens.create(NewToken.named("a")).reveal();
    assertThat(hits(rule.get("regex").asString(), "token: '" + plaintext + "'"))
        .containsExactly(plaintext);
    // gitleaks skips a text that has no keyword in it, and compares in lower case
    assertThat(rule.get("keywords").values())
        .isNotEmpty()
        .allMatch(word -> plaintext.toLowerCase(Locale.ROOT).contains(word.asString()));
  }

  @Test // two applications can have their rules in one file
  void rules_of_several_applications_form_one_file() {
    String file = manager("cf").reports().gitleaksRule()
        + '\n'
        + manager("acme").reports().gitleaksRule();
    assertThat(new TomlMapper().readTree(file).get("rules").values())
        .extracting(rule -> rule.get("id").asString())
        .containsExactly("cf-api-token", "acme-api-token");
  }
}
