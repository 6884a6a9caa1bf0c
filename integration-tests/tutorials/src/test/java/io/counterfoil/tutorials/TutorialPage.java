package io.counterfoil.tutorials;

import io.counterfoil.tutorials.Step.OpenInBrowser;
import io.counterfoil.tutorials.Step.OpenSecondTerminal;
import io.counterfoil.tutorials.Step.Restart;
import io.counterfoil.tutorials.Step.RunCommands;
import io.counterfoil.tutorials.Step.RunInCheckout;
import io.counterfoil.tutorials.Step.WriteFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the steps of a tutorial from its Markdown. {@link Step} lists the conventions. */
final class TutorialPage {
  private static final String FENCE = "```";
  private static final Pattern FILE_NAME = Pattern.compile("\\*\\*`([^`]+)`\\*\\*");

  /** Line breaks may be anywhere in these words. */
  private static final Pattern PROSE = Pattern.compile("(?<terminal>In\\s+a\\s+second\\s+terminal)"
      + "|(?<restart>press\\s+Ctrl\\+C,\\s+and\\s+start\\s+the\\s+application\\s+again)"
      + "|<(?<address>http:[^>]+)>");

  private static final Pattern CHECKOUT = Pattern.compile("In\\s+a\\s+checkout");

  private final List<String> lines;
  private final List<Step> steps = new ArrayList<>();
  private int next;

  private TutorialPage(String markdown) {
    lines = markdown.lines().toList();
  }

  static List<Step> steps(String markdown) {
    TutorialPage page = new TutorialPage(markdown);
    while (page.next < page.lines.size()) {
      page.readBlock(page.readProse());
    }
    return List.copyOf(page.steps);
  }

  /** Reads up to the next block. */
  private String readProse() {
    List<String> prose = new ArrayList<>();
    while (next < lines.size() && !lines.get(next).startsWith(FENCE)) {
      prose.add(lines.get(next++));
    }
    String text = String.join("\n", prose);
    Matcher found = PROSE.matcher(text);
    while (found.find()) {
      steps.add(step(found));
    }
    return text;
  }

  private static Step step(Matcher found) {
    if (found.group("terminal") != null) {
      return new OpenSecondTerminal();
    }
    return found.group("restart") != null
        ? new Restart()
        : new OpenInBrowser(URI.create(found.group("address")));
  }

  private void readBlock(String prose) {
    if (next == lines.size()) {
      return;
    }
    Matcher file = FILE_NAME.matcher(next == 0 ? "" : lines.get(next - 1));
    String tag = lines.get(next).substring(FENCE.length());
    String content = content();
    if (file.matches()) {
      steps.add(new WriteFile(file.group(1), content));
    } else if (tag.equals("shell")) {
      boolean isOutside = CHECKOUT.matcher(prose).find();
      steps.add(isOutside ? new RunInCheckout(content) : new RunCommands(content, output()));
    } else {
      throw new AssertionError("This block is neither a file nor commands:\n" + content);
    }
  }

  private Optional<String> output() {
    boolean isShown = next < lines.size() && lines.get(next).equals(FENCE + "text");
    return isShown ? Optional.of(content()) : Optional.empty();
  }

  private String content() {
    int first = ++next;
    while (!lines.get(next).equals(FENCE)) {
      next++;
    }
    return String.join("\n", lines.subList(first, next++)) + '\n';
  }
}
