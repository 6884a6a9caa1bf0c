package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The anchors are those that GitHub gives. */
class AnchorsTest {
  private final Anchors anchors = new Anchors();

  @Test
  void punctuation_is_removed_and_each_space_becomes_a_hyphen() {
    assertThat(anchors.of("A servlet container (here Jetty)"))
        .isEqualTo("a-servlet-container-here-jetty");
    assertThat(anchors.of("counterfoil.first-token-file")).isEqualTo("counterfoilfirst-token-file");
    assertThat(anchors.of("Backup & restore")).isEqualTo("backup--restore");
    assertThat(anchors.of("SCOPE_x, and *")).isEqualTo("scope_x-and-");
    assertThat(anchors.of("Zugänge für Ärzte")).isEqualTo("zugänge-für-ärzte");
  }

  @Test
  void a_repeated_heading_gets_a_number() {
    assertThat(anchors.of("Known scopes")).isEqualTo("known-scopes");
    assertThat(anchors.of("Known scopes")).isEqualTo("known-scopes-1");
    assertThat(anchors.of("known Scopes")).isEqualTo("known-scopes-2");
  }
}
