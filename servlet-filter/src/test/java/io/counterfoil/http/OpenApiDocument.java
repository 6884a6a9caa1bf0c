package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.counterfoil.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document that an API gives of itself, and what it allows. */
final class OpenApiDocument {
  static final String BASE = "/panel/api/tokens";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  final JsonNode document;

  /** With all that goes out closed: a member that the document does not have is then a fault. */
  private final JsonNode closed;

  private OpenApiDocument(JsonNode document) {
    this.document = document;
    this.closed = document.deepCopy();
    for (JsonNode schema : closed.at("/components/schemas")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  static OpenApiDocument of(TokenApi api, Verdict.Accepted reader) {
    ApiResponse answer = api.description(BASE).handle(get("").with(reader));
    assertThat(answer.status()).isEqualTo(200);
    return new OpenApiDocument(json(answer));
  }

  static JsonNode json(ApiResponse answer) {
    return MAPPER.readTree(answer.body());
  }

  static Set<String> faults(JsonNode schema, JsonNode value) {
    Schema compiled = SCHEMAS.getSchema(schema);
    return compiled.validate(value).stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Finds the operation at a path, whatever the method: each path has one. */
  JsonNode operation(String path) {
    String template = path.isEmpty() ? "/" : path.replaceFirst("/[0-9]+$", "/{id}");
    JsonNode item = document.get("paths").path(template);
    return item.has("get") ? item.get("get") : item.path("post");
  }

  JsonNode response(String path, int status) {
    JsonNode response = operation(path).path("responses").path(String.valueOf(status));
    return response.has("$ref")
        ? document.at(response.get("$ref").asString().substring(1))
        : response;
  }

  Set<String> answerFaults(String path, ApiResponse answer) {
    JsonNode response = response(path, answer.status());
    assertThat(response.isMissingNode()).as(path + ' ' + answer.status()).isFalse();
    Set<String> faults =
        faults(within(response.at("/content/application~1json/schema")), json(answer));
    response.path("headers").propertyNames().stream()
        .filter(header -> !answer.headers().containsKey(header))
        .forEach(faults::add);
    return faults;
  }

  /** Says whether the document allows such a body at that path. */
  boolean allows(String path, String body) {
    JsonNode schema = operation(path).at("/requestBody/content/application~1json/schema");
    return faults(within(schema), MAPPER.readTree(body)).isEmpty();
  }

  /** Returns a schema of the document as one that stands alone. */
  private JsonNode within(JsonNode schema) {
    ObjectNode alone = (ObjectNode) schema.deepCopy();
    alone.set("components", closed.get("components"));
    return alone;
  }

  Optional<JsonNode> property(String schema, String name) {
    return document.at("/components/schemas/" + schema + "/properties").optional(name);
  }
}
