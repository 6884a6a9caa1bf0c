package io.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.documentation.Table.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tables of the management API in docs/reference.md equal the OpenAPI document that the library generates. */
class EndpointsReferenceTest {
  private static final Map<String, String> ANSWERS = Map.of(
      "Done", "",
      "TokenAnswer", "token",
      "TokenListAnswer", "list of tokens",
      "CreatedTokenAnswer", "token with its plaintext",
      "ScopeListAnswer", "list of scopes",
      "CountAnswer", "count");
  private static final Set<String> EVERY_OPERATION =
      Set.of("200", "400", "401", "403", "404", "405", "503");
  private static final String CONTENT = "/content/application~1json/schema/$ref";
  private static final List<String> LIMITS =
      List.of("maxLength", "minimum", "maximum", "minItems", "maxItems");

  /** Greater than every number that a reader would want to see. */
  private static final String NO_LIMIT = String.valueOf(Long.MAX_VALUE);

  private final Page reference = Page.of("docs/reference.md");
  private final Problems problems = new Problems();
  private final JsonNode api = OpenApiDocument.read();
  private final JsonNode schemas = api.at("/components/schemas");
  private final Map<String, JsonNode> operations = operations();

  private Map<String, JsonNode> operations() {
    Map<String, JsonNode> all = new TreeMap<>();
    api.get("paths")
        .properties()
        .forEach(path -> path.getValue().properties().forEach(method -> {
          if (!method.getKey().equals("parameters")) {
            all.put(
                method.getKey().toUpperCase(Locale.ROOT) + ' ' + path.getKey(), method.getValue());
          }
        }));
    return all;
  }

  /** Returns an operation; a node without members if there is none. */
  private JsonNode operation(String name) {
    return operations.getOrDefault(name, api.path("nothing"));
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>(reference.table("Operations of callers").rows());
    rows.addAll(reference.table("Operations on the own token").rows());
    return rows;
  }

  @Test
  void every_operation_is_listed_once_and_no_other_one() {
    assertThat(rows().stream().map(row -> row.text(0)))
        .containsExactlyInAnyOrderElementsOf(operations.keySet());
  }

  @Test
  void every_operation_has_the_summary_the_answer_and_the_statuses_of_the_document() {
    for (Row row : rows()) {
      JsonNode operation = operation(row.text(0));
      problems.compare(
          row,
          row.text(1).replace(" See parameters.", ""),
          sentence(operation.path("summary").asString("")));
      String answer = operation.at("/responses/200" + CONTENT).asString("");
      problems.compare(row, row.text(3), ANSWERS.getOrDefault(last(answer), "none"));
      Set<String> statuses = new TreeSet<>(operation.path("responses").propertyNames());
      problems.compare(row, statuses.containsAll(EVERY_OPERATION), true);
      statuses.removeAll(EVERY_OPERATION);
      problems.compare(row, row.text(4), String.join(", ", statuses));
    }
    problems.assertNone();
  }

  @Test
  void every_operation_has_the_members_of_the_document() {
    for (Row row : rows()) {
      JsonNode body = body(row.text(0));
      Set<String> optional = new TreeSet<>(body.path("properties").propertyNames());
      optional.removeAll(required(body));
      String[] parts = row.text(2).split("optional:", -1);
      problems.compare(row, names(parts[0]), required(body));
      problems.compare(row, names(parts.length > 1 ? parts[1] : ""), optional);
    }
    problems.assertNone();
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> required = new TreeSet<>();
    schema.path("required").forEach(name -> required.add(name.asString()));
    return required;
  }

  /** Returns the schema of the body of an operation. */
  private JsonNode body(String operation) {
    String ref = operation(operation).at("/requestBody" + CONTENT).asString("");
    return schemas.path(last(ref));
  }

  private static Set<String> names(String cell) {
    Set<String> names = new TreeSet<>(List.of(cell.split("[,;\\s]+")));
    names.remove("");
    return names;
  }

  @Test
  void every_member_of_a_body_is_listed_with_its_operations_and_limits() {
    Table members = reference.table("Members of bodies");
    Map<String, Set<String>> operationsOf = new TreeMap<>();
    for (String operation : operations.keySet()) {
      body(operation).path("properties").properties().forEach(member -> {
        operationsOf
            .computeIfAbsent(member.getKey(), name -> new TreeSet<>())
            .add(operation.replace("POST ", ""));
        compareLimits(members.row(member.getKey()), 2, member.getValue());
      });
    }
    problems.compareNames(members, operationsOf.keySet());
    for (Row row : members.rows()) {
      problems.compare(row, names(row.text(1)), operationsOf.getOrDefault(row.text(0), Set.of()));
    }
    problems.assertNone();
  }

  private void compareLimits(Row row, int column, JsonNode schema) {
    Set<String> words = names(row.text(column).replace(":", ""));
    for (String limit : limits(schema)) {
      problems.compare(row, words.contains(limit) ? limit : "not " + limit, limit);
    }
  }

  /** Returns the limits of a schema that readers need. A minimum of 0 or 1 item or character needs no words. */
  private static Set<String> limits(JsonNode schema) {
    Set<String> limits = new HashSet<>();
    for (String name : LIMITS) {
      String value = schema.path(name).asString("");
      boolean isObvious = value.isEmpty() || value.equals(NO_LIMIT) || name.equals("minItems");
      if (!isObvious) {
        limits.add(value);
      }
    }
    Pattern.compile("At most (\\d+)")
        .matcher(schema.path("description").asString(""))
        .results()
        .forEach(limit -> limits.add(limit.group(1)));
    return limits;
  }

  @Test
  void every_parameter_of_a_list_is_listed_with_its_meaning_and_limits() {
    Table parameters = reference.table("Parameters of a list");
    List<String> names = new ArrayList<>();
    operations.get("GET /").get("parameters").forEach(parameter -> {
      String name = parameter.get("name").asString();
      names.add(name);
      Row row = parameters.row(name);
      String meaning = parameter.get("description").asString();
      problems.compare(row, row.text(2), meaning.replace(" An empty value is no condition.", ""));
      compareLimits(row, 1, parameter.get("schema"));
    });
    problems.compareNames(parameters, names);
    problems.assertNone();
  }

  @Test
  void every_member_of_an_answer_is_listed() {
    Set<String> members = new TreeSet<>();
    addMembers("token", "Token", members);
    addMembers("scope", "Scope", members);
    addMembers("count", "CountAnswer/properties/obj", members);
    members.add("token with its plaintext token always");
    List<String> listed = reference.table("Members of answers").rows().stream()
        .map(row ->
            row.text(0) + ' ' + row.text(1) + (row.text(3).startsWith("always") ? " always" : ""))
        .toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(members);
  }

  private void addMembers(String answer, String schema, Set<String> members) {
    JsonNode found = schemas.at('/' + schema);
    for (String name : found.get("properties").propertyNames()) {
      members.add(answer + ' ' + name + (required(found).contains(name) ? " always" : ""));
    }
  }

  @Test
  void a_created_token_has_the_members_of_a_token_except_two_and_its_plaintext() {
    Set<String> token = new TreeSet<>(schemas.at("/Token/properties").propertyNames());
    token.removeAll(Set.of("leaked", "idle"));
    token.add("token");
    assertThat(new TreeSet<>(schemas.at("/CreatedToken/properties").propertyNames()))
        .isEqualTo(token);
  }

  @Test
  void every_status_is_listed_with_its_meaning_and_header() {
    Table statuses = reference.table("Statuses");
    JsonNode responses = api.at("/components/responses");
    problems.compareNames(statuses, responses.propertyNames());
    for (Row row : statuses.rows()) {
      JsonNode response = responses.path(row.text(0));
      problems.compare(row, row.text(1), response.path("description").asString(""));
      problems.compare(
          row, row.text(2), String.join(", ", response.path("headers").propertyNames()));
    }
    problems.assertNone();
  }

  private static String sentence(String summary) {
    return summary.endsWith(".") ? summary : summary + '.';
  }

  private static String last(String ref) {
    return ref.substring(ref.lastIndexOf('/') + 1);
  }
}
