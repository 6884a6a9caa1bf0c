package io.counterfoil.jdbc;

/**
 * A line that a {@link RowChangerMain} prints.
 *
 * @param id the id of the row; {@link io.counterfoil.StoredToken#UNSAVED} if it is not known yet
 */
record ChangeReport(Status status, RowChange change, long id, String name) {
  enum Status {
    /** The change will be made now. */
    STARTED,
    /** The change was made. */
    ACKNOWLEDGED,
    /** The change failed: either it has been made, or it never will be. */
    FAILED
  }

  static ChangeReport parse(String line) {
    String[] words = line.split(" ", 4);
    return new ChangeReport(
        Status.valueOf(words[0]), RowChange.valueOf(words[1]), Long.parseLong(words[2]), words[3]);
  }

  /** Returns the line, without a line separator. */
  String toLine() {
    return status + " " + change + ' ' + id + ' ' + name;
  }
}
