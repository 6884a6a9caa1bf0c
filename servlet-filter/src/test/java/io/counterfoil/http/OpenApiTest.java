package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API says of itself what it does, no more and no less. */
class OpenApiTest {
  private static final ManagementPolicy NOBODY = request -> Optional.empty();
  private static final Map<String, String> BODIES = Map.of(
      "/create", "{\"name\":\"x\"}",
      "/setEnabled/1", "{\"enabled\":true}",
      "/rotate/1", "{\"overlapSeconds\":0}",
      "/self/rotate", "{\"overlapSeconds\":0}");
  private static final List<String> PATHS = List.of(
      "",
      "/create",
      "/setEnabled/1",
      "/rotate/1",
      "/delete/1",
      "/self",
      "/self/rotate",
      "/self/delete");

  private final ApiFixture fixture = new ApiFixture();
  private final TokenApi api =
      TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
  private final OpenApiDocument description = OpenApiDocument.of(api, fixture.admin);

  @Test
  void the_document_is_valid_by_the_schema_of_openapi_and_by_that_of_json_schema()
      throws IOException {
    try (InputStream file =
        OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1-schema-2026-08-03.json")) {
      JsonNode schema = new JsonMapper().readTree(file);
      assertThat(OpenApiDocument.faults(schema, description.document)).isEmpty();
      JsonNode broken = new JsonMapper().readTree("{\"openapi\":\"3.1.0\",\"paths\":{\"x\":1}}");
      assertThat(OpenApiDocument.faults(schema, broken)).isNotEmpty();
    }
    JsonNode metaschema =
        new JsonMapper().readTree("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}");
    for (JsonNode schema : description.document.at("/components/schemas")) {
      assertThat(OpenApiDocument.faults(metaschema, schema)).isEmpty();
    }
  }

  @Test
  void every_answer_is_described_and_everything_described_is_answered() throws Exception {
    Map<String, Set<String>> seen = new HashMap<>();
    for (String path : PATHS) {
      List<ApiResponse> answers = new ArrayList<>();
      CapturedLog.of(() -> answers.addAll(answers(path)));
      for (ApiResponse answer : answers) {
        assertThat(description.answerFaults(path, answer))
            .as(path + ' ' + ApiFixture.text(answer))
            .isEmpty();
        seen.computeIfAbsent(path, any -> new TreeSet<>()).add(String.valueOf(answer.status()));
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
  void every_member_that_is_described_is_shown_by_a_token_that_has_it() {
    ApiFixture recording = ApiFixture.recordingUses();
    TokenApi api = TokenApi.of(recording.tokens, ManagementPolicy.anyToken(), SelfService.values());
    NewToken wish = NewToken.named("full")
        .owner("ann")
        .scopes("a")
        .allowedAddresses("::1")
        .expiresAt(recording.clock.instant().plusSeconds(600));
    InetAddress address = AddressRange.address("::1").orElseThrow();
    Verdict.Accepted full = (Verdict.Accepted)
        recording.tokens.authenticate(recording.tokens.create(wish).reveal(), address);
    recording.tokens.close(); // the use is recorded
    JsonNode list = OpenApiDocument.json(api.handle(get("").with(full))).at("/obj/0");
    JsonNode rotated = OpenApiDocument.json(
            api.handle(post("/self/rotate", "{\"overlapSeconds\":0}").with(full)))
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

  @ParameterizedTest // E5, E6: what the document allows is taken, what it does not is refused
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
          /create        | {"name":"b"}
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
          /self/rotate   | {"overlapSeconds":600}
          """)
  void the_handlers_take_what_the_document_allows_and_nothing_else(String path, String body) {
    int status = api.handle(post(path, body).with(fixture.admin)).status();
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
    JsonNode scopes = description.property("Create", "scopes").orElseThrow();
    int scope = scopes.at("/items/maxLength").asInt();
    assertLast("{\"name\":\"s\",\"scopes\":[\"" + "s".repeat(scope) + "\"]}");
    assertRefused("{\"name\":\"t\",\"scopes\":[\"" + "s".repeat(scope + 1) + "\"]}");
  }

  private void assertLast(String body) {
    assertThat(description.allows("/create", body)).isTrue();
    assertThat(api.handle(post("/create", body).with(fixture.admin)).status()).isEqualTo(200);
  }

  private void assertRefused(String body) {
    assertThat(description.allows("/create", body)).isFalse();
    fixture.assertRefused(api, post("/create", body).with(fixture.admin), 400);
  }

  @ParameterizedTest // D7: what is off is not even named
  @EnumSource(SelfService.class)
  void what_is_switched_on_is_described_and_nothing_else(SelfService service) {
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
    return Set.of("/", "/create", "/setEnabled/{id}", "/rotate/{id}", "/delete/{id}");
  }

  private Set<String> paths(SelfService... on) {
    TokenApi some = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), on);
    return new TreeSet<>(
        OpenApiDocument.of(some, fixture.admin).document.get("paths").propertyNames());
  }

  @Test // C7
  void whom_nothing_is_open_to_reads_nothing() {
    TokenApi closed = TokenApi.of(fixture.tokens, NOBODY);
    fixture.assertRefused(closed.description("/x"), get("").with(fixture.admin), 403);
    TokenApi own = TokenApi.of(fixture.tokens, NOBODY, SelfService.READ);
    fixture.assertRefused(own.description("/x"), get(""), 403);
    assertThat(own.description("/x").handle(get("").with(fixture.admin)).status())
        .isEqualTo(200);
    TokenApi users =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.unrestricted("ann")));
    assertThat(users.description("/x").handle(get("")).status()).isEqualTo(200);
  }

  @Test // E4
  void it_is_read_at_one_path_by_get_and_head() {
    ApiHandler handler = api.description("/x");
    assertThat(handler.handle(new FakeRequest("HEAD", "").with(fixture.admin)).status())
        .isEqualTo(200);
    fixture.assertRefused(handler, post("").with(fixture.admin), 405);
    fixture.assertRefused(handler, get("/").with(fixture.admin), 404);
    assertThat(handler.handle(get("").with(fixture.admin)).headers())
        .containsEntry("Content-Type", "application/json");
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
  void a_base_that_tools_would_misread_is_refused(String base) {
    assertThatThrownBy(() -> api.description(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("base (expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api", "/panel/api/tokens", "https://x.example:8443/api", "http://[::1]"})
  void the_base_is_where_the_host_says(String base) {
    JsonNode document =
        OpenApiDocument.json(api.description(base).handle(get("").with(fixture.admin)));
    assertThat(document.at("/servers/0/url").asString()).isEqualTo(base);
  }

  /** What can be had at a path: each request that is right, and all that can be wrong with it. */
  private static List<ApiResponse> answers(String path) {
    ApiFixture fixture = new ApiFixture();
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
    List<ApiResponse> answers = new ArrayList<>();
    BearerAuthenticator open =
        BearerAuthenticator.builder(fixture.tokens).scope("admin").build();
    BearerAuthenticator hidden =
        BearerAuthenticator.builder(fixture.tokens).hideExistence().build();
    answers.add(refused(open, List.of()));
    answers.add(refused(open, List.of("Bearer nonsense")));
    answers.add(refused(open, List.of("Bearer a", "Bearer b")));
    answers.add(refused(hidden, List.of()));
    String narrow = fixture.tokens.create(NewToken.named("n").scopes("a")).reveal();
    answers.add(refused(open, List.of("Bearer " + narrow)));
    BearerAuthenticator away = BearerAuthenticator.builder(
            TokenManager.builder(BrokenStore.returningNull()).build())
        .build();
    answers.add(refused(away, List.of("Bearer " + narrow)));

    Function<FakeRequest, ApiResponse> asked = request -> api.handle(request.with(fixture.admin));
    answers.add(asked.apply(new FakeRequest("PUT", path)));
    answers.add(api.handle(request(path)));
    if (BODIES.containsKey(path)) {
      answers.add(asked.apply(post(path)));
      answers.add(asked.apply(post(path, "nonsense")));
      answers.add(asked.apply(post(path, " ".repeat(RequestBody.LIMIT + 1))));
      answers.add(asked.apply(post(path, "").body(new InputStream() {
        @Override
        public int read() throws IOException {
          throw new SocketTimeoutException();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          throw new SocketTimeoutException();
        }
      })));
    }
    answers.add(asked.apply(request(path)));
    if (path.equals("/create")) {
      answers.add(asked.apply(request(path))); // the name is taken
    }
    if (path.contains("otate")) {
      answers.add(Responses.CONCURRENT_ROTATION); // needs two at a time: TokenApiRotateTest
    }
    if (path.contains("elete")) {
      answers.add(asked.apply(post(path).field("Content-Type", "text/plain")));
    }
    answers.add(api.handle(post("/delete/999").with(fixture.admin))); // no such token
    return answers;
  }

  private static FakeRequest request(String path) {
    if (path.isEmpty() || path.equals("/self")) {
      return get(path);
    }
    return BODIES.containsKey(path) ? post(path, BODIES.get(path)) : post(path);
  }

  private static ApiResponse refused(BearerAuthenticator check, List<String> fields) {
    return ((BearerAuthenticator.Refused) check.check(fields)).answer();
  }
}
