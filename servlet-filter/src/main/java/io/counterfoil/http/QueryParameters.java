package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters of a query. */
final class QueryParameters {
  /** ASCII only, as in {@link PathId}. */
  private static final Pattern CANONICAL = Pattern.compile("0|[1-9][0-9]{0,18}");

  private QueryParameters() {}

  /**
   * Returns the parameters with these names in the order of the query, not decoded. A name that is encoded is not recognized,
   * because none has to be. Other parameters are ignored.
   */
  static Map<String, String> parse(String query, Set<String> names) throws ApiException {
    Map<String, String> known = new LinkedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (names.contains(name)) {
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        if (known.put(name, value) != null) {
          throw ApiException.badRequest("the parameter " + name + " must not be repeated");
        }
      }
    }
    return known;
  }

  /** Returns a whole number in canonical form. No digit is decoded, because none has to be encoded. */
  static long number(String name, String value, long least, long most) throws ApiException {
    try {
      if (CANONICAL.matcher(value).matches()) {
        long number = Long.parseLong(value);
        if (number >= least && number <= most) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      // greater than every long
    }
    throw expected(name, "a whole number from " + least + " to " + most);
  }

  /** Decodes a value as browsers encode a form: UTF-8 in percent-encoding, and {@code +} for a space. */
  static String decoded(String name, String value) throws ApiException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        bytes.write(octet(name, value, i + 1));
        i += 2;
      } else if (c > 0x20 && c < 0x7f) {
        bytes.write(c == '+' ? ' ' : c);
      } else {
        throw undecodable(name);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw undecodable(name);
    }
  }

  private static int octet(String name, String value, int start) throws ApiException {
    int high = start + 1 < value.length() ? digit(value.charAt(start)) : -1;
    int low = start + 1 < value.length() ? digit(value.charAt(start + 1)) : -1;
    if (high < 0 || low < 0) {
      throw undecodable(name);
    }
    return high * 16 + low;
  }

  /** Unlike {@link Character#digit}, accepts no digits of other scripts. */
  private static int digit(char c) {
    return c < 0x7f ? Character.digit(c, 16) : -1;
  }

  private static ApiException undecodable(String name) {
    return expected(name, "UTF-8 in percent-encoding");
  }

  static ApiException expected(String name, String expected) {
    return ApiException.badRequest("the parameter " + name + " must be " + expected);
  }
}
