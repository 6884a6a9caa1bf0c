package io.counterfoil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses in CIDR notation, such as {@code 192.0.2.0/24} or {@code 2001:db8::/32} (RFC 4632 section 3.1, RFC 4291
 * section 2.3). A single address is a range that contains one address.
 *
 * <p>An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}, RFC 4291 section 2.5.5.2) is treated as the IPv4 address. No method
 * looks up a host name. Immutable.
 */
public final class AddressRange {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  /** Text with a colon, which the JDK parses as an address or rejects, but never looks up as a host name. */
  private static final Pattern IPV6 = Pattern.compile("(?=.{0,4}:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final int MAPPED_BITS = 96;

  private final InetAddress first;
  private final int prefix;

  private AddressRange(InetAddress first, int prefix) {
    this.first = first;
    this.prefix = prefix;
  }

  /**
   * Parses a range or a single address.
   *
   * @throws IllegalArgumentException if the text is neither of these, or if bits beyond the prefix are set
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String start = slash < 0 ? text : text.substring(0, slash);
    Optional<InetAddress> first = address(start);
    if (first.isEmpty()) {
      throw rejected(text);
    }
    int bits = first.get().getAddress().length * Byte.SIZE;
    int prefix =
        slash < 0 ? bits : prefix(text.substring(slash + 1), bits, start.indexOf(':') >= 0);
    if (prefix < 0 || hasBitsBeyond(first.get().getAddress(), prefix)) {
      throw rejected(text);
    }
    return new AddressRange(first.get(), prefix);
  }

  /**
   * Returns the prefix length; a negative number if it is invalid. In the text, the prefix length of an IPv4-mapped address
   * includes 96 more bits.
   */
  private static int prefix(String text, int bits, boolean ipv6) {
    if (!PREFIX.matcher(text).matches()) {
      return -1;
    }
    int prefix = Integer.parseInt(text) - (ipv6 && bits == Integer.SIZE ? MAPPED_BITS : 0);
    return prefix <= bits ? prefix : -1;
  }

  private static boolean hasBitsBeyond(byte[] address, int prefix) {
    return !Arrays.equals(address, masked(address, prefix));
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int bits = Math.max(0, Math.min(Byte.SIZE, prefix - i * Byte.SIZE));
      masked[i] &= (byte) (0xff << (Byte.SIZE - bits));
    }
    return masked;
  }

  private static IllegalArgumentException rejected(String text) {
    return new IllegalArgumentException("address: " + LogSanitizer.quote(text)
        + " (expected: an IP address, or a range such as 192.0.2.0/24 or 2001:db8::/32"
        + " without bits beyond the prefix)");
  }

  /** Parses an address. Returns empty for any other text, including host names and addresses with a zone. */
  public static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          InetAddress.getByName(text)); // has a colon or is IPv4, so it is not looked up
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Returns the text of an address without its zone, at most 45 characters. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** Returns whether an address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == first.getAddress().length
        && Arrays.equals(masked(bytes, prefix), first.getAddress());
  }

  /** Returns whether all addresses of another range are in this one. */
  public boolean contains(AddressRange other) {
    return prefix <= other.prefix && contains(other.first);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddressRange that && first.equals(that.first) && prefix == that.prefix;
  }

  @Override
  public int hashCode() {
    return 31 * first.hashCode() + prefix;
  }

  /** Returns the canonical form, always with a prefix length. */
  @Override
  public String toString() {
    return first.getHostAddress() + '/' + prefix;
  }
}
