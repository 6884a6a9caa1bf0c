package io.counterfoil.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters of a query or a form. */
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

  /**
   * Returns the only parameter with this name in a form, decoded. Reads every parameter strictly: one that is repeated or wrongly
   * encoded is an error, because another reader might see another value (RFC 6749 section 3.2). No message quotes the form.
   */
  static String single(String form, String name) throws ApiException {
    Map<String, String> all = new HashMap<>();
    for (String parameter : form.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      String value = decoded("of the form", parts.length == 1 ? "" : parts[1]);
      if (all.put(decoded("of the form", parts[0]), value) != null) {
        throw ApiException.badRequest("a parameter of the form must not be repeated");
      }
    }
    String value = all.get(name);
    if (value == null) {
      throw ApiException.badRequest("the parameter " + name + " is missing");
    }
    return value;
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
    return PercentEncoding.decode(value.replace("+", "%20")).orElseThrow(() -> undecodable(name));
  }

  private static ApiException undecodable(String name) {
    return expected(name, "UTF-8 in percent-encoding");
  }

  static ApiException expected(String name, String expected) {
    return ApiException.badRequest("the parameter " + name + " must be " + expected);
  }
}
