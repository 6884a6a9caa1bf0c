package io.counterfoil.jdbc;

/**
 * A line that a {@link Changer} prints.
 *
 * @param id of the row; {@link io.counterfoil.StoredToken#UNSAVED} as long as nobody knows it
 */
record Report(Word word, Change change, long id, String name) {
  /** What is said of a change. */
  enum Word {
    /** It will be made now. */
    INTENDED,
    /** It was made. */
    ACKNOWLEDGED,
    /** It failed: it was made, or it was not and never will be. */
    FAILED
  }

  /** Reads one. */
  static Report of(String line) {
    String[] words = line.split(" ", 4);
    return new Report(
        Word.valueOf(words[0]), Change.valueOf(words[1]), Long.parseLong(words[2]), words[3]);
  }

  /** Returns it as it is printed, without the end of the line. */
  String line() {
    return word + " " + change + ' ' + id + ' ' + name;
  }
}
