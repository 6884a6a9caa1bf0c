package io.counterfoil.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the names of header fields and schemes in which a host accepts tokens. */
final class CredentialNames {
  private static final int MAX_LENGTH = 64;

  /**
   * Fields that have a meaning of their own, that a browser sends by itself, or that a page of another site can set without a
   * CORS preflight (Fetch standard, sections 2.2.2 and 2.2.4).
   */
  private static final Set<String> OTHER_FIELDS = Set.of(
      "authorization",
      "authentication-info",
      "cache-control",
      "connection",
      "cookie",
      "cookie2",
      "date",
      "dnt",
      "downlink",
      "dpr",
      "ect",
      "expect",
      "forwarded",
      "from",
      "host",
      "keep-alive",
      "last-event-id",
      "max-forwards",
      "origin",
      "pragma",
      "priority",
      "range",
      "referer",
      "rtt",
      "save-data",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "user-agent",
      "via",
      "viewport-width",
      "warning",
      "width",
      "www-authenticate");

  private static final List<String> OTHER_FIELD_PREFIXES = List.of(
      "accept",
      "access-control-",
      "content-",
      "device-memory",
      "if-",
      "proxy-",
      "sec-",
      "set-cookie",
      "x-forwarded-",
      "x-http-method",
      "x-method-override",
      "x-original-",
      "x-real-ip",
      "x-rewrite-");

  /** The registered schemes: each has a syntax of its own (IANA HTTP Authentication Scheme Registry). */
  private static final Set<String> REGISTERED_SCHEMES = Set.of(
      "basic",
      "bearer",
      "concealed",
      "digest",
      "dpop",
      "gnap",
      "hoba",
      "kerberos",
      "mutual",
      "negotiate",
      "ntlm",
      "oauth",
      "privatetoken",
      "scram-sha-1",
      "scram-sha-256",
      "vapid");

  private CredentialNames() {}

  static String field(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean isOther =
        OTHER_FIELDS.contains(lower) || OTHER_FIELD_PREFIXES.stream().anyMatch(lower::startsWith);
    return checked(
        "header",
        name,
        isOther,
        "the name of a field that has no other meaning, such as X-API-Key");
  }

  static String scheme(String name) {
    boolean isOther = REGISTERED_SCHEMES.contains(name.toLowerCase(Locale.ROOT));
    return checked(
        "scheme", name, isOther, "a name that is not registered for another scheme, such as Token");
  }

  private static String checked(String setting, String name, boolean isOther, String expected) {
    if (isOther || name.length() > MAX_LENGTH || !AuthorizationHeader.isToken(name)) {
      throw new IllegalArgumentException(setting + ": " + Json.escaped(name) + " (expected: "
          + expected + "; at most " + MAX_LENGTH + " characters of RFC 9110 section 5.6.2)");
    }
    return name;
  }
}
