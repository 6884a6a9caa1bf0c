package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The policy that the Javadoc of {@link ManagementPolicy} shows: users with limited rights, and bots. */
class LimitedUsersTest {
  private static final Map<String, List<String>> ROLES =
      Map.of("ann", List.of("read", "deploy"), "bob", List.of());

  private final ApiFixture fixture = new ApiFixture();
  private final TokenApi api = TokenApi.of(fixture.tokens, LimitedUsersTest::caller);

  // @start region="policy"
  /** A bot needs the scope "tokens". A user may grant the scopes of its roles. */
  static Optional<Caller> caller(ApiRequest request) {
    return request.accepted().isPresent()
        ? ManagementPolicy.tokensWith("tokens").caller(request)
        : request.user().map(name -> Caller.user(name).scopes(scopesOf(name)));
  }

  // @end region="policy"

  private static List<String> scopesOf(String user) {
    return ROLES.getOrDefault(user, List.of());
  }

  private static FakeRequest create(String scope) {
    return post("/create", "{\"name\":\"new\",\"scopes\":[\"" + scope + "\"]}");
  }

  @Test // M1
  void a_user_grants_the_scopes_of_its_roles_and_no_other() {
    assertThat(api.handle(create("deploy").user("ann")).status()).isEqualTo(200);
    fixture.assertRefused(api, create("admin").user("ann"), 403);
    fixture.assertRefused(api, create("read").user("bob"), 403);
    fixture.assertRefused(api, create("*").user("ann"), 403);
    assertThat(text(api.handle(get("").user("bob")))).isEqualTo("{\"success\":true,\"obj\":[]}");
    assertThat(api.handle(post("/create", "{\"name\":\"plain\"}").user("bob")).status())
        .isEqualTo(200);
  }

  @Test // M1: the login of a browser adds nothing to a token
  void a_bot_has_the_rights_of_its_token_even_beside_a_login() {
    Verdict.Accepted bot = fixture.accepted(NewToken.named("bot").scopes("tokens"));
    Verdict.Accepted reader = fixture.accepted(NewToken.named("reader").scopes("read"));
    fixture.assertRefused(api, create("deploy").user("ann").with(bot), 403);
    fixture.assertRefused(api, create("read").user("ann").with(reader), 403);
    assertThat(api.handle(create("tokens").user("ann").with(bot)).status()).isEqualTo(200);
    assertThat(fixture.tokens.find("", "new")).isPresent();
  }

  @Test // B6
  void a_request_without_user_and_token_manages_nothing() {
    fixture.assertRefused(api, create("read"), 403);
    fixture.assertRefused(api, get("").user(""), 403);
  }
}
