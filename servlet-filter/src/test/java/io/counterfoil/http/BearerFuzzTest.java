package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator.Granted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * B2, N2: a value is accepted if and only if it matches the grammar and its token is valid. No value causes an
 * exception.
 */
class BearerFuzzTest {
  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();
  private final BearerAuthenticator bearer =
      BearerAuthenticator.builder(fixture.tokens).build();

  /** The grammar, written independently of the code under test. */
  private final Pattern grammar =
      Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +" + Pattern.quote(plaintext));

  @Property
  void any_text_as_a_value(@ForAll String value) {
    assertThat(bearer.check(List.of(value))).isNotInstanceOf(Granted.class);
    assertThat(bearer.check(List.of("Bearer " + value))).isNotInstanceOf(Granted.class);
  }

  @Property
  void any_value_near_the_grammar(@ForAll("near") String value) {
    boolean granted = bearer.check(List.of(value)) instanceof Granted;
    assertThat(granted).isEqualTo(grammar.matcher(value).matches());
  }

  @Property
  void any_number_of_any_values(@ForAll List<String> values) {
    assertThat(bearer.check(values)).isNotInstanceOf(Granted.class);
  }

  @Provide
  Arbitrary<String> near() {
    Arbitrary<String> scheme = Arbitraries.of(
        "Bearer",
        "bearer",
        "BEARER",
        "bEARER",
        "Bear\u0435r",
        "\"Bearer\"",
        "Basic",
        "Bearer,",
        "");
    Arbitrary<String> blank = Arbitraries.of(" ", "  ", "\t", "", " \t", "\u00a0", "=", ",", "   ");
    Arbitrary<String> token = Arbitraries.of(
        plaintext,
        plaintext,
        plaintext.toUpperCase(Locale.ROOT),
        plaintext + "=",
        plaintext.substring(1),
        plaintext.substring(0, 51),
        "\"" + plaintext + "\"");
    Arbitrary<String> end = Arbitraries.of("", "", "", " ", "\n", ",", "\u0000", " x", ";");
    return Combinators.combine(scheme, blank, token, end).as((a, b, c, d) -> a + b + c + d);
  }
}
