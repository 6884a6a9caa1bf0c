package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The policy is asked first. A request that it does not allow is refused. */
class TokenApiPolicyTest {
  private final ApiFixture fixture = new ApiFixture();

  /** A request that records whether any part of it is read. */
  private static final class UntouchedRequest implements ApiRequest {
    private boolean touched;

    @Override
    public String method() {
      return touch("POST");
    }

    @Override
    public String path() {
      return touch("/create");
    }

    @Override
    public String query() {
      return touch("");
    }

    @Override
    public List<String> headers(String name) {
      return touch(List.of());
    }

    @Override
    public InputStream body() throws IOException {
      throw touch(new AssertionError("the body was opened"));
    }

    @Override
    public Optional<Verdict.Accepted> accepted() {
      return Optional.empty();
    }

    private <T> T touch(T value) {
      touched = true;
      return value;
    }
  }

  @Test // F5, C7
  void a_request_is_not_read_before_the_policy_allows_it() {
    for (ApiHandler handler : List.of(
        fixture.api,
        fixture.api.list(),
        fixture.api.create(),
        fixture.api.setEnabled(),
        fixture.api.rotate(),
        fixture.api.delete(),
        fixture.api.find(),
        fixture.api.scopes(),
        fixture.api.update(),
        fixture.api.identify(),
        fixture.api.disable(),
        fixture.api.deleteExpired())) {
      UntouchedRequest request = new UntouchedRequest();
      ApiResponse response = fixture.assertRefused(handler, request, 403);
      assertThat(request.touched).isFalse();
      assertThat(text(response))
          .isEqualTo("{\"success\":false,\"msg\":\"you may not manage tokens\"}");
    }
  }

  @Test // M2
  void with_any_token_every_token_manages_and_requests_without_one_do_not() {
    fixture.assertRefused(fixture.api, get(""), 403);
    fixture.assertRefused(fixture.api, post("/create", "{\"name\":\"x\"}"), 403);
    fixture.assertRefused(fixture.api, get("/nothing"), 403); // C6
    Verdict.Accepted narrow = fixture.accepted(NewToken.named("narrow").scopes("deploy"));
    assertThat(fixture.api.handle(get("").with(narrow)).status()).isEqualTo(200);
  }

  @Test // M1, M2
  void only_tokens_with_the_scope_and_unrestricted_tokens_manage() {
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.tokensWith("manage"));
    Verdict.Accepted manager = fixture.accepted(NewToken.named("m").scopes("manage", "deploy"));
    Verdict.Accepted deployer = fixture.accepted(NewToken.named("d").scopes("deploy"));
    Verdict.Accepted alike = fixture.accepted(NewToken.named("a").scopes("Manage", "manages"));
    assertThat(api.handle(get("").with(manager)).status()).isEqualTo(200);
    assertThat(api.handle(get("").with(fixture.unrestricted())).status()).isEqualTo(200);
    fixture.assertRefused(api, get("").with(fixture.admin), 403); // has no scopes
    fixture.assertRefused(api, get("").with(deployer), 403);
    fixture.assertRefused(api, get("").with(alike), 403);
    fixture.assertRefused(api, get(""), 403);
    fixture.assertRefused(api, post("/delete/2").with(deployer), 403);
  }

  @Test
  void a_policy_can_admit_users_of_the_host_without_a_token() {
    TokenApi api = TokenApi.of(
        fixture.tokens,
        request -> request.headers("Cookie").contains("user=ann")
            ? Optional.of(Caller.user("ann").unrestricted())
            : Optional.empty());
    FakeRequest ann = post("/create", "{\"name\":\"a\"}").field("Cookie", "user=ann");
    assertThat(api.handle(ann).status()).isEqualTo(200);
    assertThat(fixture.tokens.find(2)).map(Token::owner).contains("ann");
    fixture.assertRefused(
        api, post("/create", "{\"name\":\"b\"}").field("Cookie", "user=bob"), 403);
  }

  @Test // D7, M2
  void an_api_needs_a_policy_and_a_manager() {
    assertThatNullPointerException()
        .isThrownBy(() -> TokenApi.of(fixture.tokens, null))
        .withMessage("policy");
    assertThatNullPointerException()
        .isThrownBy(() -> TokenApi.of(null, ManagementPolicy.anyToken()))
        .withMessage("tokens");
  }

  @Test // I1, I2
  void a_failing_policy_admits_nobody() {
    List<ManagementPolicy> broken = List.of(
        request -> {
          throw new IllegalStateException("s3cret");
        },
        request -> {
          throw new StackOverflowError("s3cret");
        },
        request -> null);
    for (ManagementPolicy policy : broken) {
      TokenApi api = TokenApi.of(fixture.tokens, policy);
      ApiResponse response = fixture.assertRefused(api, post("/delete/1").with(fixture.admin), 503);
      assertThat(response.headers()).containsEntry("Retry-After", List.of("5"));
      assertThat(text(response)).doesNotContain("s3cret");
    }
  }
}
