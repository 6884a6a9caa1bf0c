package io.counterfoil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of tokens on each database. */
class TokenCommandsTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void a_token_is_created_identified_rotated_disabled_enabled_and_deleted(TestDatabase database) {
    Workplace tool = Workplace.onDatabase(database, folder, "counterfoil.prefix=acme");
    assertThat(tool.run("migrate").done().out()).isEqualTo("unchanged: table counterfoil_tokens\n");
    assertThat(tool.run("check").done().out()).contains("ok: table counterfoil_tokens, tokens: 0");
    CliRun created = tool.run("create", "deploy", "--owner=ann", "--scope=read", "--scope=write");
    String first = created.plaintext();
    assertThat(first).startsWith("acme_");
    assertThat(created.err()).contains("  ann    deploy  enabled  read write  ");
    String id = created.err().lines().toList().get(1).split(" ", 2)[0];

    String second = tool.run("rotate", id, "--overlap=0s").plaintext();
    assertThat(second).isNotEqualTo(first);
    assertThat(tool.runWith(second + "\n", "identify").done().out())
        .containsPattern("\n" + id + " +ann +deploy ");
    assertThat(tool.runWith("acme_unknown", "identify").refused().out()).isEmpty();

    assertThat(tool.run("disable", id).done().out()).isEqualTo("disabled: " + id + '\n');
    assertThat(tool.run("list", "--disabled").out()).contains("  deploy  disabled  ");
    assertThat(tool.run("enable", id).done().out()).isEqualTo("enabled: " + id + '\n');
    assertThat(tool.run("list", "--disabled").done().out()).isEmpty();
    assertThat(tool.run("delete", id).done().out()).isEqualTo("deleted: " + id + '\n');
    assertThat(tool.run("list").done().out()).isEmpty();
    assertThat(tool.run("delete", id).refused().err()).isEqualTo("not found: " + id + '\n');
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void all_tokens_and_those_of_an_owner_are_disabled_or_deleted(TestDatabase database) {
    Workplace tool = Workplace.onDatabase(database, folder);
    tool.run("create", "a", "--owner=ann").done();
    tool.run("create", "b", "--owner=ann").done();
    tool.run("create", "c").done();
    assertThat(tool.run("disable", "--owner=ann").done().out()).isEqualTo("disabled: 2 tokens\n");
    assertThat(tool.run("disable", "--all").done().out()).isEqualTo("disabled: 1 token\n");
    assertThat(tool.run("list", "--enabled").done().out()).isEmpty();
    assertThat(tool.run("delete", "--owner=ann").done().out()).isEqualTo("deleted: 2 tokens\n");
    assertThat(tool.run("list", "--output=json").out()).hasLineCount(1).contains("\"name\":\"c\"");
  }
}
