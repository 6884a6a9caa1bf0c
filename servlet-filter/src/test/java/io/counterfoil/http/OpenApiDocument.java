package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.counterfoil.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a management API, and validation against it. */
final class OpenApiDocument {
  static final String BASE = "/panel/api/tokens";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  final JsonNode document;

  /** The document with {@code additionalProperties: false}, so that an undocumented member is a violation. */
  private final JsonNode strict;

  private OpenApiDocument(JsonNode document) {
    this.document = document;
    this.strict = document.deepCopy();
    for (JsonNode schema : strict.at("/components/schemas")) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
  }

  static OpenApiDocument of(TokenApi api, Verdict.Accepted reader) {
    ApiResponse response = api.description(BASE).handle(get("").with(reader));
    assertThat(response.status()).isEqualTo(200);
    return new OpenApiDocument(json(response));
  }

  static JsonNode json(ApiResponse response) {
    return MAPPER.readTree(ApiFixture.text(response));
  }

  static Set<String> violations(JsonNode schema, JsonNode value) {
    Schema compiled = SCHEMAS.getSchema(schema);
    return compiled.validate(value).stream()
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the only operation at a path. */
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

  Set<String> responseViolations(String path, ApiResponse response) {
    JsonNode documented = response(path, response.status());
    assertThat(documented.isMissingNode()).as(path + ' ' + response.status()).isFalse();
    Set<String> violations = violations(
        selfContained(documented.at("/content/application~1json/schema")), json(response));
    documented.path("headers").properties().stream()
        .filter(header -> header.getValue().path("required").asBoolean())
        .map(Map.Entry::getKey)
        .filter(header -> !response.headers().containsKey(header))
        .forEach(violations::add);
    return violations;
  }

  /** Returns whether the document allows this body at that path. */
  boolean allows(String path, String body) {
    JsonNode schema = operation(path).at("/requestBody/content/application~1json/schema");
    return violations(selfContained(schema), MAPPER.readTree(body)).isEmpty();
  }

  /** Returns a schema of the document together with the components that it refers to. */
  private JsonNode selfContained(JsonNode schema) {
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    copy.set("components", strict.get("components"));
    return copy;
  }

  Optional<JsonNode> property(String schema, String name) {
    return document.at("/components/schemas/" + schema + "/properties").optional(name);
  }
}
