package io.counterfoil.http;

import io.counterfoil.NewToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of <em>create</em>: {@code {"name":"…","scopes":["…"],"allowedAddresses":["…"],"expiresAt":…}}, all but the first optional. */
final class CreateRequestParser {
  static final long LAST_EXPIRY = 253_402_300_799L;
  private static final String EXPECTED_EXPIRY =
      "whole seconds since 1970, not milliseconds, at most " + LAST_EXPIRY
          + ", which is the end of the year 9999";

  private @Nullable NewToken token;
  private Set<String> scopes = Set.of();
  private Set<String> allowedAddresses = Set.of();
  private OptionalLong expiresAt = OptionalLong.empty();

  private CreateRequestParser() {}

  static CreateRequest read(String json) throws ApiException {
    CreateRequestParser members = new CreateRequestParser();
    JsonObject.read(
        json,
        Map.of(
            "name", members::readName,
            "scopes", members::readScopes,
            "allowedAddresses", members::readAddresses,
            "expiresAt", members::readExpiry));
    return members.request();
  }

  private void readName(JsonMember member) throws IOException, ApiException {
    String name = member.text();
    try {
      token = NewToken.named(name);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(
          String.valueOf(e.getMessage())); // says what is wrong, and does not quote the name
    }
  }

  private void readScopes(JsonMember member) throws IOException, ApiException {
    scopes = member.texts();
    if (scopes.isEmpty()) { // whoever asks for no rights must not get all of them
      throw member.expected("at least one, or no such member for a token with all rights");
    }
  }

  private void readAddresses(JsonMember member) throws IOException, ApiException {
    allowedAddresses = member.texts();
    if (allowedAddresses.isEmpty()) { // whoever binds a token must not get one for everywhere
      throw member.expected(
          "at least one, or no such member for a token that may come from anywhere");
    }
  }

  private void readExpiry(JsonMember member) throws IOException, ApiException {
    expiresAt = OptionalLong.of(member.wholeNumber(EXPECTED_EXPIRY));
  }

  private CreateRequest request() throws ApiException {
    if (token == null) {
      throw JsonMember.expected("name", "a string");
    }
    NewToken scoped = bound(scoped(token));
    return new CreateRequest(
        expiresAt.isPresent() ? expiring(scoped) : scoped, scopes, allowedAddresses);
  }

  private NewToken scoped(NewToken newToken) throws ApiException {
    try {
      return newToken.scopes(scopes.toArray(String[]::new));
    } catch (IllegalArgumentException e) { // quotes the scope
      throw JsonMember.expected(
          "scopes",
          "printable ASCII without blank, quotation mark and backslash, in all at most 1000"
              + " characters");
    }
  }

  private NewToken bound(NewToken newToken) throws ApiException {
    try {
      return newToken.allowedAddresses(allowedAddresses.toArray(String[]::new));
    } catch (IllegalArgumentException e) { // quotes the address
      throw JsonMember.expected(
          "allowedAddresses",
          "IP addresses, or ranges such as 192.0.2.0/24 or 2001:db8::/32 without bits beyond the"
              + " prefix, in all at most 1000 characters");
    }
  }

  private NewToken expiring(NewToken newToken) throws ApiException {
    try {
      return newToken.expiresAt(Instant.ofEpochSecond(expiresAt.getAsLong()));
    } catch (IllegalArgumentException e) {
      throw JsonMember.expected("expiresAt", EXPECTED_EXPIRY);
    }
  }
}
