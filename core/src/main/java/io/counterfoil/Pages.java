package io.counterfoil;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** The rows of a store as a stream: the first page is read at once, each other one when the stream comes to it. */
final class Pages {
  static final int SIZE = 500;

  private Pages() {}

  static Stream<StoredToken> of(LongFunction<List<StoredToken>> pageAfter) {
    return Stream.iterate(
            pageAfter.apply(0),
            page -> !page.isEmpty(),
            page -> page.size() < SIZE
                ? List.of()
                : pageAfter.apply(page.get(page.size() - 1).id()))
        .flatMap(List::stream);
  }
}
