package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenEvent;
import io.counterfoil.TokenListener;
import io.counterfoil.Verdict;
import io.counterfoil.documentation.Table.Row;
import io.counterfoil.testing.CapturedLog;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables of events, reasons and loggers in docs/reference.md equal the code and the audit log of a run. */
class EventsReferenceTest {
  private static final Pattern LINE =
      Pattern.compile("(DEBUG|INFO|WARN|ERROR) io\\.counterfoil\\.audit - event=(\\S+)(.*)");
  private static final Pattern FIELD = Pattern.compile(" (\\w+)=(?:\"(?:[^\"\\\\]|\\\\.)*\"|\\S+)");
  private static final Pattern LOGGER =
      Pattern.compile("LoggerFactory\\.getLogger\\(\\s*(?:\"([^\"]+)\"|(\\w+)\\.class)\\)");

  /** The fields of every line, and one that depends on the number of lines before. */
  private static final Set<String> COMMON = Set.of("actor", "address", "omitted");

  /** The lines of the run: level and fields by event. */
  private static final Map<String, Set<String>> LEVELS = new TreeMap<>();

  private static final Map<String, Set<String>> FIELDS = new TreeMap<>();
  private static final Map<String, String> CLASSES = new TreeMap<>();
  private static final Set<String> REASONS = new TreeSet<>();

  private final Page reference = Page.of("docs/reference.md");
  private final Table events = reference.table("Events");
  private final Problems problems = new Problems();

  @BeforeAll
  static void run() {
    String log = CapturedLog.of(() -> new EveryEvent()
        .run(builder -> builder
            .synchronousListener(TokenListener.audit())
            .synchronousListener(
                event -> CLASSES.put(event.name(), event.getClass().getSimpleName()))));
    for (MatchResult line : LINE.matcher(log).results().toList()) {
      String event = line.group(2);
      LEVELS.computeIfAbsent(event, name -> new TreeSet<>()).add(line.group(1));
      Set<String> fields = FIELDS.computeIfAbsent(event, name -> new TreeSet<>());
      FIELD.matcher(line.group(3)).results().forEach(field -> fields.add(field.group(1)));
      fields.removeAll(COMMON);
      Pattern.compile(" reason=(\\w+)")
          .matcher(line.group(3))
          .results()
          .forEach(reason -> REASONS.add(reason.group(1)));
    }
  }

  @Test
  void the_run_causes_every_event_and_every_reason() {
    Set<String> classes = Arrays.stream(TokenEvent.class.getDeclaredClasses())
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .map(Class::getSimpleName)
        .collect(Collectors.toSet());
    assertThat(new TreeSet<>(CLASSES.values())).containsExactlyInAnyOrderElementsOf(classes);
    assertThat(REASONS)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Verdict.Reason.values()).map(Enum::name).toList());
  }

  @Test
  void every_event_is_listed_with_its_class_level_and_fields() {
    problems.compareNames(events, CLASSES.keySet());
    for (Row row : events.rows()) {
      String event = row.text(0);
      problems.compare(row, row.text(1), CLASSES.getOrDefault(event, "no class"));
      problems.compare(row, Set.of(row.text(2)), LEVELS.getOrDefault(event, Set.of()));
      problems.compare(row, new TreeSet<>(row.code(3)), FIELDS.getOrDefault(event, Set.of()));
    }
    problems.assertNone();
  }

  @Test
  void every_reason_is_listed_with_its_tag() {
    Table reasons = reference.table("Reasons of rejections");
    problems.compareNames(reasons, REASONS);
    for (Row row : reasons.rows()) {
      problems.compare(row, row.text(1), row.text(0).toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    problems.assertNone();
  }

  @Test
  void every_logger_is_below_a_listed_one_that_has_its_levels() {
    Map<String, Set<String>> levels = new TreeMap<>();
    ProjectFiles.endingWith(".java").stream()
        .filter(ProjectArtifacts::isPublished)
        .map(ProjectFiles::read)
        .forEach(source -> addLoggers(source, levels));
    Table loggers = reference.table("Loggers");
    problems.compareNames(loggers, levels.keySet());
    for (Row row : loggers.rows()) {
      Set<String> listed = new TreeSet<>(Set.of(row.text(1).split(", ")));
      problems.compare(row, listed, levels.getOrDefault(row.text(0), Set.of()));
    }
    problems.assertNone();
  }

  /** A logger that is named after a class counts for its package. */
  private static void addLoggers(String source, Map<String, Set<String>> levels) {
    LOGGER.matcher(source).results().forEach(logger -> {
      String named = logger.group(1);
      String name =
          named == null ? source.replaceFirst("(?s).*?package ([\\w.]+);.*", "$1") : named;
      Set<String> used = levels.computeIfAbsent(name, each -> new TreeSet<>());
      Pattern.compile("\\b(?:LOG(?:\\.|::)|at)(debug|info|warn|error)\\b")
          .matcher(source)
          .results()
          .forEach(level -> used.add(level.group(1).toUpperCase(Locale.ROOT)));
    });
  }
}
