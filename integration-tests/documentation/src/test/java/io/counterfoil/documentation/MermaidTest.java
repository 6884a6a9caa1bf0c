package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Page.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every diagram can be rendered. */
@Tag("browser")
class MermaidTest {
  private static final String RIGHT = "flowchart LR\n  a --> b";
  private static final String WRONG = "flowchart LR\n  a --> --> b";

  @Test
  void every_mermaid_block_can_be_rendered(@TempDir Path folder) throws Exception {
    List<String> places = new ArrayList<>(List.of("right", "wrong"));
    List<String> diagrams = new ArrayList<>(List.of(RIGHT, WRONG));
    for (Page page : Page.all()) {
      for (Block block : page.blocks()) {
        if (block.tag().equals("mermaid")) {
          places.add(page.at(block.line()));
          diagrams.add(block.text());
        }
      }
    }
    List<String> problems = MermaidBrowser.problems(diagrams, folder);
    assertThat(problems).hasSameSizeAs(diagrams);
    assertThat(problems.get(0)).isEmpty();
    assertThat(problems.get(1)).as("a wrong diagram is noticed").isNotEmpty();
    List<String> found = new ArrayList<>();
    for (int i = 2; i < problems.size(); i++) {
      if (!problems.get(i).isEmpty()) {
        found.add(places.get(i) + ": " + problems.get(i));
      }
    }
    assertThat(String.join("\n", found)).isEmpty();
  }
}
