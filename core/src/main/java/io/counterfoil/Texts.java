package io.counterfoil;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Texts in alphabetical order. Immutable: one that is there is not copied again for each row and token that has it. */
final class Texts extends AbstractSet<String> {
  private static final Texts NONE = new Texts(new String[0]);

  private final String[] sorted;

  private Texts(String[] sorted) {
    this.sorted = sorted;
  }

  static Texts of(Collection<String> texts) {
    if (texts instanceof Texts same) {
      return same;
    }
    return texts.isEmpty() ? NONE : new Texts(new TreeSet<>(texts).toArray(String[]::new));
  }

  @Override
  public boolean contains(@Nullable Object text) {
    return text instanceof String wanted && Arrays.binarySearch(sorted, wanted) >= 0;
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.asList(sorted).iterator(); // which cannot remove anything
  }

  @Override
  public int size() {
    return sorted.length;
  }
}
