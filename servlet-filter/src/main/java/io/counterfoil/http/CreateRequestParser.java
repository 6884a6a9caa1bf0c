package io.counterfoil.http;

import io.counterfoil.NewToken;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of <em>create</em>: {@code {"name":"…","description":"…","scopes":["…"],"allowedAddresses":["…"],
 * "expiresAt":…}}, or {@code "expiresIn"} instead of {@code "expiresAt"}. Only the name is required. The token has no owner
 * yet: the owner comes from the caller, never from the body.
 */
final class CreateRequestParser {
  private @Nullable NewToken token;
  private String description = "";
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
            "description", parser::readDescription,
            "scopes", parser::readScopes,
            "allowedAddresses", parser::readAddresses,
            "expiresAt", parser::readExpiry,
            "expiresIn", parser::readLifetime));
    return parser.newToken();
  }

  private void readName(JsonMember member) throws IOException, ApiException {
    token = TokenMembers.text(member.string(), NewToken::named);
  }

  private void readDescription(JsonMember member) throws IOException, ApiException {
    description = member.stringOrNull();
  }

  private void readScopes(JsonMember member) throws IOException, ApiException {
    scopes = member.strings();
    if (scopes.isEmpty()) { // probably a mistake
      throw member.expected("at least one, or no such member for a token without scopes");
    }
  }

  private void readAddresses(JsonMember member) throws IOException, ApiException {
    allowedAddresses = member.strings();
    if (allowedAddresses.isEmpty()) {
      // otherwise an empty list of addresses would allow all addresses
      throw member.expected(
          "at least one, or no such member for a token that may come from anywhere");
    }
  }

  /** Many clients send null for an absent value. */
  private void readExpiry(JsonMember member) throws IOException, ApiException {
    if (!member.isNull()) {
      expiresAt = OptionalLong.of(member.wholeNumber(TokenMembers.EXPECTED_EXPIRY));
    }
  }

  private void readLifetime(JsonMember member) throws IOException, ApiException {
    if (!member.isNull()) {
      expiresIn = OptionalLong.of(member.wholeNumber(TokenMembers.EXPECTED_LIFETIME));
    }
  }

  private NewToken newToken() throws ApiException {
    if (token == null) {
      throw JsonMember.expected("name", JsonMember.STRING_EXPECTED);
    }
    if (expiresAt.isPresent() && expiresIn.isPresent()) {
      throw JsonMember.expected("expiresIn", "no such member if there is expiresAt");
    }
    NewToken described = TokenMembers.text(description, token::description);
    return withLifetime(withExpiry(withAddresses(withScopes(described))));
  }

  private NewToken withScopes(NewToken newToken) throws ApiException {
    return scopes.isEmpty() ? newToken : TokenMembers.scopes(scopes, newToken::scopes);
  }

  private NewToken withAddresses(NewToken newToken) throws ApiException {
    return allowedAddresses.isEmpty()
        ? newToken
        : TokenMembers.addresses(allowedAddresses, newToken::allowedAddresses);
  }

  private NewToken withExpiry(NewToken newToken) throws ApiException {
    return expiresAt.isEmpty()
        ? newToken
        : TokenMembers.expiry(expiresAt.getAsLong(), newToken::expiresAt);
  }

  private NewToken withLifetime(NewToken newToken) throws ApiException {
    return expiresIn.isEmpty()
        ? newToken
        : TokenMembers.lifetime(expiresIn.getAsLong(), newToken::expiresIn);
  }
}
