package io.counterfoil.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** A document of the project, parsed as GitHub parses it. Lines are counted from 1. */
final class Page {
  private static final Parser PARSER = Parser.builder()
      .extensions(List.of(TablesExtension.create()))
      .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
      .build();
  private static final Pattern HTML_LINK = Pattern.compile("(?:src|srcset|href)=\"([^\"]*)\"");
  private static final List<Page> ALL =
      ProjectFiles.endingWith(".md").stream().map(Page::new).toList();

  private final String name;
  private final String text;
  private final Node document;

  private Page(Path file) {
    name = ProjectFiles.name(file);
    text = ProjectFiles.read(file);
    document = PARSER.parse(text);
  }

  /** A text of the page and its line. */
  record Located(String text, int line) {}

  /**
   * A code block.
   *
   * @param tag the language tag; empty if there is none
   * @param fileName the name of the file that the block is, from a paragraph before it that is only a bold file name
   */
  record Block(String tag, String text, int line, Optional<String> fileName) {}

  /** Returns every Markdown file of the project. */
  static List<Page> all() {
    return ALL;
  }

  static Page of(String name) {
    return ALL.stream()
        .filter(page -> page.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + name));
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  List<String> lines() {
    return text.lines().toList();
  }

  boolean isTutorial() {
    return name.startsWith("docs/tutorials/");
  }

  /** Returns this place as a reader of a failure needs it. */
  String at(int line) {
    return name + ':' + line;
  }

  /** Returns the targets of all links and images, also of those in HTML. */
  List<Located> links() {
    List<Located> links = new ArrayList<>();
    for (Node node : nodes()) {
      if (node instanceof Link link) {
        links.add(new Located(link.getDestination(), line(node)));
      } else if (node instanceof Image image) {
        links.add(new Located(image.getDestination(), line(node)));
      } else if (node instanceof HtmlBlock html) {
        addHtml(html.getLiteral(), node, links);
      } else if (node instanceof HtmlInline html) {
        addHtml(html.getLiteral(), node, links);
      }
    }
    return links;
  }

  private static void addHtml(String html, Node node, List<Located> links) {
    HTML_LINK
        .matcher(html)
        .results()
        .forEach(link -> links.add(new Located(link.group(1), line(node))));
  }

  /** Returns the anchors of the headings, in order. */
  List<String> anchors() {
    Anchors anchors = new Anchors();
    return nodes().stream()
        .filter(Heading.class::isInstance)
        .map(heading -> anchors.of(Texts.of(heading)))
        .toList();
  }

  /** Returns each piece of inline code. */
  List<Located> code() {
    return nodes().stream()
        .filter(Code.class::isInstance)
        .map(node -> new Located(((Code) node).getLiteral(), line(node)))
        .toList();
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Node node : nodes()) {
      if (node instanceof FencedCodeBlock block) {
        String tag = block.getInfo();
        blocks.add(new Block(tag, block.getLiteral(), line(node), fileName(block.getPrevious())));
      } else if (node instanceof IndentedCodeBlock block) {
        blocks.add(new Block("", block.getLiteral(), line(node), Optional.empty()));
      }
    }
    return blocks;
  }

  private static Optional<String> fileName(Node before) {
    boolean isBold = before instanceof Paragraph
        && before.getFirstChild() instanceof StrongEmphasis bold
        && bold.getFirstChild() instanceof Code
        && bold.getNext() == null;
    return isBold ? Optional.of(Texts.of(before)) : Optional.empty();
  }

  /** Returns the first table after the heading with this text. */
  Table table(String heading) {
    Node node = nodes().stream()
        .filter(each -> each instanceof Heading && Texts.of(each).equals(heading))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " has no heading " + heading));
    return Table.after(node, this);
  }

  private List<Node> nodes() {
    return Texts.descendants(document);
  }

  static int line(Node node) {
    Node located = node;
    while (located.getSourceSpans().isEmpty()) {
      located = located.getParent();
    }
    return located.getSourceSpans().get(0).getLineIndex() + 1;
  }
}
