package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The responses of the management API, byte for byte. */
@Tag("locale")
class TokenApiShapesTest {
  private static final Pattern PLAINTEXT = Pattern.compile("\"token\":\"(cf_[0-9A-Za-z]{49})\"");

  private final ApiFixture fixture = new ApiFixture();

  @Test // E1
  void the_list_has_id_name_enabled_and_created_at_of_every_token() {
    fixture.tokens.create(NewToken.named("off"));
    fixture.tokens.disable(2);
    ApiResponse response = fixture.send(get(""));
    assertThat(text(response))
        .isEqualTo("{\"success\":true,\"obj\":["
            + "{\"id\":1,\"name\":\"default\",\"enabled\":true,\"createdAt\":1736000000},"
            + "{\"id\":2,\"name\":\"off\",\"enabled\":false,\"createdAt\":1736000000}]}");
    assertThat(text(fixture.send(get("/")))).isEqualTo(text(response));
    assertThat(response.status()).isEqualTo(200);
  }

  @Test // E1
  void an_empty_list_is_an_empty_array() {
    TokenApi api =
        TokenApi.of(fixture.tokens, request -> Optional.of(Caller.user("ann").unrestricted()));
    assertThat(text(api.handle(get("")))).isEqualTo("{\"success\":true,\"obj\":[]}");
  }

  @Test // E1, E2
  void create_shows_the_token_and_its_plaintext_which_is_accepted() {
    ApiResponse response = fixture.send(post("/create", "{\"name\":\"central-panel-a\"}"));
    assertThat(response.status()).isEqualTo(200);
    String plaintext = plaintext(response);
    assertThat(text(response))
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,\"id\":2,"
            + "\"name\":\"central-panel-a\",\"token\":\"" + plaintext + "\"}}");
    assertThat(fixture.tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test // E1
  void optional_members_appear_if_they_are_set() {
    Verdict.Accepted ann = fixture.accepted(NewToken.named("a").owner("ann").unrestricted());
    ApiResponse created = fixture.api.handle(post(
            "/create",
            "{\"scopes\":[\"read\",\"deploy\"],\"expiresAt\":253402300799,\"name\":\"b\"}")
        .with(ann));
    assertThat(text(created))
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,"
            + "\"expiresAt\":253402300799,\"id\":3,\"name\":\"b\",\"owner\":\"ann\","
            + "\"scopes\":[\"deploy\",\"read\"],\"token\":\"" + plaintext(created) + "\"}}");
    assertThat(text(fixture.api.handle(get("").with(ann))))
        .isEqualTo("{\"success\":true,\"obj\":["
            + "{\"id\":2,\"name\":\"a\",\"enabled\":true,\"createdAt\":1736000000,\"owner\":\"ann\","
            + "\"scopes\":[\"*\"]},"
            + "{\"id\":3,\"name\":\"b\",\"enabled\":true,\"createdAt\":1736000000,"
            + "\"expiresAt\":253402300799,\"owner\":\"ann\",\"scopes\":[\"deploy\",\"read\"]}]}");
  }

  @Test // E1
  void the_last_use_appears_once_it_is_recorded() {
    ApiFixture recording = ApiFixture.recordingUses();
    recording.accepted(NewToken.named("ci"));
    recording.clock.advance(Duration.ofMillis(2999));
    recording.tokens.close(); // records the uses
    assertThat(text(recording.send(get(""))))
        .isEqualTo("{\"success\":true,\"obj\":[{\"id\":1,\"name\":\"default\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"lastUsedAt\":1736000000},"
            + "{\"id\":2,\"name\":\"ci\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"lastUsedAt\":1736000000}]}");
  }

  @Test // E1, P5
  void a_token_whose_plaintext_has_leaked_is_marked_until_it_is_rotated() {
    fixture.tokens.reportLeak(fixture.tokens.create(NewToken.named("ci")).reveal());
    String marked = "{\"id\":2,\"name\":\"ci\",\"enabled\":false,\"leaked\":true,\"createdAt\":";
    assertThat(text(fixture.send(get("")))).contains(marked);
    fixture.send(post("/setEnabled/2", "{\"enabled\":true}"));
    assertThat(text(fixture.send(get(""))))
        .contains(marked.replace("\"enabled\":false", "\"enabled\":true"));
    ApiResponse rotated = fixture.send(post("/rotate/2", "{\"overlapSeconds\":0}"));
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(text(rotated) + text(fixture.send(get("")))).doesNotContain("leaked");
  }

  @Test // E1
  void set_enabled_disables_and_enables_a_token() {
    fixture.tokens.create(NewToken.named("ci"));
    for (boolean wanted : new boolean[] {false, false, true, true}) {
      ApiResponse response = fixture.send(post("/setEnabled/2", "{\"enabled\":" + wanted + '}'));
      assertThat(text(response)).isEqualTo("{\"success\":true}");
      assertThat(response.status()).isEqualTo(200);
      assertThat(fixture.tokens.find(2)).map(Token::enabled).contains(wanted);
    }
  }

  @Test // E1, E8
  void a_second_deletion_is_answered_404() {
    fixture.tokens.create(NewToken.named("ci"));
    assertThat(text(fixture.send(post("/delete/2")))).isEqualTo("{\"success\":true}");
    assertThat(fixture.tokens.find(2)).isEmpty();
    ApiResponse again = fixture.assertRefused(post("/delete/2"), 404);
    assertThat(text(again))
        .isEqualTo("{\"success\":false,\"msg\":\"there is no such token\"}")
        .isEqualTo(text(fixture.assertRefused(post("/delete/77"), 404)))
        .isEqualTo(text(fixture.assertRefused(post("/setEnabled/2", "{\"enabled\":true}"), 404)));
  }

  @Test // E1
  void a_name_that_is_taken_is_answered_409() {
    ApiResponse response = fixture.assertRefused(post("/create", "{\"name\":\"default\"}"), 409);
    assertThat(text(response))
        .isEqualTo("{\"success\":false,\"msg\":\"a token with that name already exists\"}");
  }

  static Stream<FakeRequest> everyKindOfAnswer() {
    return Stream.of(
        get(""),
        get("/nothing"),
        post("/create", "{\"name\":\"x\"}"),
        post("/create", "{\"name\":\"default\"}"),
        post("/create", "nonsense"),
        post("/create"),
        post("/setEnabled/1", "{\"enabled\":true}"),
        post("/rotate/1", "{\"overlapSeconds\":0}"),
        post("/delete/1"),
        post(""));
  }

  @ParameterizedTest // E3
  @MethodSource("everyKindOfAnswer")
  void every_response_is_json_that_is_not_cached_and_not_sniffed(FakeRequest request) {
    assertThat(fixture.send(request).headers())
        .containsAllEntriesOf(Map.of(
            "Content-Type", List.of("application/json"),
            "Cache-Control", List.of("no-store"),
            "X-Content-Type-Options", List.of("nosniff")));
  }

  @Test // K4
  void a_long_list_is_complete_and_ordered_by_id() {
    IntStream.rangeClosed(2, 1201).forEach(i -> fixture.tokens.create(NewToken.named("t" + i)));
    List<Integer> ids = Pattern.compile("\"id\":(\\d+),")
        .matcher(text(fixture.send(get(""))))
        .results()
        .map(id -> Integer.valueOf(id.group(1)))
        .toList();
    assertThat(ids).isEqualTo(IntStream.rangeClosed(1, 1201).boxed().toList());
  }

  @Test
  void each_operation_can_be_mounted_alone() {
    assertThat(text(fixture.api.list().handle(get("").with(fixture.admin))))
        .isEqualTo(text(fixture.send(get(""))));
    ApiResponse created =
        fixture.api.create().handle(post("", "{\"name\":\"ci\"}").with(fixture.admin));
    assertThat(text(created)).contains("\"id\":2,\"name\":\"ci\"");
    FakeRequest off = post("/2", "{\"enabled\":false}").with(fixture.admin);
    assertThat(text(fixture.api.setEnabled().handle(off))).isEqualTo("{\"success\":true}");
    assertThat(fixture.tokens.find(2)).map(Token::enabled).contains(false);
    FakeRequest rotation = post("/2", "{\"overlapSeconds\":0}").with(fixture.admin);
    assertThat(text(fixture.api.rotate().handle(rotation))).contains("\"id\":2,\"name\":\"ci\"");
    assertThat(text(fixture.api.delete().handle(post("/2").with(fixture.admin))))
        .isEqualTo("{\"success\":true}");
    assertThat(fixture.tokens.list()).hasSize(1);
  }

  private static String plaintext(ApiResponse response) {
    Matcher plaintext = PLAINTEXT.matcher(text(response));
    assertThat(plaintext.find()).isTrue();
    return plaintext.group(1);
  }
}
