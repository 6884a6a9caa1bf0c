package io.counterfoil.http;

import io.counterfoil.TokenUpdate;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parses the body of <em>update</em>. It has just the members to change. {@code null} removes a description, a limit of
 * addresses or an expiry; an empty array removes all scopes.
 */
final class UpdateRequestParser {
  private TokenUpdate update = TokenUpdate.none();
  private boolean hasExpiry;
  private boolean hasLifetime;

  private UpdateRequestParser() {}

  static TokenUpdate parse(String json) throws ApiException {
    UpdateRequestParser parser = new UpdateRequestParser();
    Map<String, JsonMember.Reader> readers = Map.of(
        "name", parser::readName,
        "description", parser::readDescription,
        "scopes", parser::readScopes,
        "allowedAddresses", parser::readAddresses,
        "expiresAt", parser::readExpiry,
        "expiresIn", parser::readLifetime);
    JsonObject.read(json, readers);
    return parser.request(readers.keySet());
  }

  private void readName(JsonMember member) throws IOException, ApiException {
    update = TokenMembers.text(member.string(), update::name);
  }

  private void readDescription(JsonMember member) throws IOException, ApiException {
    update = TokenMembers.text(member.stringOrNull(), update::description);
  }

  private void readScopes(JsonMember member) throws IOException, ApiException {
    Set<String> scopes = member.strings();
    update = scopes.isEmpty() ? update.noScopes() : TokenMembers.scopes(scopes, update::scopes);
  }

  private void readAddresses(JsonMember member) throws IOException, ApiException {
    if (member.isNull()) {
      update = update.everyAddress();
      return;
    }
    Set<String> ranges = member.strings();
    if (ranges.isEmpty()) { // otherwise an empty list of addresses would allow all addresses
      throw member.expected("at least one, or null for a token that may come from anywhere");
    }
    update = TokenMembers.addresses(ranges, update::allowedAddresses);
  }

  private void readExpiry(JsonMember member) throws IOException, ApiException {
    hasExpiry = true;
    update = member.isNull()
        ? update.neverExpires()
        : TokenMembers.expiry(
            member.wholeNumber(
                TokenMembers.EXPECTED_EXPIRY + ", or null for a token without expiry"),
            update::expiresAt);
  }

  /** Null is an error: it could mean no expiry, or no change. */
  private void readLifetime(JsonMember member) throws IOException, ApiException {
    hasLifetime = true;
    update = TokenMembers.lifetime(
        member.wholeNumber(TokenMembers.EXPECTED_LIFETIME), update::expiresIn);
  }

  private TokenUpdate request(Set<String> members) throws ApiException {
    if (hasExpiry && hasLifetime) {
      throw JsonMember.expected("expiresIn", "no such member if there is expiresAt");
    }
    if (update.isEmpty()) {
      throw ApiException.badRequest("the body changes nothing (expected: at least one of "
          + String.join(", ", new TreeSet<>(members)) + ')');
    }
    return update;
  }
}
