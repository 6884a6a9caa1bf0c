package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Page.Block;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every code block is checked, and its language tag says how. The test of the tutorials checks all blocks in docs/tutorials, except
 * that the rules for {@code json} and for versions hold there, too.
 */
class CodeBlocksTest {
  private static final Set<String> TAGS =
      Set.of("java", "properties", "yaml", "xml", "json", "sql", "shell", "mermaid");

  /** What only a tutorial has: what a command prints. */
  private static final Set<String> TAGS_OF_TUTORIALS = Set.of("text", "html", "powershell");

  /** Pages with a drawing made of characters, as a block without a tag. */
  private static final Set<String> DRAWINGS = Set.of("ARCHITECTURE.md");

  /** The test that compares the blocks of a page with a file that the build uses, or runs them. */
  private static final Map<String, String> TESTED_BY = Map.of(
      "docs/containers.md xml", "ContainersDocumentTest",
      "docs/containers.md properties", "ContainersDocumentTest",
      "docs/operations.md sql", "OperationsDocumentTest",
      "docs/recipes.md xml", "AuditFileTest",
      "docs/gateways.md nginx", "GatewaysDocumentTest",
      "docs/token-format.md text", "TokenFormatVectorsTest");

  /** The sources of the project and the files of the tutorials, which a test compiles. */
  private static final List<String> SOURCES = Stream.concat(
          ProjectFiles.endingWith(".java").stream().map(ProjectFiles::read),
          Page.all().stream()
              .filter(Page::isTutorial)
              .flatMap(page -> blocks(page, "java"))
              .map(Block::text))
      .map(CodeBlocksTest::unspaced)
      .toList();

  private static final Pattern TAG =
      Pattern.compile("<(groupId|artifactId|version)>\\s*([^<]*?)\\s*</\\1>");

  private final Problems problems = new Problems();

  @Test
  void every_block_has_a_language_tag_that_means_a_check() {
    for (Page page : Page.all()) {
      for (Block block : page.blocks()) {
        boolean isKnown = TAGS.contains(block.tag())
            || TESTED_BY.containsKey(page.name() + ' ' + block.tag())
            || (page.isTutorial() && TAGS_OF_TUTORIALS.contains(block.tag()))
            || (block.tag().isEmpty() && DRAWINGS.contains(page.name()));
        if (!isKnown) {
          problems.add(
              page,
              block.line(),
              "the tag \"" + block.tag() + "\" (expected: one of " + TAGS + ')');
        }
      }
    }
    problems.assertNone();
  }

  @Test
  void every_java_block_is_code_that_the_build_compiles() {
    check("java", (page, block) -> {
      String code = unspaced(block.text());
      if (SOURCES.stream().noneMatch(source -> source.contains(code))) {
        problems.add(page, block.line(), "no source file contains this code");
      }
    });
  }

  @Test
  void every_properties_or_yaml_block_binds_to_the_properties_of_the_starter() {
    check("properties", this::bind);
    check("yaml", this::bind);
  }

  private void bind(Page page, Block block) {
    SpringProperties.problem(block).ifPresent(problem -> problems.add(page, block.line(), problem));
  }

  @Test
  void every_json_block_can_be_parsed() {
    Page.all()
        .forEach(page -> blocks(page, "json").forEach(block -> {
          try {
            JsonMapper.shared().readTree(block.text());
          } catch (JacksonException e) {
            problems.add(page, block.line(), "not JSON: " + e.getOriginalMessage());
          }
        }));
    problems.assertNone();
  }

  @Test
  void every_xml_block_names_an_artifact_of_the_project_with_its_version() {
    check("xml", (page, block) -> {
      Set<String> published = ProjectArtifacts.published();
      Matcher tags = TAG.matcher(block.text());
      while (tags.find()) {
        String value = tags.group(2);
        boolean isRight = switch (tags.group(1)) {
          case "groupId" -> value.equals("io.counterfoil");
          case "artifactId" -> published.contains(value);
          default -> value.equals(ProjectFiles.version());
        };
        if (!isRight) {
          problems.add(
              page,
              block.line(),
              tags.group() + " (expected: an artifact of the project, version "
                  + ProjectFiles.version() + ')');
        }
      }
    });
  }

  /** Only a database can say whether SQL is right. */
  @Test
  void every_sql_block_is_on_a_page_whose_test_runs_it() {
    check(
        "sql",
        (page, block) -> problems.add(
            page, block.line(), "no test reads the SQL of this page (add it to TESTED_BY)"));
  }

  @Test
  void every_test_that_reads_a_page_exists_and_names_it() {
    Map.copyOf(TESTED_BY).forEach((blocks, test) -> {
      String page = blocks.replaceFirst(" .*", "");
      if (Page.all().stream().anyMatch(each -> each.name().equals(page))) {
        assertThat(ProjectFiles.endingWith('/' + test + ".java"))
            .as(test)
            .singleElement()
            .satisfies(file -> assertThat(ProjectFiles.read(file))
                .contains(page.substring(page.lastIndexOf('/') + 1)));
      }
    });
  }

  /** Checks the blocks with a tag that no other test checks. */
  private void check(String tag, Check check) {
    for (Page page : Page.all()) {
      if (!page.isTutorial() && !TESTED_BY.containsKey(page.name() + ' ' + tag)) {
        blocks(page, tag).forEach(block -> check.check(page, block));
      }
    }
    problems.assertNone();
  }

  @FunctionalInterface
  private interface Check {
    void check(Page page, Block block);
  }

  private static Stream<Block> blocks(Page page, String tag) {
    return page.blocks().stream().filter(block -> block.tag().equals(tag));
  }

  /** Ignores white space, because the formatter may break lines differently. */
  private static String unspaced(String code) {
    return code.replaceAll("\\s", "");
  }
}
