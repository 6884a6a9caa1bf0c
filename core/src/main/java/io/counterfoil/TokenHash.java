package io.counterfoil;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a plaintext: 32 bytes, and a tag that names the algorithm and the pepper.
 *
 * <p>Two hashes are equal if their bytes and tags are equal. The comparison takes the same time no matter which bytes differ.
 * {@code toString} shows only the tag. A hash cannot be presented as a token. Immutable.
 */
public final class TokenHash {
  /** The number of bytes in a hash. */
  public static final int LENGTH = 32;

  /** The maximum number of characters in a tag. */
  public static final int MAX_TAG_LENGTH = 64;

  /** The tag of a hash whose plaintext has leaked. No pepper has this tag. */
  private static final String LEAKED = "leaked";

  private final String tag;

  /** The bytes, eight in each number. An array would be a second object, which a lookup would have to fetch from memory. */
  private final long first;

  private final long second;
  private final long third;
  private final long fourth;

  private TokenHash(String tag, ByteBuffer bytes) {
    this.tag = tag;
    first = bytes.getLong();
    second = bytes.getLong();
    third = bytes.getLong();
    fourth = bytes.getLong();
  }

  /**
   * Returns a hash with that tag and these bytes. A store calls it for each hash that it reads. A hash with a tag that no manager
   * knows is allowed, but never matches.
   *
   * @param tag 1 to 64 characters of {@code a-z 0-9 . _ : -}
   * @param bytes 32 bytes, which are copied
   * @throws IllegalArgumentException if the tag has other characters or another length, or there are not 32 bytes
   */
  public static TokenHash of(String tag, byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "hash: " + bytes.length + " bytes (expected: " + LENGTH + ")");
    }
    return computed(checkedTag(tag), bytes);
  }

  /** Returns the hash of 32 bytes with a tag that is known to be valid. */
  static TokenHash computed(String tag, byte[] bytes) {
    return new TokenHash(tag, ByteBuffer.wrap(bytes));
  }

  /** Returns a hash with the same bytes that no plaintext matches: its plaintext has leaked. */
  TokenHash leaked() {
    return computed(LEAKED, bytes());
  }

  boolean isLeaked() {
    return tag.equals(LEAKED);
  }

  /** Returns the tag, such as {@code sha256}. */
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

  /**
   * Returns whether another hash has the same bytes, whatever its tag. Like {@code equals}, this takes the same time no matter
   * which bytes differ. Hashes with the same bytes have the same {@code hashCode}.
   */
  public boolean hasSameBytes(TokenHash other) {
    // All bytes are compared, whichever differ, so the time is constant (CWE-208).
    return ((first ^ other.first)
            | (second ^ other.second)
            | (third ^ other.third)
            | (fourth ^ other.fourth))
        == 0;
  }

  boolean hasBytesOfAny(List<TokenHash> others) {
    return others.stream().anyMatch(this::hasSameBytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof TokenHash that && hasSameBytes(that) && tag.equals(that.tag));
  }

  /** Uses all bytes, because an imported hash need not be random. */
  @Override
  public int hashCode() {
    return Long.hashCode(((first * 31 + second) * 31 + third) * 31 + fourth);
  }

  @Override
  public String toString() {
    return "TokenHash[" + tag + ":****]";
  }

  private static String checkedTag(String tag) {
    if (tag.isEmpty()
        || tag.length() > MAX_TAG_LENGTH
        || !tag.chars().allMatch(TokenHash::isTagCharacter)) {
      throw new IllegalArgumentException(
          "hash tag (expected: 1 to " + MAX_TAG_LENGTH + " of a-z, 0-9, '.', '_', ':', '-')");
    }
    return tag;
  }

  private static boolean isTagCharacter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ".:_-".indexOf(c) >= 0;
  }
}
