package io.counterfoil.http;

import io.counterfoil.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A header in which proxies report the client's address. Each proxy appends the address from which it got the request.
 */
public enum ForwardedHeader {
  /** {@code Forwarded}, with its parameter {@code for} (RFC 7239). */
  FORWARDED("Forwarded"),
  /** {@code X-Forwarded-For}, a list of addresses. */
  X_FORWARDED_FOR("X-Forwarded-For");

  private static final String FOR = "for=";

  private final String headerName;

  ForwardedHeader(String headerName) {
    this.headerName = headerName;
  }

  String headerName() {
    return headerName;
  }

  /** Returns the elements of all lines of the header, in the order received. */
  static List<String> elements(List<String> lines) {
    return split(String.join(",", lines), ',');
  }

  /** Returns the address in an element, or empty if there is none. */
  Optional<InetAddress> address(String element) {
    return this == FORWARDED ? forParameter(element) : node(element);
  }

  private static Optional<InetAddress> forParameter(String element) {
    List<String> nodes = new ArrayList<>();
    for (String pair : split(element, ';')) {
      if (pair.regionMatches(true, 0, FOR, 0, FOR.length())) {
        nodes.add(pair.substring(FOR.length()));
      }
    }
    return nodes.size() == 1 ? node(unquoted(nodes.get(0))) : Optional.empty();
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
   * Parses a node of RFC 7239 section 6: an address, in brackets if it is IPv6, with an optional port. Returns empty
   * for {@code unknown} and for obfuscated identifiers.
   */
  private static Optional<InetAddress> node(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 || !isPort(text.substring(end + 1))
          ? Optional.empty()
          : AddressRange.address(text.substring(1, end));
    }
    int colon = text.indexOf(':');
    boolean hasPort =
        colon >= 0 && text.indexOf(':', colon + 1) < 0 && isPort(text.substring(colon));
    return AddressRange.address(hasPort ? text.substring(0, colon) : text);
  }

  private static boolean isPort(String text) {
    return text.isEmpty() || text.matches(":[0-9]{1,5}");
  }
}
