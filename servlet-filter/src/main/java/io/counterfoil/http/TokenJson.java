package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.counterfoil.CreatedToken;
import io.counterfoil.Token;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes tokens as JSON. It writes each member by name, so no other property of a token is ever sent. Times are whole
 * seconds since 1970. Optional members are written only if the token has them.
 *
 * @param isIdle whether a token is rejected now because it was unused for too long
 */
record TokenJson(Predicate<Token> isIdle) {

  void write(JsonGenerator json, Token token) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", token.id());
    json.writeStringField("name", token.name());
    writeText(json, "description", token.description());
    json.writeBooleanField("enabled", token.enabled());
    writeIf(json, "leaked", token.leaked());
    writeIf(json, "idle", isIdle.test(token));
    json.writeNumberField("createdAt", token.createdAt().getEpochSecond());
    writeTime(json, "expiresAt", token.expiresAt());
    writeTime(json, "lastUsedAt", token.lastUsedAt());
    writeText(json, "lastUsedFrom", token.lastUsedFrom().orElse(""));
    writeText(json, "owner", token.owner());
    writeStrings(json, "scopes", token.scopes());
    writeStrings(json, "allowedAddresses", token.allowedAddresses());
    json.writeEndObject();
  }

  /** The one place that writes a plaintext. A new plaintext has not leaked, and its token is not idle. */
  static void write(JsonGenerator json, CreatedToken created) throws IOException {
    Token token = created.token();
    json.writeStartObject();
    writeStrings(json, "allowedAddresses", token.allowedAddresses());
    json.writeNumberField("createdAt", token.createdAt().getEpochSecond());
    writeText(json, "description", token.description());
    json.writeBooleanField("enabled", token.enabled());
    writeTime(json, "expiresAt", token.expiresAt());
    json.writeNumberField("id", token.id());
    writeTime(json, "lastUsedAt", token.lastUsedAt());
    writeText(json, "lastUsedFrom", token.lastUsedFrom().orElse(""));
    json.writeStringField("name", token.name());
    writeText(json, "owner", token.owner());
    writeStrings(json, "scopes", token.scopes());
    json.writeStringField("token", created.reveal());
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String name, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      json.writeNumberField(name, time.get().getEpochSecond());
    }
  }

  private static void writeText(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void writeIf(JsonGenerator json, String name, boolean flag) throws IOException {
    if (flag) {
      json.writeBooleanField(name, true);
    }
  }

  private static void writeStrings(JsonGenerator json, String name, Set<String> strings)
      throws IOException {
    if (!strings.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String string : strings) {
        json.writeString(string);
      }
      json.writeEndArray();
    }
  }
}
