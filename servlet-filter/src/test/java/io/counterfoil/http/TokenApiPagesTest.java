package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the list: {@code ?limit=} and {@code ?after=}. */
class TokenApiPagesTest {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+),");
  private static final Pattern NEXT =
      Pattern.compile("<\\?(after=[0-9]+&limit=[0-9]+)>; rel=\"next\"");

  private final ApiFixture fixture = new ApiFixture();
  private final TokenApi anns = as(Caller.user("ann"));

  private TokenApi as(Caller caller) {
    return TokenApi.of(fixture.tokens, request -> Optional.of(caller));
  }

  /** Creates tokens in turns: for ann with ids 2, 4, 6, …, for bob with ids 3, 5, 7, …. */
  private void create(int each) {
    for (int i = 0; i < each; i++) {
      fixture.tokens.create(NewToken.named("t" + i).owner("ann"));
      fixture.tokens.create(NewToken.named("t" + i).owner("bob"));
    }
  }

  private static List<Integer> ids(ApiResponse response) {
    assertThat(response.status()).as(text(response)).isEqualTo(200);
    return ID.matcher(text(response))
        .results()
        .map(id -> Integer.valueOf(id.group(1)))
        .toList();
  }

  private static Optional<String> next(ApiResponse response) {
    return Optional.ofNullable(response.headers().get("Link")).map(links -> {
      String link = links.get(0);
      Matcher next = NEXT.matcher(link);
      assertThat(next.matches()).as(link).isTrue();
      return next.group(1);
    });
  }

  @ParameterizedTest // P6: other owners' tokens lie between those of the caller
  @ValueSource(ints = {1, 2, 3, 7, 10, 19, 20, 21, 500})
  void the_pages_contain_each_token_of_the_caller_once_and_end_without_a_link(int limit) {
    create(20);
    List<Integer> all = new ArrayList<>();
    int pages = 0;
    for (Optional<String> query = Optional.of("limit=" + limit); query.isPresent(); pages++) {
      ApiResponse page = anns.handle(get("").query(query.get()));
      assertThat(ids(page)).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
      all.addAll(ids(page));
      query = next(page);
    }
    assertThat(all).isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(i -> 2 * i).toList());
    assertThat(pages).isEqualTo((20 + limit - 1) / limit);
  }

  @Test // P6
  void a_caller_of_all_owners_gets_pages_of_all_tokens() {
    create(3);
    ApiResponse page =
        as(Caller.user("root").ofAllOwners()).handle(get("").query("limit=4&after=2"));
    assertThat(ids(page)).containsExactly(3, 4, 5, 6);
    assertThat(page.headers()).containsEntry("Link", List.of("<?after=6&limit=4>; rel=\"next\""));
  }

  @Test // P6
  void a_page_is_neither_shorter_nor_repeated_after_a_deletion() {
    create(5);
    ApiResponse page = anns.handle(get("").query("limit=2"));
    assertThat(ids(page)).containsExactly(2, 4);
    fixture.tokens.delete(4);
    fixture.tokens.delete(6);
    assertThat(ids(anns.handle(get("").query(next(page).orElseThrow())))).containsExactly(8, 10);
  }

  @Test // P6
  void after_alone_gives_a_page_of_100_and_limit_alone_the_first_page() {
    create(150);
    ApiResponse page = anns.handle(get("").query("after=0"));
    assertThat(ids(page)).hasSize(100).startsWith(2);
    assertThat(next(page)).contains("after=200&limit=100");
    assertThat(ids(anns.handle(get("").query("limit=1")))).containsExactly(2);
    ApiResponse last = anns.handle(get("").query("after=" + Long.MAX_VALUE));
    assertThat(text(last)).isEqualTo("{\"success\":true,\"obj\":[]}");
    assertThat(next(last)).isEmpty();
  }

  @ParameterizedTest // E1
  @ValueSource(
      strings = {"", "&", "limits=1", "Limit=1", "limit[]=1", "x=limit=1", "%6cimit=1", "=1", "%"})
  void unknown_parameters_are_ignored(String query) {
    create(2);
    ApiResponse response = anns.handle(get("").query(query));
    assertThat(text(response)).isEqualTo(text(anns.handle(get(""))));
    assertThat(next(response)).isEmpty();
    assertThat(ids(anns.handle(get("").query(query + "&limit=1")))).containsExactly(2);
  }

  @ParameterizedTest // F2
  @CsvSource(delimiter = '|', textBlock = """
      limit             | limit must be a whole number from 1 to 500
      limit=            | limit must be a whole number from 1 to 500
      limit=0           | limit must be a whole number from 1 to 500
      limit=501         | limit must be a whole number from 1 to 500
      limit=-1          | limit must be a whole number from 1 to 500
      limit=+1          | limit must be a whole number from 1 to 500
      limit=01          | limit must be a whole number from 1 to 500
      limit=1.0         | limit must be a whole number from 1 to 500
      limit=%31         | limit must be a whole number from 1 to 500
      limit=\u0661      | limit must be a whole number from 1 to 500
      limit=4294967297  | limit must be a whole number from 1 to 500
      limit=1;after=2   | limit must be a whole number from 1 to 500
      after=            | after must be a whole number from 0 to 9223372036854775807
      after=x&limit=1   | after must be a whole number from 0 to 9223372036854775807
      after=9223372036854775808 | after must be a whole number from 0 to 9223372036854775807
      limit=1&limit=1   | limit must not be repeated
      after=1&x&after=2 | after must not be repeated
      """)
  void a_bad_value_and_a_repeated_parameter_are_answered_400(String query, String expected) {
    ApiResponse response = fixture.assertRefused(get("").query(query), 400);
    assertThat(text(response)).contains("the parameter " + expected);
  }

  @Test // E4
  void a_head_request_gets_the_same_headers() {
    create(3);
    for (String query : List.of("", "limit=2", "limit=0")) {
      ApiResponse response = anns.handle(get("").query(query));
      ApiResponse head = anns.handle(new FakeRequest("HEAD", "").query(query));
      assertThat(head.status()).isEqualTo(response.status());
      assertThat(head.headers()).isEqualTo(response.headers());
      assertThat(head.contentLength()).isEqualTo(response.contentLength()).isPresent();
    }
  }

  @Test // E1, P6: the form of the complete list does not depend on how many pages it takes
  void the_complete_list_has_the_tokens_of_all_pages_byte_for_byte() {
    create(1100);
    StringBuilder joined = new StringBuilder();
    for (Optional<String> query = Optional.of("limit=7"); query.isPresent(); ) {
      ApiResponse page = anns.handle(get("").query(query.get()));
      String tokens = text(page).replaceAll("^\\{\"success\":true,\"obj\":\\[|]}$", "");
      joined.append(joined.isEmpty() ? "" : ",").append(tokens);
      query = next(page);
    }
    ApiResponse complete = anns.handle(get(""));
    assertThat(text(complete)).isEqualTo("{\"success\":true,\"obj\":[" + joined + "]}");
    assertThat(complete.headers())
        .isEqualTo(Map.of(
            "Content-Type", List.of("application/json"),
            "Cache-Control", List.of("no-store"),
            "X-Content-Type-Options", List.of("nosniff")));
    assertThat(complete.contentLength()).isEmpty();
    assertThat(text(complete)).isEqualTo(text(complete)); // a body can be opened again
  }
}
