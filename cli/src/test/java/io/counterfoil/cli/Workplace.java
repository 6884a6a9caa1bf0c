package io.counterfoil.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder with a properties file, in which the tool runs. */
final class Workplace {
  final Path folder;
  final Path properties;
  private final Map<String, String> environment = new HashMap<>();

  Workplace(Path folder) {
    this.folder = folder;
    this.properties = folder.resolve("counterfoil.properties");
  }

  /** Returns a folder with a new SQLite database that has its tables. */
  static Workplace onSqlite(Path folder, String... more) {
    return onDatabase(TestDatabase.SQLITE, folder, more);
  }

  static Workplace onDatabase(TestDatabase database, Path folder, String... more) {
    Workplace workplace = new Workplace(folder);
    workplace.write("spring.datasource.url=" + database.newUrl(folder), String.join("\n", more));
    workplace.run("migrate").done();
    return workplace;
  }

  Workplace write(String... lines) {
    return write(properties, String.join("\n", lines) + '\n');
  }

  Workplace write(Path file, String text) {
    try {
      Files.writeString(file, text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Path file(String name, String text) {
    write(folder.resolve(name), text);
    return folder.resolve(name);
  }

  Workplace environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CliRun run(String... args) {
    return runWith("", args);
  }

  CliRun runWith(String input, String... args) {
    return runExactly(input, all(args));
  }

  /** Runs the tool in this process. */
  CliRun runExactly(String input, List<String> args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        environment);
    int code = Counterfoil.run(args, terminal);
    return new CliRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Adds the properties file to the arguments. */
  List<String> all(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (all.stream().noneMatch(arg -> arg.startsWith("--config"))) {
      all.add("--config=" + properties);
    }
    return all;
  }
}
