package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.testing.BrokenStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations of a caller on its own token, if the host enables them. */
class TokenApiSelfTest {
  private static final Pattern PLAINTEXT = Pattern.compile("\"token\":\"(cf_[0-9A-Za-z]{49})\"");
  private static final ManagementPolicy NOBODY = request -> Optional.empty();

  private static final Map<SelfService, Supplier<FakeRequest>> REQUESTS = Map.of(
      SelfService.READ, () -> get("/self"),
      SelfService.ROTATE, () -> post("/self/rotate", "{\"overlapSeconds\":600}"),
      SelfService.DELETE, () -> post("/self/delete"));

  private final ApiFixture fixture = new ApiFixture();
  private final TokenApi api = TokenApi.of(fixture.tokens, NOBODY, SelfService.values());
  private final CreatedToken created =
      fixture.tokens.create(NewToken.named("ci").owner("ann").scopes("deploy"));
  private final Verdict.Accepted ci =
      (Verdict.Accepted) fixture.tokens.authenticate(created.reveal());

  @Test // E1, E2
  void a_bearer_reads_its_own_token_in_the_form_of_the_list() {
    ApiResponse response = api.handle(get("/self").with(ci));
    assertThat(text(response))
        .isEqualTo("{\"success\":true,\"obj\":{\"id\":2,\"name\":\"ci\",\"enabled\":true,"
            + "\"createdAt\":1736000000,\"owner\":\"ann\",\"scopes\":[\"deploy\"]}}");
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(fixture.api.handle(get("").with(ci))))
        .contains('['
            + text(response).substring("{\"success\":true,\"obj\":".length()).replace("}}", "}]"));
    assertThat(api.handle(new FakeRequest("HEAD", "/self").with(ci)).status()).isEqualTo(200);
  }

  @Test // M1, M5
  void a_bearer_with_few_rights_rotates_its_own_token_and_no_other() {
    List<StoredToken> before = fixture.store.content();
    ApiResponse response = api.handle(REQUESTS.get(SelfService.ROTATE).get().with(ci));
    assertThat(response.status()).isEqualTo(200);
    Matcher plaintext = PLAINTEXT.matcher(text(response));
    assertThat(plaintext.find()).isTrue();
    assertThat(text(response))
        .isEqualTo("{\"success\":true,\"obj\":{\"createdAt\":1736000000,\"enabled\":true,\"id\":2,"
            + "\"name\":\"ci\",\"owner\":\"ann\",\"scopes\":[\"deploy\"],\"token\":\""
            + plaintext.group(1) + "\"}}");
    Verdict verdict = fixture.tokens.authenticate(plaintext.group(1));
    assertThat(((Verdict.Accepted) verdict).token())
        .hasToString(ci.token().toString()); // only its revision differs
    assertThat(fixture.store.content()).hasSize(2).contains(before.get(0));
  }

  @Test // E1, E8
  void a_bearer_deletes_its_own_token_and_no_other() {
    assertThat(text(api.handle(post("/self/delete").with(ci)))).isEqualTo("{\"success\":true}");
    assertThat(fixture.tokens.find(2)).isEmpty();
    assertThat(fixture.tokens.find(1)).isPresent();
    for (SelfService service : EnumSet.of(SelfService.ROTATE, SelfService.DELETE)) {
      fixture.assertRefused(api, REQUESTS.get(service).get().with(ci), 404);
    }
  }

  @ParameterizedTest // D7, M1
  @EnumSource(SelfService.class)
  void a_disabled_service_is_answered_like_an_unknown_path(SelfService service) {
    Set<SelfService> others = EnumSet.complementOf(EnumSet.of(service));
    for (Set<SelfService> on : List.of(Set.<SelfService>of(), others)) {
      SelfService[] switchedOn = on.toArray(SelfService[]::new);
      for (ManagementPolicy policy : List.of(ManagementPolicy.anyToken(), NOBODY)) {
        TokenApi some = TokenApi.of(fixture.tokens, policy, switchedOn);
        ApiResponse unknown = some.handle(get("/nothing").with(ci));
        ApiResponse response =
            fixture.assertRefused(some, REQUESTS.get(service).get().with(ci), unknown.status());
        assertThat(response.status()).isEqualTo(NOBODY.equals(policy) ? 403 : 404);
        assertThat(text(response)).isEqualTo(text(unknown));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SelfService.class)
  void each_service_is_enabled_separately(SelfService service) {
    TokenApi one = TokenApi.of(fixture.tokens, NOBODY, service, service);
    assertThat(one.handle(REQUESTS.get(service).get().with(ci)).status()).isEqualTo(200);
  }

  @ParameterizedTest // B6, C7: even a caller that may manage tokens without one
  @EnumSource(SelfService.class)
  void a_caller_without_a_token_cannot_use_self_service(SelfService service) {
    TokenApi users = TokenApi.of(
        fixture.tokens,
        request -> Optional.of(Caller.user("ann").unrestricted()),
        SelfService.values());
    FakeRequest request = REQUESTS.get(service).get();
    fixture.assertRefused(users, request, 403);
    assertThat(request.bodyOpened()).isZero();
  }

  @ParameterizedTest // M1
  @ValueSource(
      strings = {
        "",
        "/",
        "/create",
        "/rotate/2",
        "/setEnabled/2",
        "/delete/2",
        "/self/",
        "/self/delete/2",
        "/self/rotate/",
        "/self/create",
        "/self//delete",
        "/self/../delete/1",
        "/Self",
        "//self",
        "/self/setEnabled",
        "self",
        "/self;x",
        "/self/delete "
      })
  void self_service_gives_no_access_to_management(String path) {
    for (String method : new String[] {"GET", "POST"}) {
      fixture.assertRefused(api, new FakeRequest(method, path).json("{}").with(ci), 403);
    }
    TokenApi open = TokenApi.of(fixture.tokens, ManagementPolicy.anyToken(), SelfService.values());
    if (path.contains("elf")) {
      fixture.assertRefused(open, post(path, "{\"overlapSeconds\":0}").with(ci), 404);
    }
  }

  @ParameterizedTest // E4
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "post", "get", "BREW", ""})
  void other_methods_change_nothing(String method) {
    for (Supplier<FakeRequest> right : REQUESTS.values()) {
      String path = right.get().path();
      FakeRequest request =
          new FakeRequest(method, path).json("{\"overlapSeconds\":0}").with(ci);
      assertThat(fixture.assertRefused(api, request, 405).headers())
          .containsEntry("Allow", List.of(path.equals("/self") ? "GET, HEAD" : "POST"));
      assertThat(request.bodyOpened()).isZero();
    }
    fixture.assertRefused(api, get("/self/rotate").with(ci), 405);
    fixture.assertRefused(api, get("/self/delete").with(ci), 405);
    fixture.assertRefused(api, post("/self").with(ci), 405);
  }

  @Test // E5, E6, E9: an id is an unknown member here, too
  void bodies_are_validated_as_strictly_as_in_management() {
    for (String body : List.of(
        "", "{}", "[]", "{\"overlapSeconds\":-1}", "{\"overlapSeconds\":0,\"id\":1}", "nonsense")) {
      fixture.assertRefused(api, post("/self/rotate", body).with(ci), 400);
    }
    fixture.assertRefused(api, post("/self/rotate").with(ci), 415);
    FakeRequest form = post("/self/delete").field("Content-Type", "text/plain");
    fixture.assertRefused(api, form.body(new byte[] {'x'}).with(ci), 415);
    fixture.assertRefused(api, post("/self/delete", "{\"id\":1}").with(ci), 400);
  }

  @Test // I1, I2, C5
  void a_store_that_fails_is_answered_503_and_shows_no_plaintext() {
    for (Throwable failure : BrokenStore.failures().toList()) {
      for (SelfService service : EnumSet.of(SelfService.ROTATE, SelfService.DELETE)) {
        for (TokenStore store :
            List.of(BrokenStore.throwing(failure), BrokenStore.readOnly(fixture.store, failure))) {
          TokenApi broken =
              TokenApi.of(TokenManager.builder(store).build(), NOBODY, SelfService.values());
          fixture.assertRefused(broken, REQUESTS.get(service).get().with(ci), 503);
        }
      }
    }
  }
}
