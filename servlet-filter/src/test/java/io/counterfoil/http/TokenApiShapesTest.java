package io.counterfoil.http;

import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static io.counterfoil.http.Office.text;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of the management API, byte for byte. */
class TokenApiShapesTest {
  private static final Pattern PLAINTEXT = Pattern.compile("\"token\":\"(cf_[0-9A-Za-z]{49})\"");

  private final Office office = new Office();

  @Test // E1
  void the_list_has_id_name_enabled_and_created_at_of_every_token() {
    office.tokens.create(NewToken.named("off"));
    office.tokens.disable(2);
    ApiResponse answer = office.answer(get(""));
    assertThat(text(answer))
        .isEqualTo("{\"success\":true,\"obj\":["
            + "{\"id\":1,\"name\":\"default\",\"enabled\":true,\"createdAt\":1736000000},"
            + "{\"id\":2,\"name\":\"off\",\"enabled\":false,\"createdAt\":1736000000}]}");
    assertThat(text(office.answer(get("/")))).isEqualTo(text(answer));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test // E1
  void an_empty_list_is_an_empty_array() {
    TokenApi api = TokenApi.of(office.tokens, request -> Optional.of(Caller.unrestricted("ann")));
    assertThat(text(api.handle(get("")))).isEqualTo("{\"success\":true,\"obj\":[]}");
  }

  @Test // E1, E2
  void create_shows_the_token_and_its_plaintext_which_is_accepted() {
    ApiResponse answer = office.answer(post("/create", "{\"name\":\"central-panel-a\"}"));
    assertThat(answer.status()).isEqualTo(200);
    String plaintext = plaintext(answer);
    assertThat(text(answer))
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,\"id\":2,"
            + "\"name\":\"central-panel-a\",\"token\":\"" + plaintext + "\"}}");
    assertThat(office.tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test // E1
  void optional_members_are_there_where_they_are_set() {
    Verdict.Accepted ann = office.accepted(NewToken.named("a").owner("ann"));
    ApiResponse created = office.api.handle(post(
            "/create",
            "{\"scopes\":[\"read\",\"deploy\"],\"expiresAt\":253402300799,\"name\":\"b\"}")
        .with(ann));
    assertThat(text(created))
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,"
            + "\"expiresAt\":253402300799,\"id\":3,\"name\":\"b\",\"owner\":\"ann\","
            + "\"scopes\":[\"deploy\",\"read\"],\"token\":\"" + plaintext(created) + "\"}}");
    assertThat(text(office.api.handle(get("").with(ann))))
        .isEqualTo("{\"success\":true,\"obj\":["
            + "{\"id\":2,\"name\":\"a\",\"enabled\":true,\"createdAt\":1736000000,\"owner\":\"ann\"},"
            + "{\"id\":3,\"name\":\"b\",\"enabled\":true,\"createdAt\":1736000000,"
            + "\"expiresAt\":253402300799,\"owner\":\"ann\",\"scopes\":[\"deploy\",\"read\"]}]}");
  }

  @Test // E1
  void the_last_use_is_there_once_it_is_known() {
    office.accepted(NewToken.named("ci"));
    office.clock.advance(Duration.ofMillis(2999));
    office.tokens.close(); // records the uses
    assertThat(text(office.answer(get(""))))
        .isEqualTo("{\"success\":true,\"obj\":[{\"id\":1,\"name\":\"default\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"lastUsedAt\":1736000000},"
            + "{\"id\":2,\"name\":\"ci\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"lastUsedAt\":1736000000}]}");
  }

  @Test // E1
  void set_enabled_switches_a_token_off_and_on() {
    office.tokens.create(NewToken.named("ci"));
    for (boolean wanted : new boolean[] {false, false, true, true}) {
      ApiResponse answer = office.answer(post("/setEnabled/2", "{\"enabled\":" + wanted + '}'));
      assertThat(text(answer)).isEqualTo("{\"success\":true}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(office.tokens.find(2)).map(Token::enabled).contains(wanted);
    }
  }

  @Test // E1, E8
  void delete_deletes_once() {
    office.tokens.create(NewToken.named("ci"));
    assertThat(text(office.answer(post("/delete/2")))).isEqualTo("{\"success\":true}");
    assertThat(office.tokens.find(2)).isEmpty();
    ApiResponse again = office.refused(post("/delete/2"), 404);
    assertThat(text(again))
        .isEqualTo("{\"success\":false,\"msg\":\"there is no such token\"}")
        .isEqualTo(text(office.refused(post("/delete/77"), 404)))
        .isEqualTo(text(office.refused(post("/setEnabled/2", "{\"enabled\":true}"), 404)));
  }

  @Test // E1
  void a_name_that_is_taken_is_answered_409() {
    ApiResponse answer = office.refused(post("/create", "{\"name\":\"default\"}"), 409);
    assertThat(text(answer))
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
  void every_answer_is_json_that_is_not_stored_and_not_sniffed(FakeRequest request) {
    assertThat(office.answer(request).headers())
        .containsAllEntriesOf(Map.of(
            "Content-Type", "application/json",
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff"));
  }

  @Test // K4
  void a_list_of_any_length_is_whole_and_in_the_order_of_ids() {
    IntStream.rangeClosed(2, 1201).forEach(i -> office.tokens.create(NewToken.named("t" + i)));
    List<Integer> ids = Pattern.compile("\"id\":(\\d+),")
        .matcher(text(office.answer(get(""))))
        .results()
        .map(id -> Integer.valueOf(id.group(1)))
        .toList();
    assertThat(ids).isEqualTo(IntStream.rangeClosed(1, 1201).boxed().toList());
  }

  @Test
  void each_operation_can_be_mounted_alone() {
    assertThat(text(office.api.list().handle(get("").with(office.admin))))
        .isEqualTo(text(office.answer(get(""))));
    ApiResponse created =
        office.api.create().handle(post("", "{\"name\":\"ci\"}").with(office.admin));
    assertThat(text(created)).contains("\"id\":2,\"name\":\"ci\"");
    FakeRequest off = post("/2", "{\"enabled\":false}").with(office.admin);
    assertThat(text(office.api.setEnabled().handle(off))).isEqualTo("{\"success\":true}");
    assertThat(office.tokens.find(2)).map(Token::enabled).contains(false);
    FakeRequest rotation = post("/2", "{\"overlapSeconds\":0}").with(office.admin);
    assertThat(text(office.api.rotate().handle(rotation))).contains("\"id\":2,\"name\":\"ci\"");
    assertThat(text(office.api.delete().handle(post("/2").with(office.admin))))
        .isEqualTo("{\"success\":true}");
    assertThat(office.tokens.list()).hasSize(1);
  }

  private static String plaintext(ApiResponse answer) {
    Matcher plaintext = PLAINTEXT.matcher(text(answer));
    assertThat(plaintext.find()).isTrue();
    return plaintext.group(1);
  }
}
