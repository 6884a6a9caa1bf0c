package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.counterfoil.KnownScopes;
import io.counterfoil.Token;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The operations of the management API that list tokens and scopes. */
final class ListOperations {
  private ListOperations() {}

  static ApiResponse list(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    Operations.requireMount(path);
    Operations.requireRead(request);
    Optional<PageQuery> query = PageQuery.parse(request.query());
    return query.isPresent() ? page(tokens, query.get()) : completeList(tokens);
  }

  /** Reads one token more than it returns, to find out whether there is a next page. */
  private static ApiResponse page(CallerTokens tokens, PageQuery query) throws ApiException {
    List<Token> found = tokens.lists().matching(query.filter(), query.after(), query.limit() + 1);
    if (found.size() <= query.limit()) {
      return Responses.list(found, tokens.json());
    }
    List<Token> page = found.subList(0, query.limit());
    long last = page.get(page.size() - 1).id();
    return Responses.list(page, tokens.json()).header("Link", query.next(last));
  }

  /** Reads the first page before the status is sent, so that a failing store is answered 503. */
  private static ApiResponse completeList(CallerTokens tokens) {
    TokenLists lists = tokens.lists();
    List<Token> first = lists.all(0, TokenListStream.PAGE_SIZE);
    return first.size() < TokenListStream.PAGE_SIZE
        ? Responses.list(first, tokens.json())
        : ApiResponse.streamed(() -> new TokenListStream(
            first, id -> lists.more(id, TokenListStream.PAGE_SIZE), tokens.json()));
  }

  static ApiResponse scopes(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    Operations.requireEmpty(path);
    Operations.requireRead(request);
    KnownScopes known = tokens.knownScopes();
    return Responses.success(json -> {
      json.writeStartArray();
      for (String scope : known.scopes()) {
        write(json, scope, known);
      }
      json.writeEndArray();
    });
  }

  private static void write(JsonGenerator json, String scope, KnownScopes known)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("scope", scope);
    json.writeStringField("description", known.description(scope));
    json.writeArrayFieldStart("implies");
    for (String implied : known.impliedBy(scope)) {
      json.writeString(implied);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
