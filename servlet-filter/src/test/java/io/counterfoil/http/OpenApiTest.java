package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.AddressRange;
import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.Verdict;
import io.counterfoil.testing.CapturedLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document describes exactly what the management API does. */
class OpenApiTest {
  private static final ManagementPolicy NOBODY = request -> Optional.empty();
  private static final List<String> PATHS = List.of(
      "",
      "/1",
      "/scopes",
      "/create",
      "/update/1",
      "/identify",
      "/disable",
      "/delete",
      "/deleteExpired",
      "/setEnabled/1",
      "/rotate/1",
      "/delete/1",
      "/self",
      "/self/rotate",
      "/self/delete");

  private final ApiFixture fixture = new ApiFixture();
  private final Verdict.Accepted unrestricted = fixture.unrestricted();
  private final TokenApi api =
      TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
  private final OpenApiDocument description = OpenApiDocument.of(api, fixture.admin);

  @Test
  void the_document_conforms_to_the_schemas_of_openapi_and_json_schema() throws IOException {
    try (InputStream file =
        OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1-schema-2026-08-03.json")) {
      JsonNode schema = new JsonMapper().readTree(file);
      assertThat(OpenApiDocument.violations(schema, description.document)).isEmpty();
      JsonNode broken = new JsonMapper().readTree("{\"openapi\":\"3.1.0\",\"paths\":{\"x\":1}}");
      assertThat(OpenApiDocument.violations(schema, broken)).isNotEmpty();
    }
    JsonNode metaschema =
        new JsonMapper().readTree("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}");
    for (JsonNode schema : description.document.at("/components/schemas")) {
      assertThat(OpenApiDocument.violations(metaschema, schema)).isEmpty();
    }
  }

  @Test
  void every_response_is_described_and_every_described_response_occurs() throws Exception {
    Map<String, Set<String>> seen = new HashMap<>();
    for (String path : PATHS) {
      List<ApiResponse> responses = new ArrayList<>();
      CapturedLog.of(() -> responses.addAll(OpenApiResponses.at(path)));
      for (ApiResponse response : responses) {
        assertThat(description.responseViolations(path, response))
            .as(path + ' ' + ApiFixture.text(response))
            .isEmpty();
        seen.computeIfAbsent(path, any -> new TreeSet<>()).add(String.valueOf(response.status()));
      }
    }
    for (String path : PATHS) {
      assertThat(seen.get(path))
          .as(path)
          .containsExactlyInAnyOrderElementsOf(
              description.operation(path).get("responses").propertyNames());
    }
    assertThat(PATHS).hasSize(description.document.get("paths").size());
  }

  @Test
  void a_token_with_every_property_shows_every_described_member() {
    ApiFixture recording = ApiFixture.recordingAddresses(Duration.ofHours(1));
    TokenApi api = TokenApi.of(recording.tokens, ManagementPolicy.anyToken(), SelfService.values());
    NewToken newToken = NewToken.named("full")
        .description("everything")
        .owner("ann")
        .scopes("a")
        .allowedAddresses("::1")
        .expiresAt(recording.clock.instant().plusSeconds(60_000));
    InetAddress address = AddressRange.address("::1").orElseThrow();
    String plaintext = recording.tokens.create(newToken).reveal();
    Verdict.Accepted full =
        (Verdict.Accepted) recording.tokens.authenticate(plaintext, () -> Optional.of(address));
    NewToken unrestricted = NewToken.named("all").owner("ann").unrestricted();
    Verdict.Accepted all = recording.accepted(unrestricted);
    recording.tokens.close(); // records the use
    recording.tokens.reportLeak(plaintext);
    recording.clock.advance(Duration.ofHours(2)); // the token is idle now
    JsonNode list = OpenApiDocument.json(api.handle(get("").with(full))).at("/obj/0");
    JsonNode rotated = OpenApiDocument.json(
            api.handle(post("/rotate/2", "{\"overlapSeconds\":0}").with(all)))
        .get("obj");
    assertThat(list.propertyNames()).containsExactlyInAnyOrderElementsOf(members("Token"));
    assertThat(rotated.propertyNames())
        .containsExactlyInAnyOrderElementsOf(members("CreatedToken"));
  }

  private Iterable<String> members(String schema) {
    return description
        .document
        .at("/components/schemas/" + schema + "/properties")
        .propertyNames();
  }

  @ParameterizedTest // E5, E6
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          /create        | {}
          /create        | []
          /create        | {"name":""}
          /create        | {"name":1}
          /create        | {"name":null}
          /create        | {"name":"a","id":1}
          /create        | {"name":"a","owner":"ann"}
          /create        | {"name":"b","scopes":[]}
          /create        | {"name":"b","scopes":["a b"]}
          /create        | {"name":"b","scopes":["a\\""]}
          /create        | {"name":"b","scopes":["é"]}
          /create        | {"name":"b","scopes":[""]}
          /create        | {"name":"b","scopes":[1]}
          /create        | {"name":"b","scopes":"a"}
          /create        | {"name":"b","scopes":["a","!#[]~"]}
          /create        | {"name":"b","allowedAddresses":[]}
          /create        | {"name":"b","allowedAddresses":["localhost"]}
          /create        | {"name":"b","allowedAddresses":"::1"}
          /create        | {"name":"b","allowedAddresses":["::1","192.0.2.0/24"]}
          /create        | {"name":"b","expiresAt":-1}
          /create        | {"name":"b","expiresAt":"1736086400"}
          /create        | {"name":"b","expiresAt":1.5}
          /create        | {"name":"b","expiresAt":null}
          /create        | {"name":"b","expiresAt":253402300799}
          /create        | {"name":"b","expiresAt":253402300800}
          /create        | {"name":"b","expiresIn":null,"expiresAt":null}
          /create        | {"name":"b","expiresIn":1,"expiresAt":null}
          /create        | {"name":"b","expiresIn":null,"expiresAt":1736086400}
          /create        | {"name":"b","expiresIn":1,"expiresAt":1736086400}
          /create        | {"name":"b","expiresIn":0}
          /create        | {"name":"b","expiresIn":-1}
          /create        | {"name":"b","expiresIn":1.5}
          /create        | {"name":"b","expiresIn":"1"}
          /create        | {"name":"b","expiresIn":3153600000}
          /create        | {"name":"b","expiresIn":3153600001}
          /create        | {"name":"b"}
          /create        | {"name":"b","description":1}
          /create        | {"name":"b","description":null}
          /create        | {"name":"b","description":""}
          /create        | {"name":"b","description":"nightly build"}
          /update/1      | {}
          /update/1      | {"name":null}
          /update/1      | {"name":""}
          /update/1      | {"name":"c"}
          /update/1      | {"name":"c","id":2}
          /update/1      | {"owner":"ann"}
          /update/1      | {"enabled":false}
          /update/1      | {"description":[]}
          /update/1      | {"description":null}
          /update/1      | {"description":""}
          /update/1      | {"scopes":null}
          /update/1      | {"scopes":"a"}
          /update/1      | {"scopes":[""]}
          /update/1      | {"scopes":[]}
          /update/1      | {"scopes":["a"]}
          /update/1      | {"allowedAddresses":[]}
          /update/1      | {"allowedAddresses":"::1"}
          /update/1      | {"allowedAddresses":["localhost"]}
          /update/1      | {"allowedAddresses":["::1"]}
          /update/1      | {"allowedAddresses":null}
          /update/1      | {"expiresAt":null}
          /update/1      | {"expiresAt":"1736086400"}
          /update/1      | {"expiresAt":253402300799}
          /update/1      | {"expiresAt":253402300800}
          /update/1      | {"expiresIn":null}
          /update/1      | {"expiresIn":0}
          /update/1      | {"expiresIn":1}
          /update/1      | {"expiresIn":1,"expiresAt":null}
          /update/1      | {"expiresIn":1,"expiresAt":1736086400}
          /identify      | {}
          /identify      | {"token":null}
          /identify      | {"token":1}
          /disable       | {}
          /disable       | {"ids":[]}
          /disable       | {"ids":1}
          /disable       | {"ids":["1"]}
          /disable       | {"ids":[0]}
          /disable       | {"ids":[-1]}
          /disable       | {"ids":[1.5]}
          /disable       | {"ids":[1,1]}
          /disable       | {"ids":[9223372036854775808]}
          /disable       | {"ids":[1],"enabled":false}
          /disable       | {"ids":[1]}
          /delete        | {"ids":[1,1]}
          /delete        | {"ids":[2,1]}
          /deleteExpired | []
          /deleteExpired | {"dryRun":null}
          /deleteExpired | {"dryRun":1}
          /deleteExpired | {"dryRun":true,"before":1}
          /deleteExpired | {"dryRun":true}
          /deleteExpired | {"dryRun":false}
          /deleteExpired | {}
          /setEnabled/1  | {}
          /setEnabled/1  | {"enabled":1}
          /setEnabled/1  | {"enabled":"true"}
          /setEnabled/1  | {"enabled":true,"name":"x"}
          /setEnabled/1  | {"enabled":false}
          /rotate/1      | {}
          /rotate/1      | {"overlapSeconds":-1}
          /rotate/1      | {"overlapSeconds":"1"}
          /rotate/1      | {"overlapSeconds":999999999999}
          /rotate/1      | {"overlapSeconds":1000000000000}
          /self/rotate   | {"overlapSeconds":0,"id":1}
          /delete/1      | {}
          /delete/1      | []
          /delete/1      | {"expectedScope":"admin"}
          /self/rotate   | {"overlapSeconds":600}
          """)
  void the_handlers_accept_exactly_the_bodies_that_the_document_allows(String path, String body) {
    int status = api.handle(post(path, body).with(unrestricted)).status();
    assertThat(status).isEqualTo(description.allows(path, body) ? 200 : 400);
  }

  @Test
  void the_limits_of_core_are_those_of_the_document() {
    for (String letter : List.of("a", "é", "😀")) {
      int name =
          description.property("Create", "name").orElseThrow().get("maxLength").asInt();
      assertLast("{\"name\":\"" + letter.repeat(name) + "\"}");
      assertRefused("{\"name\":\"" + letter.repeat(name + 1) + "\"}");
    }
    int longestDescription = description
        .property("Update", "description")
        .orElseThrow()
        .get("maxLength")
        .asInt();
    for (String letter : List.of("a", "\u00e9", "\ud83d\ude00")) {
      String longest = "{\"description\":\"" + letter.repeat(longestDescription) + "\"}";
      assertThat(description.allows("/update/1", longest)).isTrue();
      assertThat(api.handle(post("/update/1", longest).with(unrestricted)).status())
          .isEqualTo(200);
      String longer = longest.replace("\"}", letter + "\"}");
      assertThat(description.allows("/update/1", longer)).isFalse();
      fixture.assertRefused(api, post("/update/1", longer).with(unrestricted), 400);
    }
    JsonNode scopes = description.property("Create", "scopes").orElseThrow();
    int scope = scopes.at("/items/maxLength").asInt();
    assertLast("{\"name\":\"s\",\"scopes\":[\"" + "s".repeat(scope) + "\"]}");
    assertRefused("{\"name\":\"t\",\"scopes\":[\"" + "s".repeat(scope + 1) + "\"]}");
  }

  private void assertLast(String body) {
    assertThat(description.allows("/create", body)).isTrue();
    assertThat(api.handle(post("/create", body).with(unrestricted)).status()).isEqualTo(200);
  }

  private void assertRefused(String body) {
    assertThat(description.allows("/create", body)).isFalse();
    fixture.assertRefused(api, post("/create", body).with(fixture.admin), 400);
  }

  @Test
  void known_scopes_are_the_only_ones_that_the_document_and_the_handlers_accept() {
    ApiFixture knowing =
        ApiFixture.knowing(KnownScopes.none().scope("read", "").scope("write", "", "read"));
    OpenApiDocument described = OpenApiDocument.of(knowing.api, knowing.admin);
    Verdict.Accepted all = knowing.unrestricted();
    for (String scope : List.of("read", "write", "*", "admin", "raed")) {
      for (String path : List.of("/create", "/update/1")) {
        String body = "{\"name\":\"" + scope + path + "\",\"scopes\":[\"" + scope + "\"]}";
        int status = knowing.api.handle(post(path, body).with(all)).status();
        assertThat(status).isEqualTo(described.allows(path, body) ? 200 : 400);
      }
    }
    JsonNode scopes = described.property("Create", "scopes").orElseThrow().at("/items/enum");
    assertThat(scopes).hasToString("[\"read\",\"write\",\"*\"]");
    assertThat(
            description.property("Create", "scopes").orElseThrow().at("/items").has("enum"))
        .isFalse();
  }

  @Test
  void the_parameters_of_the_list_are_described() {
    JsonNode metaschema =
        new JsonMapper().readTree("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}");
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : description.operation("").get("parameters")) {
      names.add(parameter.get("name").asString());
      assertThat(OpenApiDocument.violations(metaschema, parameter.get("schema")))
          .isEmpty();
    }
    assertThat(names)
        .containsExactly(
            "limit",
            "after",
            "search",
            "enabled",
            "expired",
            "expiringWithin",
            "unusedSince",
            "scope",
            "owner");
  }

  @ParameterizedTest // D7: disabled services do not appear in the document
  @EnumSource(SelfService.class)
  void only_enabled_services_are_described(SelfService service) {
    assertThat(paths()).containsExactlyInAnyOrderElementsOf(managing());
    Set<String> one = paths(service);
    assertThat(one)
        .containsAll(managing())
        .contains(service.path)
        .hasSize(managing().size() + 1);
    SelfService[] others = EnumSet.complementOf(EnumSet.of(service)).toArray(SelfService[]::new);
    assertThat(paths(others)).doesNotContain(service.path).hasSize(managing().size() + 2);
  }

  private static Set<String> managing() {
    return Set.of(
        "/",
        "/{id}",
        "/scopes",
        "/create",
        "/update/{id}",
        "/identify",
        "/setEnabled/{id}",
        "/rotate/{id}",
        "/disable",
        "/delete",
        "/delete/{id}",
        "/deleteExpired");
  }

  private Set<String> paths(SelfService... on) {
    TokenApi some = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), on);
    return new TreeSet<>(
        OpenApiDocument.of(some, fixture.admin).document.get("paths").propertyNames());
  }

  @Test // C7
  void a_caller_without_access_cannot_read_the_document() {
    TokenApi closed = TokenApi.of(fixture.tokens, NOBODY);
    fixture.assertRefused(closed.description("/x"), get("").with(fixture.admin), 403);
    TokenApi own = TokenApi.of(fixture.tokens, NOBODY, SelfService.READ);
    fixture.assertRefused(own.description("/x"), get(""), 403);
    assertThat(own.description("/x").handle(get("").with(fixture.admin)).status())
        .isEqualTo(200);
    TokenApi users =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.user("ann").unrestricted()));
    assertThat(users.description("/x").handle(get("")).status()).isEqualTo(200);
  }

  @Test // E4
  void the_document_is_served_at_one_path_by_get_and_head() {
    ApiHandler handler = api.description("/x");
    assertThat(handler.handle(new FakeRequest("HEAD", "").with(fixture.admin)).status())
        .isEqualTo(200);
    fixture.assertRefused(handler, post("").with(fixture.admin), 405);
    fixture.assertRefused(handler, get("/").with(fixture.admin), 404);
    assertThat(handler.handle(get("").with(fixture.admin)).headers())
        .containsEntry("Content-Type", List.of("application/json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        ".",
        "",
        "api",
        "/api/",
        "//x",
        "ftp://x/y",
        "/x?y",
        "/x#y",
        "/{x}",
        "/ä",
        "/x y",
        "https://",
        "https://x/"
      })
  void an_invalid_base_is_refused(String base) {
    assertThatThrownBy(() -> api.description(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("base (expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api", "/panel/api/tokens", "https://x.example:8443/api", "http://[::1]"})
  void the_base_is_the_server_url_of_the_document(String base) {
    JsonNode document =
        OpenApiDocument.json(api.description(base).handle(get("").with(fixture.admin)));
    assertThat(document.at("/servers/0/url").asString()).isEqualTo(base);
  }
}
