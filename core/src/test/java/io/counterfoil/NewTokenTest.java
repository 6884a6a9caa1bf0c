package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locale")
class NewTokenTest {

  @ParameterizedTest // F6
  @ValueSource(
      strings = {
        "ci",
        "a b",
        "%",
        "'; drop table x",
        "<b>&amp;",
        "\u00e9",
        "e\u0301",
        "\ud83d\ude80",
        "\ud83d\udc68\ud83d\udcbb",
        "\u0410",
        "\\",
        "\""
      })
  void a_name_is_kept_code_point_for_code_point(String name) {
    assertThat(NewToken.named(name).name()).isEqualTo(name);
    assertThat(NewToken.named("x").owner(name).owner()).isEqualTo(name);
  }

  @Test // F7: the limit counts code points, not UTF-16 units
  void a_name_has_1_to_64_code_points() {
    assertThat(NewToken.named("\ud83d\ude80".repeat(64)).name()).hasSize(128);
    for (String wrong : List.of("\ud83d\ude80".repeat(65), "a".repeat(65))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NewToken.named(wrong))
          .withMessageStartingWith("name: too long (expected: 1 to 64 code points, ");
    }
    assertRefused("", "empty");
  }

  @Test // e-mail addresses have up to 254 characters, subjects of OpenID Connect up to 255
  void an_owner_has_at_most_255_code_points() {
    assertThat(NewToken.named("x").owner("\ud83d\ude80".repeat(255)).owner()).hasSize(510);
    for (String wrong : List.of("\ud83d\ude80".repeat(256), "a".repeat(256))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NewToken.named("x").owner(wrong))
          .withMessageStartingWith("owner: too long (expected: at most 255 code points, ");
    }
  }

  @ParameterizedTest // such a user name stands for a token without an owner
  @ValueSource(strings = {"token:", "token:1", "token:ann", "Token:1", "TOKEN:1"})
  void an_owner_that_begins_with_token_is_refused(String owner) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").owner(owner))
        .withMessage(
            "owner: begins with token: (expected: an owner that does not, because this marks"
                + " tokens without an owner)");
    assertThat(NewToken.named(owner).name()).isEqualTo(owner);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "tokens:1", "a token:1"})
  void an_owner_with_a_similar_beginning_is_allowed(String owner) {
    assertThat(NewToken.named("x").owner(owner).owner()).isEqualTo(owner);
  }

  @Test
  void an_owner_may_be_empty() {
    assertThat(NewToken.named("x").owner("").owner()).isEmpty();
  }

  @ParameterizedTest // F7
  @ValueSource(strings = {" a", "a ", "\u00a0a", "a\u3000", "\u2003a", " "})
  void white_space_at_an_end_is_refused(String name) {
    assertRefused(name, "white space at an end");
  }

  @Test // F7, F11: C0, DEL, C1, NEL, line and paragraph separator, bidi controls
  void control_line_breaking_and_bidi_control_characters_are_refused() {
    IntStream.of(
            0, 7, 9, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0x85, 0x9f, 0x2028, 0x2029, 0x061c, 0x200e,
            0x200f, 0x202a, 0x202e, 0x2066, 0x2069)
        .forEach(c -> assertRefused(
            "a" + Character.toString(c) + "b",
            "a control, line-breaking or bidi-control character"));
  }

  @ParameterizedTest // P12
  @ValueSource(
      strings = {
        "\u200b",
        "\u3164",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\u2800",
        "\u00ad",
        "\u034f",
        "\u2060",
        "\ufeff",
        "\ufffb",
        "\u180e",
        "\ufe0f",
        "\u200c",
        "\u200d",
        "\udb40\udc41",
        "\udb40\udd00",
        "\ud834\udd59",
        "\ud834\udd73"
      })
  void invisible_characters_are_refused_in_names_but_not_in_owners(String invisible) {
    for (String name :
        List.of(invisible, "ci" + invisible, invisible + "ci", "c" + invisible + "i")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NewToken.named(name))
          .withMessageMatching(
              "name: the invisible character U\\+[0-9A-F]{4,5} \\(expected: none, [a-z ,]+\\)");
      assertThat(NewToken.named("x").owner(name).owner()).isEqualTo(name);
    }
  }

  @ParameterizedTest // F7
  @ValueSource(strings = {"a\ud83d", "\ude80a", "a\ude80\ud83db"})
  void unpaired_surrogates_are_refused(String name) {
    assertRefused(name, "an unpaired surrogate");
  }

  @Test
  void scopes_are_sorted_and_without_duplicates() {
    assertThat(NewToken.named("x").scopes("write", "read", "write").scopes())
        .containsExactly("read", "write");
  }

  @Test
  void scopes_and_addresses_may_be_given_as_a_collection() {
    NewToken token =
        NewToken.named("x").scopes(Set.of("read")).allowedAddresses(List.of("10.0.0.0/8"));
    assertThat(token.scopes()).containsExactly("read");
    assertThat(token.allowedAddresses()).containsExactly("10.0.0.0/8");
  }

  @Test // P2: an empty list, such as a missing setting, must not remove a limit unnoticed
  void an_empty_list_of_scopes_or_addresses_is_rejected() {
    NewToken token = NewToken.named("x").scopes("read").allowedAddresses("10.0.0.0/8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> token.scopes(Set.of()))
        .withMessageStartingWith("scopes: none (expected: at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> token.allowedAddresses(List.of()))
        .withMessageStartingWith("allowedAddresses: none (expected: at least one");
  }

  @Test // P2
  void an_unrestricted_token_has_the_scope_that_stands_for_all() {
    assertThat(NewToken.named("x").scopes("read").unrestricted().scopes()).containsExactly("*");
  }

  @Test
  void the_properties_can_be_read_but_not_changed() {
    NewToken token = NewToken.named("x").scopes("read");
    assertThat(token.owner()).isEmpty();
    assertThat(token.allowedAddresses()).isEmpty();
    assertThat(token.expiresAt()).isEmpty();
    assertThatThrownBy(() -> token.scopes().add("write"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest // RFC 6749 section 3.3
  @ValueSource(strings = {"", " ", "a b", "a\"", "a\\", "\u00e9", "a\n", "\u007f"})
  void an_invalid_scope_token_is_rejected(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").scopes("fine", scope))
        .withMessageContaining("expected: printable ASCII");
  }

  @Test
  void scopes_take_at_most_1000_characters_together() {
    assertThat(NewToken.named("x").scopes("a".repeat(499), "b".repeat(500)).scopes())
        .hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").scopes("a".repeat(500), "b".repeat(500)))
        .withMessageStartingWith("scopes: 1001 characters");
  }

  @Test // J4: milliseconds passed as seconds, and later
  void an_expiry_after_the_year_9999_is_refused() {
    Instant last = Instant.parse("9999-12-31T23:59:59Z");
    assertThat(NewToken.named("x").expiresAt(last).expiresAt()).contains(last);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").expiresAt(last.plusMillis(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").expiresAt(Instant.ofEpochSecond(1_736_000_000_000L)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("x").expiresAt(Instant.MAX));
  }

  private static void assertRefused(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named(text))
        .withMessageStartingWith("name: " + why + " (expected: ");
    if (!text.isEmpty()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NewToken.named("x").owner(text))
          .withMessageStartingWith("owner: " + why + " (expected: ");
    }
  }
}
