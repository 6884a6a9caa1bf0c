package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script of the jar, for one table: what it runs, and what is there once it has run.
 *
 * <p>So the scripts are the only place that says what a table is to be like.
 */
final class Script {
  /** The version that the schema scripts make. */
  static final int VERSION = 3;

  private static final Pattern COMMENT = Pattern.compile("--.*");
  private static final Pattern TABLE = Pattern.compile("CREATE .*?TABLE .*?\\((.*)\\).*");
  private static final Pattern INDEX =
      Pattern.compile("CREATE (UNIQUE )?INDEX .*?ON \\w+ \\(([^)]*)\\).*");
  private static final Pattern COLUMN =
      Pattern.compile("ALTER TABLE \\w+ ADD (?:COLUMN )?(?:IF NOT EXISTS )?(\\w+) (.*)");
  private static final Pattern KEY = Pattern.compile(
      "(?:CONSTRAINT \\w+ )?(?:(PRIMARY KEY|UNIQUE)(?: NULLS DISTINCT)?|INDEX \\w+) ?\\(([^)]*)\\)");

  final String name;
  final List<Step> steps;

  private Script(String name, List<Step> steps) {
    this.name = name;
    this.steps = steps;
  }

  /**
   * A statement, and what it makes.
   *
   * @param need says whether it need run; not where a table is there, whatever it lacks: that is for others to say
   * @param parts those that tokens cannot be kept without
   */
  record Step(String sql, Predicate<Found> need, List<Part> parts) {
    Step(String sql, Part part) {
      this(sql, found -> !part.isThere(found), List.of(part));
    }

    boolean isMade(Found found) {
      return !need.test(found);
    }
  }

  static Script schema(Dialect dialect, String table) {
    return named("schema-" + dialect.script() + ".sql", table);
  }

  /** Returns the migrations, the first of which leads to version 2. */
  static List<Script> migrations(Dialect dialect, String table) {
    List<Script> migrations = new ArrayList<>();
    for (int version = 2; version <= VERSION; version++) {
      migrations.add(named("migrate-" + dialect.script() + '-' + version + ".sql", table));
    }
    return migrations;
  }

  Stream<Part> parts() {
    return steps.stream().flatMap(step -> step.parts().stream());
  }

  boolean isMade(Found found) {
    return steps.stream().allMatch(step -> step.isMade(found));
  }

  /** Says whether tokens can be kept without it. */
  boolean isOptional() {
    return parts().findAny().isEmpty();
  }

  /** Returns the columns by which tokens are told apart, as texts. */
  List<Part.Column> exactColumns() {
    return parts()
        .flatMap(part -> part instanceof Part.Column column ? Stream.of(column) : Stream.empty())
        .filter(column -> column.name().equals("owner") || column.name().equals("name"))
        .toList();
  }

  /** Reads any script that lies beside this class. */
  static Script named(String name, String table) {
    String text = COMMENT.matcher(resource(name)).replaceAll("");
    List<Step> steps = Arrays.stream(Statements.on(table, text).split(";"))
        .map(sql -> sql.strip().replaceAll("\\s+", " "))
        .filter(sql -> !sql.isEmpty())
        .map(sql -> step(sql, table))
        .toList();
    return new Script(name, steps);
  }

  private static Step step(String sql, String table) {
    Matcher index = INDEX.matcher(sql);
    Matcher column = COLUMN.matcher(sql);
    Matcher body = TABLE.matcher(sql);
    if (sql.contains(Statements.stampTable(table))) {
      Found.StampTable before = body.matches() ? Found.StampTable.ABSENT : Found.StampTable.EMPTY;
      return new Step(sql, found -> found.stamp() == before, List.of());
    }
    if (index.matches()) {
      return new Step(sql, new Part.Key(columns(index.group(2)), index.group(1) != null, sql));
    }
    if (column.matches()) {
      return new Step(sql, new Part.Column(column.group(1), column.group(2), sql));
    }
    if (body.matches()) {
      List<String> lines = lines(body.group(1));
      List<Part> parts = lines.stream()
          .filter(line -> !line.startsWith("CONSTRAINT") || !line.contains(" CHECK "))
          .map(line -> part(line, table))
          .toList();
      return new Step(sql, found -> !found.exists(), parts);
    }
    throw new IllegalStateException("not understood: " + sql);
  }

  private static Part part(String line, String table) {
    String cure = "ALTER TABLE " + table + " ADD " + line;
    Matcher key = KEY.matcher(line);
    if (key.matches()) {
      return new Part.Key(columns(key.group(2)), key.group(1) != null, cure);
    }
    int blank = line.indexOf(' ');
    return new Part.Column(line.substring(0, blank), line.substring(blank + 1), cure);
  }

  /** Parts what stands between the parentheses of a table at the commas that stand in no others. */
  private static List<String> lines(String body) {
    List<String> lines = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        lines.add(body.substring(start, i).strip());
        start = i + 1;
      }
    }
    lines.add(body.substring(start).strip());
    return lines;
  }

  private static List<String> columns(String joined) {
    return List.of(joined.split(", "));
  }

  private static String resource(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
