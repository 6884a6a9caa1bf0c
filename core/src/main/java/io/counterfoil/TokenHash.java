package io.counterfoil;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one-way image of a plaintext: 32 bytes, and a tag that says how they were made.
 *
 * <p>Two hashes are equal when bytes and tag are; the comparison takes the same time wherever the bytes differ. {@code
 * toString} shows the tag alone. A hash cannot be presented as a token. Immutable.
 */
public final class TokenHash {
  /** The number of bytes of a hash. */
  public static final int LENGTH = 32;

  /** The greatest number of characters of a tag. */
  public static final int MAX_TAG_LENGTH = 64;

  private final String tag;
  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /** The tag must be one that {@link #of} would take. */
  TokenHash(String tag, long first, long second, long third, long fourth) {
    this.tag = tag;
    this.first = first;
    this.second = second;
    this.third = third;
    this.fourth = fourth;
  }

  /**
   * Returns the hash of these bytes under that tag. A store calls it for what it has kept; a tag that no manager knows is
   * kept like any other, and never matches.
   *
   * @throws IllegalArgumentException if there are not 32 bytes, or the tag is not 1 to 64 of {@code a-z 0-9 . _ : -}
   */
  public static TokenHash of(String tag, byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "hash: " + bytes.length + " bytes (expected: " + LENGTH + ")");
    }
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return new TokenHash(
        checkedTag(tag), words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /** Returns the tag that says how the bytes were made, such as {@code sha256}. */
  public String tag() {
    return tag;
  }

  /** Returns a new array of the 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenHash that && sameBytes(that) && tag.equals(that.tag);
  }

  /** No early exit between the four words: how many of them match must not show in the time (CWE-208). */
  private boolean sameBytes(TokenHash that) {
    return ((first ^ that.first)
            | (second ^ that.second)
            | (third ^ that.third)
            | (fourth ^ that.fourth))
        == 0;
  }

  /** The bytes are uniform: some of them are as good as a mix of all. */
  @Override
  public int hashCode() {
    return (int) first;
  }

  @Override
  public String toString() {
    return "TokenHash[" + tag + ":****]";
  }

  private static String checkedTag(String tag) {
    boolean legal = !tag.isEmpty() && tag.length() <= MAX_TAG_LENGTH;
    for (int i = 0; legal && i < tag.length(); i++) {
      legal = isTagCharacter(tag.charAt(i));
    }
    if (!legal) {
      throw new IllegalArgumentException(
          "hash tag (expected: 1 to " + MAX_TAG_LENGTH + " of a-z, 0-9, '.', '_', ':', '-')");
    }
    return tag;
  }

  private static boolean isTagCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '-';
  }
}
