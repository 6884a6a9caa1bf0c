package io.counterfoil.http;

import io.counterfoil.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A header in which proxies report the client's address. Each proxy appends the address from which it got the request. With
 * {@link BearerAuthenticator.Builder#refuseCleartext}, they also report whether they got it over TLS.
 */
public enum ForwardedHeader {
  /** {@code Forwarded}, with its parameters {@code for} and {@code proto} (RFC 7239). */
  FORWARDED("Forwarded"),
  /** {@code X-Forwarded-For}, a list of addresses. The protocol is in {@code X-Forwarded-Proto}. */
  X_FORWARDED_FOR("X-Forwarded-For");

  private final String headerName;

  ForwardedHeader(String headerName) {
    this.headerName = headerName;
  }

  String headerName() {
    return headerName;
  }

  /**
   * Returns the elements of one line of the header, in the order received.
   *
   * <p>A client can send lines of its own, and a proxy can append to the last of them. So each line is read alone: a
   * quotation mark in one does not affect the next. {@code X-Forwarded-For} has no quotation marks at all. A line of
   * {@code Forwarded} whose last quotation mark is missing ends with an element that is not an address.
   */
  List<String> elements(String line) {
    return this == FORWARDED
        ? split(line, ',')
        : Stream.of(line.split(",", -1)).map(String::strip).toList();
  }

  /** Returns the address in an element, or empty if there is none. */
  Optional<InetAddress> address(String element) {
    return this == FORWARDED
        ? parameter("for=", element).flatMap(ForwardedHeader::node)
        : node(element);
  }

  /** Returns the scheme in an element of {@code Forwarded}, or empty if there is none. */
  static Optional<String> proto(String element) {
    return parameter("proto=", element);
  }

  private static Optional<String> parameter(String start, String element) {
    List<String> values = new ArrayList<>();
    for (String pair : split(element, ';')) {
      if (pair.regionMatches(true, 0, start, 0, start.length())) {
        values.add(pair.substring(start.length()));
      }
    }
    return values.size() == 1 ? Optional.of(unquoted(values.get(0))) : Optional.empty();
  }

  /** Splits at separators outside quotation marks. A part without a closing quotation mark becomes empty. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(quoted ? "" : text.substring(start).strip());
    return parts;
  }

  /** Leaves backslashes alone: no character of an address needs one. */
  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /**
   * Parses a node of RFC 7239 section 6: an address, in brackets if it is IPv6, with an optional port. Accepts IPv6
   * addresses without brackets and with a zone too, because many proxies send them. Returns empty for {@code unknown}
   * and for obfuscated identifiers.
   */
  private static Optional<InetAddress> node(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 || !isPort(text.substring(end + 1))
          ? Optional.empty()
          : withoutZone(text.substring(1, end));
    }
    int colon = text.indexOf(':');
    boolean hasPort =
        colon >= 0 && text.indexOf(':', colon + 1) < 0 && isPort(text.substring(colon));
    return hasPort ? AddressRange.address(text.substring(0, colon)) : withoutZone(text);
  }

  /** Ignores the zone of an IPv6 address (RFC 4007 section 11), which has a meaning only for the proxy. */
  private static Optional<InetAddress> withoutZone(String text) {
    int colon = text.indexOf(':');
    int zone = text.indexOf('%', colon);
    boolean hasZone = colon >= 0 && zone > 0 && zone < text.length() - 1;
    return AddressRange.address(hasZone ? text.substring(0, zone) : text);
  }

  /** The port may be an obfuscated one (RFC 7239 section 6.3). */
  private static boolean isPort(String text) {
    return text.isEmpty() || text.matches(":(?:[0-9]{1,5}|_[0-9A-Za-z._-]+)");
  }
}
