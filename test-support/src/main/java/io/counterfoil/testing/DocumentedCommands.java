package io.counterfoil.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands in the shell blocks of a document, without those that build or start the server. Bash runs them, with the address of a
 * running server. A comment after a command says what it prints: a status, which a comma and a header may follow; JSON; or words, which
 * stand for a success of the management API.
 */
public final class DocumentedCommands {
  private static final String ADDRESS = "http://127.0.0.1:8080";
  private static final Pattern COMMENT = Pattern.compile("(\\S.*\\S)\\s{2,}# (.*)");
  private static final Pattern STATUS = Pattern.compile("(\\d{3})\\b(?:, (\\S+: .*))?.*");
  private static final String MARK = "@@ line ";

  private final Path document;
  private final List<Expectation> expectations = new ArrayList<>();
  private final StringBuilder script =
      new StringBuilder("curl() { command curl -sS $SHOW \"$@\"; }\n");

  private boolean isContinued;

  private DocumentedCommands(Path document) {
    this.document = document;
  }

  private record Expectation(int line, String text) {}

  /** Runs the commands in a folder, and returns the problem of each command that does not print what its comment says. */
  public static List<String> problems(Path document, String address, Path folder)
      throws IOException, InterruptedException {
    DocumentedCommands commands = new DocumentedCommands(document);
    commands.read(address);
    return commands.compare(commands.run(folder));
  }

  private void read(String address) throws IOException {
    List<String> lines = Files.readAllLines(document);
    boolean inBlock = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        inBlock = line.equals("```shell");
      } else if (inBlock && !line.startsWith("./mvnw") && !line.startsWith("java ")) {
        add(i + 1, line.replace(ADDRESS, address));
      }
    }
  }

  /** A line without a comment gets a mark, too, so that its output is not taken for that of the line before. */
  private void add(int number, String line) {
    Matcher comment = COMMENT.matcher(line);
    boolean showsStatus = false;
    if (comment.matches()) {
      expectations.add(new Expectation(number, comment.group(2)));
      showsStatus = STATUS.matcher(comment.group(2)).matches();
    }
    if (!isContinued) {
      mark(String.valueOf(number))
          .append("SHOW=")
          .append(showsStatus ? "-i" : "")
          .append('\n');
    }
    script.append(line).append('\n');
    isContinued = line.endsWith("\\");
  }

  private StringBuilder mark(String name) {
    return script.append("printf '\\n").append(MARK).append(name).append("\\n'\n");
  }

  private String run(Path folder) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("commands.sh"), mark("end"));
    Path output = folder.resolve("commands.txt");
    Process bash = new ProcessBuilder("bash", "-u", file.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    if (!bash.waitFor(60, TimeUnit.SECONDS)) {
      bash.destroyForcibly();
      throw new AssertionError("the commands of " + document + " did not end within 60 seconds");
    }
    return new String(Files.readAllBytes(output), UTF_8);
  }

  private List<String> compare(String output) {
    List<String> problems = new ArrayList<>();
    for (Expectation expectation : expectations) {
      String start = MARK + expectation.line + '\n';
      String rest = output.substring(output.indexOf(start) + start.length());
      String printed = rest.substring(0, rest.indexOf(MARK)).strip();
      if (!isAsSaid(printed, expectation.text)) {
        problems.add(document + ":" + expectation.line + ": " + printed + " (expected: "
            + expectation.text + ')');
      }
    }
    return expectations.isEmpty() ? List.of(document + ": no command has a comment") : problems;
  }

  private static boolean isAsSaid(String printed, String comment) {
    Matcher status = STATUS.matcher(comment);
    if (status.matches()) {
      String header = status.group(2);
      return printed.startsWith("HTTP/1.1 " + status.group(1))
          && (header == null || printed.contains(header + '\r') || printed.contains(header + '\n'));
    }
    return comment.startsWith("[") ? printed.equals(comment) : printed.contains("\"success\":true");
  }
}
