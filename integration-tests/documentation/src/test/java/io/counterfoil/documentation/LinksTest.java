package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Page.Located;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every link of every document leads somewhere. Nothing is downloaded. */
class LinksTest {
  private static final String INDEX = "docs/README.md";

  /** The hosts of other projects to which documents may link. Add one only if its pages are likely to stay. */
  private static final Set<String> HOSTS = Set.of(
      "central.sonatype.com",
      "central.sonatype.org",
      "cheatsheetseries.owasp.org",
      "docs.github.com",
      "docs.spring.io",
      "github.com",
      "jspecify.dev",
      "keepachangelog.com",
      "maven.apache.org",
      "semver.org",
      "slsa.dev",
      "www.npmjs.com",
      "www.rfc-editor.org");

  /** A server that the reader has started. */
  private static final String LOCAL = "http://127.0.0.1:8080/";

  @Test
  void every_link_to_a_file_or_heading_of_the_project_is_valid() {
    Problems problems = new Problems();
    for (Page page : Page.all()) {
      for (Located link : page.links()) {
        if (!isExternal(link.text())) {
          check(page, link, problems);
        }
      }
    }
    problems.assertNone();
  }

  @Test
  void every_link_to_another_site_uses_https_and_a_known_host() {
    Problems problems = new Problems();
    for (Page page : Page.all()) {
      for (Located link : page.links()) {
        if (isExternal(link.text()) && !link.text().startsWith(LOCAL)) {
          URI target = URI.create(link.text());
          if (!"https".equals(target.getScheme()) || !HOSTS.contains(target.getHost())) {
            problems.add(
                page, link.line(), link.text() + " (expected: https, and one of " + HOSTS + ')');
          }
        }
      }
    }
    problems.assertNone();
  }

  @Test
  void every_page_of_docs_is_reachable_from_its_index() {
    Set<String> reached = new TreeSet<>(Set.of(INDEX));
    Deque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      Page page = Page.of(next.remove());
      for (Located link : page.links()) {
        String target = isExternal(link.text()) ? "" : target(page, link.text());
        if (target.startsWith("docs/") && target.endsWith(".md") && reached.add(target)) {
          next.add(target);
        }
      }
    }
    assertThat(reached)
        .as("the pages that " + INDEX + " leads to, through pages of docs only")
        .containsAll(Page.all().stream()
            .map(Page::name)
            .filter(name -> name.startsWith("docs/"))
            .toList());
  }

  private static void check(Page page, Located link, Problems problems) {
    String target = target(page, link.text());
    if (!Files.exists(ProjectFiles.path(target)) || target.startsWith("..")) {
      problems.add(page, link.line(), link.text() + " (expected: a file of the project)");
      return;
    }
    int hash = link.text().indexOf('#');
    if (hash < 0) {
      return;
    }
    String anchor = link.text().substring(hash + 1);
    if (!target.endsWith(".md")) {
      problems.add(page, link.line(), link.text() + " (expected: an anchor in a Markdown file)");
    } else if (!Page.of(target).anchors().contains(anchor)) {
      problems.add(
          page,
          link.line(),
          link.text() + " (expected: one of " + Page.of(target).anchors() + ')');
    }
  }

  /** Returns the file that a link of a page leads to, relative to the root. */
  private static String target(Page page, String link) {
    String file = link.replaceFirst("#.*", "");
    Path target = file.isEmpty()
        ? ProjectFiles.path(page.name())
        : ProjectFiles.path(page.name()).resolveSibling(file).normalize();
    return ProjectFiles.name(target);
  }

  private static boolean isExternal(String link) {
    return link.matches("[a-z][a-z0-9+.-]*:.*") || link.startsWith("//");
  }
}
