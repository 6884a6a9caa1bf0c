package io.counterfoil.http;

import io.counterfoil.CreatedToken;
import io.counterfoil.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The operations. Each looks at path, method, content type and body in this order, and only then acts. */
final class Operations {
  private static final String READING = "GET, HEAD";
  private static final String WRITING = "POST";
  private static final String OVERLAP = "overlapSeconds";
  private static final String EXPECTED_OVERLAP =
      "whole seconds, 0 or more, at most " + JsonMember.MAX_NUMBER;

  private Operations() {}

  static ApiResponse list(OwnTokens tokens, String path, ApiRequest request) throws Refusal {
    requireMount(path);
    requireReading(request);
    return Answers.success(json -> {
      json.writeStartArray();
      for (Iterator<Token> all = tokens.list().iterator(); all.hasNext(); ) {
        TokenJson.write(json, all.next());
      }
      json.writeEndArray();
    });
  }

  static ApiResponse create(OwnTokens tokens, String path, ApiRequest request) throws Refusal {
    if (!path.isEmpty()) {
      throw new Refusal(Answers.NOTHING_HERE);
    }
    requirePost(request);
    Body.requireJson(request);
    CreatedToken created = tokens.create(WishReader.read(Body.text(request)));
    return Answers.success(json -> TokenJson.write(json, created));
  }

  static ApiResponse setEnabled(OwnTokens tokens, String path, ApiRequest request) throws Refusal {
    long id = PathId.of(path);
    requirePost(request);
    Body.requireJson(request);
    if (wantsEnabled(Body.text(request))) {
      tokens.enable(id);
    } else {
      tokens.disable(id);
    }
    return Answers.DONE;
  }

  static ApiResponse rotate(OwnTokens tokens, String path, ApiRequest request) throws Refusal {
    return rotate(tokens, PathId.of(path), request);
  }

  private static ApiResponse rotate(OwnTokens tokens, long id, ApiRequest request) throws Refusal {
    requirePost(request);
    if (request
        .accepted()
        .filter(own -> own.token().id() == id && own.byPrevious())
        .isPresent()) {
      throw new Refusal(Answers.OTHER_ROTATION_FIRST); // what was to end soon would live on
    }
    Body.requireJson(request);
    CreatedToken rotated = tokens.rotate(id, wantedOverlap(Body.text(request)));
    return Answers.success(json -> TokenJson.write(json, rotated));
  }

  /** Has no body; one that is sent is not looked at. */
  static ApiResponse delete(OwnTokens tokens, String path, ApiRequest request) throws Refusal {
    return delete(tokens, PathId.of(path), request);
  }

  private static ApiResponse delete(OwnTokens tokens, long id, ApiRequest request) throws Refusal {
    requirePost(request);
    // A page of another site can have a browser post nothing, cookies included, but no token.
    boolean harmless =
        request.accepted().isPresent() && request.headers("Content-Type").isEmpty();
    if (!harmless) {
      Body.requireJson(request);
    }
    tokens.delete(id);
    return Answers.DONE;
  }

  static ApiResponse self(ApiRequest request) throws Refusal {
    Token token = bearer(request);
    requireReading(request);
    return Answers.success(json -> TokenJson.write(json, token));
  }

  static ApiResponse rotateSelf(OwnTokens tokens, ApiRequest request) throws Refusal {
    return rotate(tokens, bearer(request).id(), request);
  }

  static ApiResponse deleteSelf(OwnTokens tokens, ApiRequest request) throws Refusal {
    return delete(tokens, bearer(request).id(), request);
  }

  static ApiResponse describe(ApiResponse document, String path, ApiRequest request)
      throws Refusal {
    if (!path.isEmpty()) {
      throw new Refusal(Answers.NOTHING_HERE);
    }
    requireReading(request);
    return document;
  }

  private static Token bearer(ApiRequest request) throws Refusal {
    return request
        .accepted()
        .orElseThrow(() -> new Refusal(Answers.MAY_NOT_MANAGE))
        .token();
  }

  /** Refuses what lies below the place at which a handler is mounted. */
  static void requireMount(String path) throws Refusal {
    if (!path.isEmpty() && !path.equals("/")) {
      throw new Refusal(Answers.NOTHING_HERE);
    }
  }

  static void requireReading(ApiRequest request) throws Refusal {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw new Refusal(Answers.wrongMethod(READING));
    }
  }

  static void requirePost(ApiRequest request) throws Refusal {
    if (!request.method().equals(WRITING)) {
      throw new Refusal(Answers.wrongMethod(WRITING));
    }
  }

  private static boolean wantsEnabled(String json) throws Refusal {
    List<Boolean> wanted = new ArrayList<>(1);
    JsonObject.read(json, Map.of("enabled", member -> wanted.add(member.flag())));
    if (wanted.isEmpty()) { // never taken for false
      throw JsonMember.expected("enabled", "true or false");
    }
    return wanted.get(0);
  }

  private static Duration wantedOverlap(String json) throws Refusal {
    List<Duration> wanted = new ArrayList<>(1);
    JsonObject.read(
        json,
        Map.of(
            OVERLAP,
            member -> wanted.add(Duration.ofSeconds(member.wholeNumber(EXPECTED_OVERLAP)))));
    if (wanted.isEmpty()) { // nobody's old plaintext is cut off, or lives on, unasked
      throw JsonMember.expected(OVERLAP, EXPECTED_OVERLAP);
    }
    return wanted.get(0);
  }
}
