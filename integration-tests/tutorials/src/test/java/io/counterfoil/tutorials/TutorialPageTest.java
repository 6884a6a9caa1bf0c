package io.counterfoil.tutorials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.tutorials.Step.OpenInBrowser;
import io.counterfoil.tutorials.Step.OpenSecondTerminal;
import io.counterfoil.tutorials.Step.Restart;
import io.counterfoil.tutorials.Step.RunCommands;
import io.counterfoil.tutorials.Step.RunInCheckout;
import io.counterfoil.tutorials.Step.WriteFile;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TutorialPageTest {
  @Test
  void steps_are_read_in_the_order_of_the_page() {
    assertThat(TutorialPage.steps("""
            In a checkout:
            ```shell
            make
            ```
            **`a/B.java`**
            ```java
            class B {}
            ```
            Then:

            ```shell
            run
            ```
            In a
            second terminal:
            ```shell
            ask
            ```
            ```text
            yes
            ```
            Open <http://127.0.0.1/a/>. Then press Ctrl+C, and start the application
            again.
            """))
        .containsExactly(
            new RunInCheckout("make\n"),
            new WriteFile("a/B.java", "class B {}\n"),
            new RunCommands("run\n", Optional.empty()),
            new OpenSecondTerminal(),
            new RunCommands("ask\n", Optional.of("yes\n")),
            new OpenInBrowser(URI.create("http://127.0.0.1/a/")),
            new Restart());
  }

  @Test
  void a_block_that_a_reader_cannot_use_is_an_error() {
    assertThatThrownBy(() -> TutorialPage.steps("Look:\n```java\nclass B {}\n```\n"))
        .hasMessageContaining("class B {}");
    assertThatThrownBy(() -> TutorialPage.steps("See:\n```text\nyes\n```\n"))
        .hasMessageContaining("yes");
  }
}
