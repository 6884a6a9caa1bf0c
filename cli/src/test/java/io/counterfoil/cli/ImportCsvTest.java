package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports from CSV files, also from hostile ones. */
class ImportCsvTest {
  private static final String HASH = XuiDatabase.hash("plaintext-of-a-token");
  private static final String HEADER_REFUSED =
      "FILE: the first line is not a header (expected: name and sha256, and any of owner,"
          + " description, scopes, allowed_addresses, enabled, created_at, expires_at, each once,"
          + " with commas between them)";

  @TempDir
  Path folder;

  Workplace tool;

  @BeforeEach
  void createTables() {
    tool = Workplace.onSqlite(folder);
  }

  private CliRun run(String csv, String... more) {
    Path file = tool.file("tokens.csv", csv);
    return more.length == 0
        ? tool.run("import", "csv", file.toString())
        : tool.run("import", "csv", file.toString(), more[0]);
  }

  @Test
  void each_column_becomes_a_property_of_the_token() {
    String csv = "\ufeffname,sha256,owner,description,scopes,allowed_addresses,enabled,created_at,"
        + "expires_at\r\n\"a, \"\"b\"\"\"," + HASH.toUpperCase(Locale.ROOT)
        + ",ann,\"two\u00e9\",read write,10.0.0.0/8,false,2025-01-04T14:13:20Z,"
        + "2096-10-02T07:06:40Z\r\n\r\nb," + XuiDatabase.hash("b") + ",,,,,,,\r\n";
    assertThat(run(csv).done().out())
        .startsWith(
            "imported: line 2 \"a, \\u{22}b\\u{22}\": disabled, created 2025-01-04T14:13:20Z,"
                + " expires 2096-10-02T07:06:40Z, scopes read write\nimported: line 4 \"b\": enabled,")
        .endsWith("tokens: 2, imported: 2, already there: 0, rejected: 0\n");
    assertThat(tool.run("list", "--output=json").out())
        .startsWith(
            "{\"id\":1,\"name\":\"a, \\\"b\\\"\",\"description\":\"two\\u00e9\",\"enabled\":false,"
                + "\"createdAt\":1736000000,\"expiresAt\":4000000000,\"owner\":\"ann\",\"scopes\":[\"read\","
                + "\"write\"],\"allowedAddresses\":[\"10.0.0.0/8\"]}\n");
    assertThat(tool.runWith("plaintext-of-a-token", "identify").done().out())
        .contains(" a, \"b\" ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a,acme_rB6evmeRX9NeUU7kQI7jp6x9rAr30jLhznCgbpBbMVq0vpGcY | sha256: 54 characters that are not a hash
      acme_rB6evmeRX9NeUU7kQI7jp6x9rAr30jLhznCgbpBbMVq0vpGcY,a | sha256: 1 characters that are not a hash
      a,da39a3ee5e6b4b0d3255bfef95601890afd80709 | sha256: 40 characters that are not a hash
      a,                                         | sha256: 0 characters that are not a hash
      a                                          | 1 cells (expected: 2, as in the header)
      a,b,c                                      | 3 cells (expected: 2, as in the header)
      """)
  void a_row_without_a_hash_is_rejected_without_quoting_it_and_the_next_one_imported(
      String row, String reason) {
    CliRun run = run("name,sha256\n" + row + "\ngood," + HASH + '\n').refused();
    assertThat(run.out())
        .startsWith("rejected: line 2: " + reason)
        .doesNotContain("rB6evmeRX9NeUU7", "da39a3")
        .contains("imported: line 3 \"good\": ")
        .endsWith("imported: 1, already there: 0, rejected: 1\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      enabled    | yes                  | enabled: another text (expected: true or false)
      created_at | 2025-01-04 14:13:20  | created_at: not an instant (expected: a time in UTC, such as 2027-01-31T00:00:00Z)
      created_at | 2999-01-04T14:13:20Z | createdAt: 2999-01-04T14:13:20Z (expected: from 1970 to now)
      expires_at | tomorrow             | expires_at: not an instant (expected: a time in UTC, such as 2027-01-31T00:00:00Z)
      allowed_addresses | 10.0.0.0/8,x  | 4 cells (expected: 3, as in the header)
      """)
  void an_invalid_cell_is_rejected_with_its_column(String column, String cell, String reason) {
    CliRun run =
        run("name,sha256," + column + "\na," + HASH + ',' + cell + '\n').refused();
    assertThat(run.out()).startsWith("rejected: line 2").contains(": " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a,acme_rB6evmeRX9NeUU7kQI7jp6x9rAr30jLhznCgbpBbMVq0vpGcY\n",
        "name;sha256\n",
        "name,sha256,password\n",
        "name,sha256,name\n",
        "name\n"
      })
  void a_file_without_a_header_is_refused_without_quoting_it(String csv) {
    run(csv).invalid(HEADER_REFUSED);
  }

  @Test
  void another_encoding_is_noticed() throws IOException {
    String csv = "name,sha256\n\u00e9," + HASH + "\nb," + XuiDatabase.hash("b") + '\n';
    Path latin = Files.write(folder.resolve("latin.csv"), csv.getBytes(ISO_8859_1));
    assertThat(tool.run("import", "csv", latin.toString()).refused().out())
        .startsWith("rejected: line 2 \"\ufffd\": a character that is not UTF-8")
        .contains("imported: line 3 \"b\"");
    Path wide = Files.write(folder.resolve("wide.csv"), csv.getBytes(UTF_16));
    tool.run("import", "csv", wide.toString()).invalid(HEADER_REFUSED);
  }

  @Test
  void a_name_cannot_control_the_terminal() {
    CliRun run = run("name,sha256\n\"a\u001b[2J\u202e\nb\"," + HASH + '\n').refused();
    assertThat(run.out())
        .startsWith("rejected: line 2 \"a\\u{1b}[2J\\u{202e}\\u{a}b\": name: a control")
        .hasLineCount(2);
  }

  @Test
  void a_hash_that_occurs_twice_is_imported_once() {
    String time = ",2025-01-04T14:13:20Z\n";
    String csv =
        "name,sha256,created_at\na," + HASH + time + "a," + HASH + time + "b," + HASH + time;
    CliRun dry = run(csv, "--dry-run").refused();
    CliRun run = run(csv).refused();
    assertThat(run.out()).isEqualTo(dry.out());
    assertThat(run.rows("imported")).containsExactly("line 2");
    assertThat(run.rows("already there")).containsExactly("line 3");
    assertThat(run.out())
        .contains("line 4 \"b\": token: already imported as \"a\" of owner \"\"\n");
  }

  @Test
  void with_peppers_a_used_token_is_recognized_too() {
    tool.write(
        "spring.datasource.url=jdbc:sqlite:" + folder.resolve("tokens.db"),
        "counterfoil.peppers[0].name=p",
        "counterfoil.peppers[0].secret=" + "A".repeat(44).replaceFirst("A$", "="));
    String csv = "name,sha256\na," + HASH + '\n';
    run(csv).done();
    assertThat(run(csv).done().rows("already there")).containsExactly("line 2");
  }

  @ParameterizedTest
  @CsvSource({
    "'name,sha256\na,\"', a quotation mark that is not closed",
    "'name,sha256\n\"a\"b,c', text after a quotation mark"
  })
  void a_malformed_file_is_reported_with_its_line(String csv, String problem) {
    CliRun run = run(csv);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).startsWith("counterfoil: line 2: " + problem + " (expected: ");
  }

  @Test
  void a_row_without_an_end_is_not_read_into_memory() throws IOException {
    Path file = folder.resolve("huge.csv");
    try (Writer csv = Files.newBufferedWriter(file)) {
      csv.write("name,sha256\n\"");
      for (int i = 0; i < 3_000_000; i++) {
        csv.write("0123456789");
      }
    }
    CliRun run = tool.run("import", "csv", file.toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("counterfoil: line 2: a row that does not end (expected: at most"
            + " 65536 characters in a row); the rows before it were read\n");
  }

  @Test
  void the_outcome_of_each_row_is_a_line_of_json() {
    CliRun run = run("name,sha256\na," + HASH + "\nb,x\n", "--output=json").refused();
    assertThat(run.out())
        .startsWith("{\"outcome\":\"imported\",\"row\":\"line 2 \\\"a\\\"\",\"details\":");
    assertThat(run.out())
        .endsWith("{\"tokens\":2,\"imported\":1,\"alreadyThere\":0,\"rejected\":1}\n")
        .hasLineCount(3);
  }
}
