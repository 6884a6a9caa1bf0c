package io.counterfoil.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is measured must be the verdict that it is called. */
class PeersTest {
  private static final String GOOD = "cf_good";
  private static final String BAD = "cf_bad";
  private static final HexTexts NAMES = new HexTexts();
  private static final FourLongs LONGS = new FourLongs();

  static {
    NAMES.add(GOOD, "a token");
    LONGS.add(GOOD, "a token");
  }

  static final List<Named<Check>> CHECKS = List.of(
      Named.of("by hand", new FilterCheck(new HandWrittenFilter(LONGS))),
      Named.of("Spring Security", new FilterCheck(SpringSecurity.chain(NAMES))),
      Named.of("Shiro", new ShiroCheck(NAMES)),
      Named.of("pac4j", new Pac4jCheck(NAMES)),
      Named.of("Dropwizard", new DropwizardCheck(NAMES)));

  @ParameterizedTest
  @FieldSource("CHECKS")
  void a_peer_accepts_a_token_that_is_there_and_refuses_one_that_is_not(Check check) {
    for (int i = 0; i < 3; i++) {
      assertThat(check.accepts("Bearer " + GOOD)).isTrue();
      assertThat(check.accepts("Bearer " + BAD)).isFalse();
    }
  }

  @Test
  void a_signature_is_accepted_by_its_own_key_alone() {
    Jwts own = new Jwts();
    Jwts other = new Jwts();
    for (Check check : List.of(own.nimbus(), own.javaJwt(), own.jjwt())) {
      assertThat(check.accepts(own.field("a"))).isTrue();
      assertThat(check.accepts(other.field("a"))).isFalse();
    }
  }

  @Test
  void a_slow_hash_is_that_of_one_text() {
    for (Check check : List.of(Passwords.bcrypt(GOOD), Passwords.pbkdf2(GOOD))) {
      assertThat(check.accepts(GOOD)).isTrue();
      assertThat(check.accepts(BAD)).isFalse();
    }
  }

  @Test
  void a_check_that_says_the_same_to_all_is_no_measure() {
    Stream.<Check>of(field -> true, field -> false)
        .forEach(check -> assertThatThrownBy(() -> check.proved(GOOD, BAD))
            .isInstanceOf(IllegalStateException.class));
  }
}
