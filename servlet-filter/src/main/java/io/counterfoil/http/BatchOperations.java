package io.counterfoil.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The operations of the management API on several tokens. */
final class BatchOperations {
  private static final String IDS = "ids";

  private BatchOperations() {}

  static ApiResponse disable(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    Operations.requireEmpty(path);
    return counted(tokens.batches().disable(ids(request)));
  }

  static ApiResponse delete(CallerTokens tokens, ApiRequest request) throws ApiException {
    return counted(tokens.batches().delete(ids(request)));
  }

  private static Set<Long> ids(ApiRequest request) throws ApiException {
    Operations.requirePost(request);
    RequestBody.requireJson(request);
    return JsonObject.readSingle(
        RequestBody.text(request), IDS, JsonMember.IDS_EXPECTED, JsonMember::ids);
  }

  /** Deletes expired tokens, or only counts them. */
  static ApiResponse deleteExpired(CallerTokens tokens, String path, ApiRequest request)
      throws ApiException {
    Operations.requireEmpty(path);
    Operations.requirePost(request);
    RequestBody.requireJson(request);
    AtomicBoolean dryRun = new AtomicBoolean();
    JsonObject.read(
        RequestBody.text(request), Map.of("dryRun", member -> dryRun.set(member.bool())));
    if (dryRun.get()) {
      return counted(tokens.batches().countExpired());
    }
    TokenBatches.Deleted deleted = tokens.batches().deleteExpired();
    return Responses.success(json -> {
      json.writeStartObject();
      json.writeNumberField("count", deleted.count());
      if (deleted.more()) {
        json.writeBooleanField("more", true);
      }
      json.writeEndObject();
    });
  }

  private static ApiResponse counted(long count) {
    return Responses.success(json -> {
      json.writeStartObject();
      json.writeNumberField("count", count);
      json.writeEndObject();
    });
  }
}
