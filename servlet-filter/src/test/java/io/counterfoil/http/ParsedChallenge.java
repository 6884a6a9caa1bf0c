package io.counterfoil.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge of a {@code WWW-Authenticate} header, parsed by the grammar for senders (RFC 9110 section 11.6.1). Additional
 * white space, empty elements and duplicate parameters are errors.
 */
record ParsedChallenge(String scheme, Map<String, String> parameters) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QUOTED = "\"((?:[\\t !\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\t -\\x7e])*+)\"";
  private static final Pattern PARAMETER = Pattern.compile("(" + TOKEN + ")=" + QUOTED);

  static ParsedChallenge parse(String value) {
    int blank = value.indexOf(' ');
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(value).region(blank + 1, value.length());
    while (parameter.lookingAt()) {
      String text = parameter.group(2).replaceAll("\\\\(.)", "$1");
      if (parameters.put(parameter.group(1), text) != null) {
        throw new IllegalArgumentException("duplicate parameter: " + value);
      }
      if (parameter.end() == value.length()) {
        return new ParsedChallenge(value.substring(0, blank), parameters);
      }
      if (!value.startsWith(", ", parameter.end())) {
        break;
      }
      parameter.region(parameter.end() + 2, value.length());
    }
    throw new IllegalArgumentException("not a challenge: " + value);
  }
}
