package io.counterfoil.documentation;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The texts of parsed Markdown, as readers see them. */
final class Texts {
  private Texts() {}

  /** Returns the text of a node without markup. */
  static String of(Node node) {
    StringBuilder text = new StringBuilder();
    for (Node each : descendants(node)) {
      if (each instanceof Text plain) {
        text.append(plain.getLiteral());
      } else if (each instanceof Code code) {
        text.append(code.getLiteral());
      } else if (each instanceof SoftLineBreak || each instanceof HardLineBreak) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  /** Returns each piece of code in a node. */
  static List<String> code(Node node) {
    return descendants(node).stream()
        .filter(Code.class::isInstance)
        .map(code -> ((Code) code).getLiteral())
        .toList();
  }

  /** Returns the nodes below this one, in the order of the text. */
  static List<Node> descendants(Node node) {
    List<Node> all = new ArrayList<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      all.add(child);
      all.addAll(descendants(child));
    }
    return all;
  }
}
