package io.counterfoil;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Streams the rows of a store page by page. */
final class Paging {
  static final int PAGE_SIZE = 500;

  private Paging() {}

  /**
   * Returns the rows of all pages. The first page is read at once. Each further page is read when the stream reaches it.
   *
   * @param pageAfter returns the page of rows whose ids are greater than the given one
   */
  static Stream<StoredToken> stream(LongFunction<List<StoredToken>> pageAfter) {
    return Stream.iterate(
            pageAfter.apply(0),
            page -> !page.isEmpty(),
            page -> page.size() < PAGE_SIZE
                ? List.of()
                : pageAfter.apply(page.get(page.size() - 1).id()))
        .flatMap(List::stream);
  }

  static void requirePositive(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: at least 1)");
    }
  }
}
