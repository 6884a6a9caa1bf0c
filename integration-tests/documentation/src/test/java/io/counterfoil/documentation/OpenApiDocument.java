package io.counterfoil.documentation;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.http.ApiResponse;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.SelfService;
import io.counterfoil.http.TokenApi;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document of the management API, with every operation. */
final class OpenApiDocument {
  private OpenApiDocument() {}

  static JsonNode read() {
    try (TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build()) {
      String plaintext = tokens.create(NewToken.named("reader").unrestricted()).reveal();
      TokenApi api = TokenApi.of(tokens, ManagementPolicy.anyToken(), SelfService.values());
      SimpleRequest request =
          SimpleRequest.get("").accepted((Verdict.Accepted) tokens.authenticate(plaintext));
      ApiResponse response = api.description("/api/tokens").handle(request);
      try (InputStream body = response.body()) {
        return JsonMapper.shared().readTree(body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
