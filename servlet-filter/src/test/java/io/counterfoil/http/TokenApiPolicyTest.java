package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may manage is asked first, and nobody is let in for want of an answer. */
class TokenApiPolicyTest {
  private final ApiFixture fixture = new ApiFixture();

  /** A request of which nothing may be looked at. */
  private static final class Sealed implements ApiRequest {
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
  void nothing_of_a_request_is_read_before_the_policy_has_let_it_in() {
    for (ApiHandler handler : List.of(
        fixture.api,
        fixture.api.list(),
        fixture.api.create(),
        fixture.api.setEnabled(),
        fixture.api.rotate(),
        fixture.api.delete())) {
      Sealed request = new Sealed();
      ApiResponse answer = fixture.assertRefused(handler, request, 403);
      assertThat(request.touched).isFalse();
      assertThat(text(answer))
          .isEqualTo("{\"success\":false,\"msg\":\"you may not manage tokens\"}");
    }
  }

  @Test // M2
  void any_token_manages_and_no_token_does_not() {
    fixture.assertRefused(fixture.api, get(""), 403);
    fixture.assertRefused(fixture.api, post("/create", "{\"name\":\"x\"}"), 403);
    fixture.assertRefused(fixture.api, get("/nothing"), 403); // C6
    Verdict.Accepted narrow = fixture.accepted(NewToken.named("narrow").scopes("deploy"));
    assertThat(fixture.api.handle(get("").with(narrow)).status()).isEqualTo(200);
  }

  @Test // M1, M2
  void tokens_with_the_scope_manage_and_those_without_scopes() {
    TokenApi api = TokenApi.of(fixture.tokens, ManagementPolicy.tokensWith("manage"));
    Verdict.Accepted manager = fixture.accepted(NewToken.named("m").scopes("manage", "deploy"));
    Verdict.Accepted deployer = fixture.accepted(NewToken.named("d").scopes("deploy"));
    Verdict.Accepted alike = fixture.accepted(NewToken.named("a").scopes("Manage", "manages"));
    assertThat(api.handle(get("").with(manager)).status()).isEqualTo(200);
    assertThat(api.handle(get("").with(fixture.admin)).status()).isEqualTo(200);
    fixture.assertRefused(api, get("").with(deployer), 403);
    fixture.assertRefused(api, get("").with(alike), 403);
    fixture.assertRefused(api, get(""), 403);
    fixture.assertRefused(api, post("/delete/2").with(deployer), 403);
  }

  @Test
  void a_host_can_let_in_its_own_users_without_a_token() {
    TokenApi api = TokenApi.of(
        fixture.tokens,
        request -> request.headers("Cookie").contains("user=ann")
            ? Optional.of(Caller.unrestricted("ann"))
            : Optional.empty());
    FakeRequest ann = post("/create", "{\"name\":\"a\"}").field("Cookie", "user=ann");
    assertThat(api.handle(ann).status()).isEqualTo(200);
    assertThat(fixture.tokens.find(2)).map(Token::owner).contains("ann");
    fixture.assertRefused(
        api, post("/create", "{\"name\":\"b\"}").field("Cookie", "user=bob"), 403);
  }

  @Test
  void a_caller_has_an_owner_that_tokens_can_have() {
    assertThatIllegalArgumentException().isThrownBy(() -> Caller.unrestricted("a\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> Caller.unrestricted("a".repeat(65)));
  }

  @Test // D7, M2
  void there_is_no_api_without_a_policy_or_a_manager() {
    assertThatNullPointerException()
        .isThrownBy(() -> TokenApi.of(fixture.tokens, null))
        .withMessage("policy");
    assertThatNullPointerException()
        .isThrownBy(() -> TokenApi.of(null, ManagementPolicy.anyToken()))
        .withMessage("tokens");
  }

  @Test // I1, I2
  void a_policy_that_fails_lets_nobody_in() {
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
      ApiResponse answer = fixture.assertRefused(api, post("/delete/1").with(fixture.admin), 503);
      assertThat(answer.headers()).containsEntry("Retry-After", "5");
      assertThat(text(answer)).doesNotContain("s3cret");
    }
  }
}
