package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of a list that select tokens. */
@Tag("locale")
class TokenApiFilterTest {
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+),");
  private static final Pattern NEXT = Pattern.compile("<\\?([A-Za-z0-9=&%+*._-]+)>; rel=\"next\"");

  private final ApiFixture fixture = ApiFixture.recordingUses();
  private final TokenApi all = as(Caller.user("root").ofAllOwners());

  TokenApiFilterTest() {
    create(NewToken.named("Build 100%").owner("ann").scopes("read", "write")); // 2
    create(NewToken.named("build_1").owner("bob").scopes("read")); // 3
    create(NewToken.named("caf\u00e9 & \u0130")
        .owner("ann")
        .expiresAt(fixture.clock.instant().plusSeconds(60))); // 4
    create(NewToken.named("expiring")
        .owner("ann")
        .unrestricted()
        .expiresAt(fixture.clock.instant().plusSeconds(3600))); // 5
    fixture.tokens.disable(3);
    fixture.clock.advance(Duration.ofSeconds(60));
    create(NewToken.named("new").owner("bob")); // 6
  }

  private void create(NewToken newToken) {
    fixture.tokens.create(newToken);
  }

  private TokenApi as(Caller caller) {
    return TokenApi.of(fixture.tokens, request -> Optional.of(caller));
  }

  private static String ids(ApiResponse response) {
    assertThat(response.status()).as(text(response)).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    Matcher id = ID.matcher(text(response));
    while (id.find()) {
      ids.add(id.group(1));
    }
    return String.join(" ", ids);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          search=BUILD                      | 2 3
          search=build+100                  | 2
          search=build%20100%25             | 2
          search=_                          | 3
          search=%25                        | 2
          search=*                          |
          search=caf%C3%A9                  | 4
          search=CAF%c3%89                  | 4
          search=%26                        | 4
          search=i%CC%87                    |
          search=                           | 1 2 3 4 5 6
          search                            | 1 2 3 4 5 6
          enabled=true                      | 1 2 4 5 6
          enabled=false                     | 3
          enabled=                          | 1 2 3 4 5 6
          expired=true                      | 4
          expired=false                     | 1 2 3 5 6
          expiringWithin=3539               |
          expiringWithin=3540               | 5
          expiringWithin=3153600000         | 5
          expiringWithin=0                  |
          unusedSince=1736000000            |
          unusedSince=1736000001            | 1 2 3 4 5
          unusedSince=1736000061            | 1 2 3 4 5 6
          scope=read                        | 2 3
          scope=write                       | 2
          scope=*                           | 5
          scope=READ                        |
          owner=ann                         | 2 4 5
          owner=Ann                         |
          owner=                            | 1 2 3 4 5 6
          search=b&enabled=true             | 2
          owner=bob&scope=read&search=1     | 3
          expired=true&expiringWithin=9     |
          expired=false&enabled=true&limit=2| 1 2
          expired=false&after=3&limit=1     | 5
          enabled=true&after=4              | 5 6
          Search=x                          | 1 2 3 4 5 6
          %73earch=x                        | 1 2 3 4 5 6
          search=b&x=%                      | 2 3
          """)
  void a_parameter_selects_tokens(String query, String expected) {
    assertThat(ids(all.handle(get("").query(query)))).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void any_filter_makes_a_page() {
    for (int i = 0; i < 200; i++) {
      create(NewToken.named("t" + i));
    }
    for (String filter : List.of("search=", "enabled=true", "expired=false", "search=t&owner=")) {
      ApiResponse response = all.handle(get("").query(filter));
      assertThat(ids(response).split(" ")).hasSize(PageQuery.DEFAULT_LIMIT);
      assertThat(response.headers()).containsKey("Link");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "search=T%26&enabled=true&expired=false&owner=ann",
        "owner=ann&search=+%26%3C%3E%22%0D%0A&scope=*&limit=7",
        "search=t%26&unusedSince=2000000000&enabled=",
        "expired=false",
        "search=%C3%A9"
      })
  void the_pages_hold_together_what_the_filters_select(String query) {
    for (int i = 0; i < 30; i++) {
      NewToken newToken = NewToken.named("t& \u00e9<>\"" + i).owner("ann").scopes("x");
      create(i % 3 == 0 ? newToken.expiresAt(fixture.clock.instant().plusSeconds(1)) : newToken);
    }
    fixture.clock.advance(Duration.ofSeconds(1));
    String whole =
        ids(all.handle(get("").query(query + (query.contains("limit") ? "" : "&limit=500"))));
    List<String> pages = new ArrayList<>();
    String next = query.contains("limit") ? query : query + "&limit=7";
    while (!next.isEmpty()) {
      ApiResponse page = all.handle(get("").query(next));
      pages.add(ids(page));
      String link = page.headers().getOrDefault("Link", List.of("")).get(0);
      Matcher matcher = NEXT.matcher(link);
      assertThat(link.isEmpty() || matcher.matches()).as(link).isTrue();
      next = link.isEmpty() ? "" : matcher.group(1);
      if (!next.isEmpty()) {
        assertThat(URLDecoder.decode(next, StandardCharsets.UTF_8)).contains("&limit=7");
      }
    }
    assertThat(String.join(" ", pages)).isEqualTo(whole);
  }

  @Test
  void the_link_keeps_the_filters_and_needs_no_escaping() {
    for (int i = 0; i < 3; i++) {
      create(NewToken.named("a>b&c" + i));
    }
    ApiResponse page =
        all.handle(get("").query("limit=1&enabled=true&search=%3Eb%26&owner=&expired=false"));
    assertThat(page.headers())
        .containsEntry(
            "Link",
            List.of("<?after=7&limit=1&enabled=true&search=%3Eb%26&expired=false>; rel=\"next\""));
  }

  @ParameterizedTest // the message names the parameter
  @ValueSource(
      strings = {
        "search=%",
        "search=%4",
        "search=%zz",
        "search=%+1",
        "search=%C3",
        "search=%FF",
        "search=%ED%A0%80",
        "search=%C0%80",
        "search=%00",
        "search=\u00e9",
        "search=a b",
        "search=\u007f",
        "search=%\u0661\u0661",
        "enabled=1",
        "enabled=TRUE",
        "enabled=yes",
        "expired=0",
        "expired=t",
        "expiringWithin=-1",
        "expiringWithin=1.5",
        "expiringWithin=01",
        "expiringWithin=1e3",
        "expiringWithin=3153600001",
        "expiringWithin=9223372036854775808",
        "unusedSince=x",
        "unusedSince=253402300800",
        "scope=a%20b",
        "scope=%22",
        "scope=%C3%A9",
        "owner=%00",
        "search=a&search=a",
        "owner=a&owner=",
        "enabled=true&enabled=false"
      })
  void a_wrong_value_is_refused_with_the_name_of_its_parameter(String query) {
    String name = query.substring(0, query.indexOf('='));
    assertThat(text(fixture.assertRefused(all, get("").query(query), 400)))
        .startsWith("{\"success\":false,\"msg\":\"the parameter " + name + " must ");
  }

  @Test
  void a_search_has_at_most_64_code_points() {
    String longest = "%F0%9F%9A%80".repeat(64);
    assertThat(ids(all.handle(get("").query("search=" + longest)))).isEmpty();
    fixture.assertRefused(all, get("").query("search=" + longest + 'a'), 400);
    fixture.assertRefused(all, get("").query("search=" + "a".repeat(1_000_000)), 400);
  }

  @Test
  void a_caller_of_one_owner_may_name_only_this_owner() {
    TokenApi anns = as(Caller.user("ann"));
    assertThat(ids(anns.handle(get("").query("owner=ann")))).isEqualTo("2 4 5");
    assertThat(ids(anns.handle(get("").query("owner=")))).isEqualTo("2 4 5");
    assertThat(ids(anns.handle(get("").query("search=b")))).isEqualTo("2");
    for (String other : List.of("bob", "nobody", "Ann")) {
      assertThat(text(fixture.assertRefused(anns, get("").query("owner=" + other), 403)))
          .isEqualTo(
              "{\"success\":false," + "\"msg\":\"you may not list the tokens of another owner\"}");
    }
    assertThat(ids(as(Caller.withoutOwner()).handle(get("").query("enabled=true"))))
        .isEqualTo("1");
    fixture.assertRefused(as(Caller.withoutOwner()), get("").query("owner=ann"), 403);
  }
}
