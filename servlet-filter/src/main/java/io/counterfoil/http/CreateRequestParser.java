package io.counterfoil.http;

import io.counterfoil.NewToken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of <em>create</em>: {@code {"name":"…","scopes":["…"],"allowedAddresses":["…"],"expiresAt":…}}, or
 * {@code "expiresIn"} instead of {@code "expiresAt"}. Only the name is required. The token has no owner yet: the owner comes from the caller, never from the body.
 */
final class CreateRequestParser {
  /** The last second of the year 9999. */
  static final long LAST_EXPIRY = 253_402_300_799L;

  private static final String EXPECTED_EXPIRY =
      "whole seconds since 1970, not milliseconds, at most " + LAST_EXPIRY
          + ", which is the end of the year 9999";

  /** 36,500 days, the limit of {@link NewToken#expiresIn(Duration)}. */
  static final long LONGEST_LIFETIME = 3_153_600_000L;

  private static final String EXPECTED_LIFETIME =
      "whole seconds, 1 or more, at most " + LONGEST_LIFETIME + ", which is 36500 days";

  private @Nullable NewToken token;
  private Set<String> scopes = Set.of();
  private Set<String> allowedAddresses = Set.of();
  private OptionalLong expiresAt = OptionalLong.empty();
  private OptionalLong expiresIn = OptionalLong.empty();

  private CreateRequestParser() {}

  static NewToken parse(String json) throws ApiException {
    CreateRequestParser parser = new CreateRequestParser();
    JsonObject.read(
        json,
        Map.of(
            "name", parser::readName,
            "scopes", parser::readScopes,
            "allowedAddresses", parser::readAddresses,
            "expiresAt", parser::readExpiry,
            "expiresIn", parser::readLifetime));
    return parser.newToken();
  }

  private void readName(JsonMember member) throws IOException, ApiException {
    String name = member.string();
    try {
      token = NewToken.named(name);
    } catch (IllegalArgumentException e) { // its message does not quote the name
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private void readScopes(JsonMember member) throws IOException, ApiException {
    scopes = member.strings();
    if (scopes.isEmpty()) { // probably a mistake
      throw member.expected("at least one, or no such member for a token without scopes");
    }
  }

  private void readAddresses(JsonMember member) throws IOException, ApiException {
    allowedAddresses = member.strings();
    if (allowedAddresses
        .isEmpty()) { // otherwise an empty list of addresses would allow all addresses
      throw member.expected(
          "at least one, or no such member for a token that may come from anywhere");
    }
  }

  /** Many clients send null for an absent value. */
  private void readExpiry(JsonMember member) throws IOException, ApiException {
    if (!member.isNull()) {
      expiresAt = OptionalLong.of(member.wholeNumber(EXPECTED_EXPIRY));
    }
  }

  private void readLifetime(JsonMember member) throws IOException, ApiException {
    if (!member.isNull()) {
      expiresIn = OptionalLong.of(member.wholeNumber(EXPECTED_LIFETIME));
    }
  }

  private NewToken newToken() throws ApiException {
    if (token == null) {
      throw JsonMember.expected("name", "a string");
    }
    if (expiresAt.isPresent() && expiresIn.isPresent()) {
      throw JsonMember.expected("expiresIn", "no such member if there is expiresAt");
    }
    return withLifetime(withExpiry(withAddresses(withScopes(token))));
  }

  private NewToken withScopes(NewToken newToken) throws ApiException {
    try {
      return scopes.isEmpty() ? newToken : newToken.scopes(scopes);
    } catch (IllegalArgumentException e) { // its message quotes the scope
      throw JsonMember.expected(
          "scopes",
          "printable ASCII without blank, quotation mark and backslash, in all at most 1000"
              + " characters");
    }
  }

  private NewToken withAddresses(NewToken newToken) throws ApiException {
    try {
      return allowedAddresses.isEmpty() ? newToken : newToken.allowedAddresses(allowedAddresses);
    } catch (IllegalArgumentException e) { // its message quotes the address
      throw JsonMember.expected(
          "allowedAddresses",
          "IP addresses, or ranges such as 192.0.2.0/24 or 2001:db8::/32 without bits beyond the"
              + " prefix, in all at most 1000 characters");
    }
  }

  private NewToken withExpiry(NewToken newToken) throws ApiException {
    if (expiresAt.isEmpty()) {
      return newToken;
    }
    try {
      return newToken.expiresAt(Instant.ofEpochSecond(expiresAt.getAsLong()));
    } catch (IllegalArgumentException e) {
      throw JsonMember.expected("expiresAt", EXPECTED_EXPIRY);
    }
  }

  private NewToken withLifetime(NewToken newToken) throws ApiException {
    if (expiresIn.isEmpty()) {
      return newToken;
    }
    try {
      return newToken.expiresIn(Duration.ofSeconds(expiresIn.getAsLong()));
    } catch (IllegalArgumentException e) {
      throw JsonMember.expected("expiresIn", EXPECTED_LIFETIME);
    }
  }
}
