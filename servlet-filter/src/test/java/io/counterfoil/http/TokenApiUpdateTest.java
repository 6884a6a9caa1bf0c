package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static io.counterfoil.http.TokenApiBodiesTest.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An update changes the members that its body has, and nothing else. */
class TokenApiUpdateTest {
  private final ApiFixture fixture = new ApiFixture();
  private final Verdict.Accepted root = fixture.unrestricted(); // id 2
  private final String plaintext = fixture
      .tokens
      .create(NewToken.named("ci")
          .description("nightly build")
          .scopes("a", "b")
          .allowedAddresses("192.0.2.0/24")
          .expiresAt(fixture.clock.instant().plusSeconds(900)))
      .reveal();

  private ApiResponse update(String body) {
    return fixture.api.handle(post("/update/3", quoted(body)).with(root));
  }

  private Token token() {
    return fixture.tokens.find(3).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
          {'name':'x'}                          | 'name':'ci'                         | 'name':'x'
          {'description':'y'}                   | 'description':'nightly build'       | 'description':'y'
          {'description':''}                    | 'description':'nightly build',      |
          {'description':null}                  | 'description':'nightly build',      |
          {'scopes':['c']}                      | ['a','b']                           | ['c']
          {'scopes':[]}                         | 'scopes':['a','b'],                 |
          {'allowedAddresses':['192.0.2.7']}    | ['192.0.2.0/24']                    | ['192.0.2.7/32']
          {'allowedAddresses':null}             | ,'allowedAddresses':['192.0.2.0/24']|
          {'expiresAt':1736001000}              | 1736000900                          | 1736001000
          {'expiresAt':null}                    | 'expiresAt':1736000900,             |
          {'expiresIn':60}                      | 1736000900                          | 1736000060
          """)
  void each_member_changes_one_property_and_the_answer_is_the_token(
      String body, String before, String after) {
    String old = text(fixture.api.handle(get("/3").with(root)));
    ApiResponse response = update(body);
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response))
        .isEqualTo(old.replace(quoted(before), after == null ? "" : quoted(after)))
        .isEqualTo(text(fixture.api.handle(get("/3").with(root))))
        .isNotEqualTo(old);
  }

  @Test
  void several_members_are_changed_together() {
    assertThat(text(update("{'name':'x','description':'y','scopes':['c'],"
            + "'allowedAddresses':null,'expiresIn':60}")))
        .isEqualTo("{\"success\":true,\"obj\":{\"id\":3,\"name\":\"x\",\"description\":\"y\","
            + "\"enabled\":true,\"createdAt\":1736000000,\"expiresAt\":1736000060,"
            + "\"scopes\":[\"c\"]}}");
  }

  @Test
  void the_plaintext_stays_valid() {
    assertThat(update("{'name':'x','allowedAddresses':null}").status()).isEqualTo(200);
    assertThat(fixture.tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void an_expired_token_is_renewed_by_a_new_expiry() {
    fixture.clock.advance(Duration.ofMinutes(15));
    assertThat(update("{'name':'x'}").status()).isEqualTo(200);
    assertThat(update("{'expiresIn':60,'allowedAddresses':null}").status()).isEqualTo(200);
    assertThat(fixture.tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void a_name_that_is_taken_is_answered_409() {
    assertThat(text(fixture.assertRefused(
            fixture.api, post("/update/3", "{\"name\":\"default\"}").with(root), 409)))
        .isEqualTo("{\"success\":false,\"msg\":\"a token with that name already exists\"}");
    assertThat(update("{'name':'ci'}").status()).as("its own name").isEqualTo(200);
  }

  @ParameterizedTest // the message names the member
  @ValueSource(
      strings = {
        "{'name':null}",
        "{'name':1}",
        "{'name':['x']}",
        "{'name':''}",
        "{'name':' x'}",
        "{'name':'a\\u0000'}",
        "{'name':'a\\u200b'}",
        "{'description':1}",
        "{'description':[]}",
        "{'description':false}",
        "{'description':' x'}",
        "{'description':'a\\nb'}",
        "{'description':'a\\u202eb'}",
        "{'description':'\\ud800'}",
        "{'scopes':null}",
        "{'scopes':'a'}",
        "{'scopes':{}}",
        "{'scopes':[1]}",
        "{'scopes':[null]}",
        "{'scopes':['']}",
        "{'scopes':['a b']}",
        "{'scopes':['a\\u0022']}",
        "{'allowedAddresses':[]}",
        "{'allowedAddresses':'::1'}",
        "{'allowedAddresses':['localhost']}",
        "{'allowedAddresses':['192.0.2.1/24']}",
        "{'allowedAddresses':[null]}",
        "{'allowedAddresses':false}",
        "{'expiresAt':-1}",
        "{'expiresAt':0}",
        "{'expiresAt':1736000000}",
        "{'expiresAt':1736086400000}",
        "{'expiresAt':253402300800}",
        "{'expiresAt':1.5}",
        "{'expiresAt':'1736086400'}",
        "{'expiresAt':true}",
        "{'expiresIn':null}",
        "{'expiresIn':0}",
        "{'expiresIn':-1}",
        "{'expiresIn':3153600001}",
        "{'expiresIn':1e3}",
        "{'expiresIn':'60'}",
        "{'expiresIn':60,'expiresAt':1736086400}",
        "{'expiresAt':null,'expiresIn':60}",
        "{'name':'x','name':'y'}"
      })
  void a_wrong_value_is_refused_with_the_name_of_its_member(String body) {
    String message =
        text(fixture.assertRefused(fixture.api, post("/update/3", quoted(body)).with(root), 400));
    String first = quoted(body).substring(2, quoted(body).indexOf('"', 2));
    assertThat(message)
        .containsPattern("\"msg\":\"(" + first + "|expiresIn)[ :]")
        .contains("(expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':3}",
        "{'owner':'ann'}",
        "{'enabled':true}",
        "{'createdAt':1}",
        "{'token':'x'}",
        "{'revision':1}",
        "{'Name':'x'}",
        "{'name':'x','lastUsedAt':1}"
      })
  void an_unknown_member_is_refused(String body) {
    assertThat(text(
            fixture.assertRefused(fixture.api, post("/update/3", quoted(body)).with(root), 400)))
        .isEqualTo("{\"success\":false,\"msg\":\"the body has an unknown member (expected:"
            + " allowedAddresses, description, expiresAt, expiresIn, name, scopes)\"}");
  }

  @Test
  void an_update_of_nothing_is_refused() {
    assertThat(text(fixture.assertRefused(fixture.api, post("/update/3", "{}").with(root), 400)))
        .isEqualTo(
            "{\"success\":false,\"msg\":\"the body changes nothing (expected: at least one of"
                + " allowedAddresses, description, expiresAt, expiresIn, name, scopes)\"}");
    for (String body : new String[] {"", "[]", "null", "{'name'}", "{'name':'x'}x"}) {
      fixture.assertRefused(fixture.api, post("/update/3", quoted(body)).with(root), 400);
    }
  }

  @Test
  void a_token_that_does_not_exist_is_answered_404() {
    for (String path :
        new String[] {"/update/4", "/update/0", "/update/x", "/update", "/update/"}) {
      fixture.assertRefused(fixture.api, post(path, "{\"name\":\"x\"}").with(root), 404);
    }
  }

  @Test
  void a_description_has_at_most_200_code_points() {
    String longest = "\ud83d\ude80".repeat(200);
    assertThat(update("{'description':'" + longest + "'}").status()).isEqualTo(200);
    assertThat(token().description()).isEqualTo(longest);
    fixture.assertRefused(
        fixture.api, post("/update/3", "{\"description\":\"" + longest + "x\"}").with(root), 400);
    fixture.assertRefused(
        post("/create", "{\"name\":\"n\",\"description\":\"" + longest + "x\"}"), 400);
  }

  @Test
  void a_token_is_created_with_a_description() {
    assertThat(text(fixture.send(post("/create", "{\"name\":\"n\",\"description\":\"d <b>\"}"))))
        .startsWith("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"description\":\"d <b>\","
            + "\"enabled\":true,\"id\":4,\"name\":\"n\",\"token\":\"");
    assertThat(fixture.tokens.find(4)).map(Token::description).contains("d <b>");
    for (String none : new String[] {"\"\"", "null"}) {
      assertThat(text(fixture.send(post(
              "/create", "{\"name\":\"" + none.length() + "\",\"description\":" + none + '}'))))
          .doesNotContain("description");
    }
  }

  @Test
  void the_limits_of_the_manager_are_answered_400() {
    TokenApi limited = TokenApi.of(
        TokenManager.builder(fixture.store)
            .clock(fixture.clock)
            .maxLifetime(Duration.ofHours(1))
            .build(),
        request -> Optional.of(Caller.withoutOwner().unrestricted()));
    for (String body :
        new String[] {"{\"expiresAt\":null}", "{\"name\":\"x\",\"expiresAt\":null}"}) {
      assertThat(text(fixture.assertRefused(limited, post("/update/3", body), 400)))
          .contains("\"expiresAt: none (expected: at most PT1H from now)\"");
    }
    for (String body : new String[] {"{\"expiresIn\":3601}", "{\"expiresAt\":1736003661}"}) {
      assertThat(text(fixture.assertRefused(limited, post("/update/3", body), 400)))
          .contains("(expected: at most PT1H");
    }
    assertThat(limited.handle(post("/update/3", "{\"expiresIn\":3600}")).status())
        .isEqualTo(200);
  }

  @Test
  void the_handler_can_be_mounted_alone() {
    ApiResponse response =
        fixture.api.update().handle(post("/3", "{\"scopes\":[\"c\"]}").with(root));
    assertThat(response.status()).isEqualTo(200);
    assertThat(token().scopes()).isEqualTo(Set.of("c"));
    assertThat(text(fixture.api.find().handle(get("/3").with(root)))).isEqualTo(text(response));
  }
}
