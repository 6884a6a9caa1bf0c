package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenEvent;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenUpdate;
import io.counterfoil.UnreadableTokenException;
import io.counterfoil.Verdict;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A7, P1, P2: another system asks about a plaintext that it has received (RFC 7662). */
class IntrospectionTest {
  private static final String INACTIVE = "{\"active\":false}";

  private final ApiFixture fixture = new ApiFixture();
  private final Verdict.Accepted server =
      fixture.accepted(NewToken.named("server").scopes("introspect").owner("ops")); // id 2
  private final String plaintext =
      fixture.tokens.create(NewToken.named("x").owner("ann").scopes("b", "a")).reveal(); // id 3
  private final AtomicLong nanos = new AtomicLong();
  private final Introspection handler =
      Introspection.timed(fixture.tokens, IntrospectionTest::serversMayAskAboutAll, nanos::get);

  private static Optional<Caller> serversMayAskAboutAll(ApiRequest request) {
    return request
        .accepted()
        .filter(accepted -> accepted.token().permits("introspect"))
        .map(accepted -> Caller.token(accepted).ofAllOwners());
  }

  private static FakeRequest form(String body) {
    return post("")
        .field("Content-Type", "application/x-www-form-urlencoded")
        .body(body.getBytes(UTF_8));
  }

  private static FakeRequest ask(String text) {
    return form("token=" + URLEncoder.encode(text, UTF_8));
  }

  private ApiResponse send(FakeRequest request) {
    return handler.handle(request.with(server));
  }

  private void assertInactive(String text) {
    ApiResponse response = send(ask(text));
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo(INACTIVE);
  }

  @Test // E11
  void a_caller_with_basic_credentials_is_refused() {
    ApiResponse response = send(ask(plaintext).field("Authorization", "Basic x"));
    assertThat(response.status()).isEqualTo(403);
    assertThat(text(response)).contains("not managed with Basic credentials");
  }

  @Test // E2, E3
  void the_response_for_an_active_token_has_its_members_and_no_plaintext() {
    ApiResponse response = send(ask(plaintext));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("Content-Type", List.of("application/json"))
        .containsEntry("Cache-Control", List.of("no-store"));
    assertThat(text(response))
        .isEqualTo("{\"active\":true,\"scope\":\"a b\",\"client_id\":\"token:3\","
            + "\"username\":\"ann\",\"token_type\":\"Bearer\",\"iat\":1736000000,"
            + "\"sub\":\"ann\",\"jti\":\"3\"}");
  }

  @Test
  void a_token_without_owner_and_scopes_has_its_id_as_subject_and_no_scope() {
    String nobodys = fixture.tokens.create(NewToken.named("ann")).reveal();
    assertThat(text(send(ask(nobodys))))
        .isEqualTo("{\"active\":true,\"client_id\":\"token:4\",\"username\":\"token:4\","
            + "\"token_type\":\"Bearer\",\"iat\":1736000000,\"sub\":\"token:4\",\"jti\":\"4\"}");
  }

  @Test
  void the_scope_of_an_unrestricted_token_is_a_star() {
    String all = fixture.tokens.create(NewToken.named("x").scopes("*", "a")).reveal();
    assertThat(text(send(ask(all)))).contains("\"scope\":\"*\",");
  }

  @Test
  void implied_scopes_belong_to_the_scope() {
    ApiFixture knowing = ApiFixture.knowing(
        KnownScopes.none().scope("read", "reads").scope("write", "writes", "read"));
    String writer = knowing.tokens.create(NewToken.named("x").scopes("write")).reveal();
    Introspection own = Introspection.of(knowing.tokens, ManagementPolicy.anyToken());
    assertThat(text(own.handle(ask(writer).with(knowing.admin))))
        .contains("\"scope\":\"read write\"");
  }

  @Test
  void the_expiry_is_that_of_the_token_or_the_end_of_the_overlap_if_that_is_earlier() {
    fixture.tokens.update(
        3, TokenUpdate.none().expiresAt(fixture.clock.instant().plusSeconds(90)));
    assertThat(text(send(ask(plaintext)))).contains("\"exp\":1736000090,");
    String renewed =
        fixture.tokens.rotate(3, Duration.ofMinutes(1)).orElseThrow().reveal();
    assertThat(text(send(ask(plaintext)))).contains("\"exp\":1736000060,");
    assertThat(text(send(ask(renewed)))).contains("\"exp\":1736000090,");
    fixture.clock.set(fixture.clock.instant().plusSeconds(60));
    assertInactive(plaintext);
    assertThat(text(send(ask(renewed)))).contains("\"active\":true");
  }

  @Test
  void a_token_that_a_request_with_it_would_be_refused_is_inactive() {
    fixture.tokens.disable(3);
    assertInactive(plaintext);
    fixture.tokens.enable(3);
    fixture.tokens.reportLeak(plaintext);
    fixture.tokens.enable(3);
    assertInactive(plaintext);
    String bound =
        fixture.tokens.create(NewToken.named("b").allowedAddresses("0.0.0.0/0")).reveal();
    assertInactive(bound);
    assertThat(text(handler.handle(ask(bound).from("192.0.2.1").with(server))))
        .as("the address of the caller is not that of the client")
        .isEqualTo(INACTIVE);
    for (String text : List.of("", " ", "nonsense", plaintext + "x", "Bearer " + plaintext)) {
      assertInactive(text);
    }
  }

  @Test // M1
  void a_token_of_another_owner_is_inactive_for_a_caller_of_one_owner() {
    Introspection own = Introspection.of(fixture.tokens, ManagementPolicy.anyToken());
    assertThat(text(own.handle(ask(plaintext).with(server)))).isEqualTo(INACTIVE);
    Verdict.Accepted anns = fixture.accepted(NewToken.named("y").owner("ann"));
    assertThat(text(own.handle(ask(plaintext).with(anns)))).contains("\"active\":true");
  }

  @Test // E11, F5
  void a_caller_without_a_token_or_without_the_right_is_refused_before_the_body_is_read() {
    Introspection open = Introspection.of(
        fixture.tokens, request -> Optional.of(Caller.user("root").unrestricted()));
    FakeRequest login = ask(plaintext).user("root");
    fixture.assertRefused(open, login, 403);
    assertThat(login.bodyOpened()).isZero();
    FakeRequest weak = ask(plaintext).with(fixture.admin);
    fixture.assertRefused(handler, weak, 403);
    assertThat(weak.bodyOpened()).isZero();
  }

  @Test // P4
  void a_caller_with_a_replaced_plaintext_may_ask_until_the_overlap_ends() {
    String own = fixture.tokens.rotate(2, Duration.ZERO).orElseThrow().reveal();
    fixture.tokens.rotate(2, Duration.ofMinutes(5));
    Verdict.Accepted replaced = (Verdict.Accepted) fixture.tokens.authenticate(own);
    assertThat(replaced.byPrevious()).isTrue();
    assertThat(text(handler.handle(ask(plaintext).with(replaced)))).contains("\"active\":true");
    fixture.assertRefused(
        TokenApi.of(fixture.tokens, ManagementPolicy.anyToken()),
        post("/identify", "{\"token\":\"x\"}").with(replaced),
        403);
  }

  @Test // P4
  void a_caller_that_was_revoked_while_it_sent_the_body_learns_nothing() {
    fixture.tokens.disable(2);
    fixture.assertRefused(handler, ask(plaintext).with(server), 403);
  }

  @Test // F1, F4, E9
  void only_one_form_with_one_token_is_read() {
    for (String body : List.of(
        "",
        "x=" + plaintext,
        "token=a&token=b",
        "token=a&%74oken=b",
        "token=a&token_type_hint=x&token_type_hint=y",
        "token=%",
        "token=%zz",
        "token=%C3",
        "token=\u00e4",
        "token=a b",
        "token=a&x=%4",
        "Token=" + plaintext)) {
      fixture.assertRefused(handler, form(body).with(server), 400);
    }
    fixture.assertRefused(handler, form("token=" + "x".repeat(16_384)).with(server), 413);
    fixture.assertRefused(handler, new FakeRequest("GET", "").with(server), 405);
    fixture.assertRefused(handler, new FakeRequest("PUT", "").with(server), 405);
    fixture.assertRefused(handler, post("/x").with(server), 404);
    fixture.assertRefused(handler, post("", "{\"token\":\"x\"}").with(server), 415);
    fixture.assertRefused(handler, post("").body("token=x".getBytes(UTF_8)).with(server), 415);
    fixture.assertRefused(handler, ask("x").field("Content-Encoding", "gzip").with(server), 415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"token_type_hint=refresh_token&token=%s", "&x&token=%s", "token=%s&a=b+c%%26"})
  void other_parameters_are_ignored(String body) {
    assertThat(text(send(form(body.formatted(plaintext))))).contains("\"active\":true");
  }

  @Test
  void the_declared_charset_must_be_utf_8() {
    for (String type : List.of(
        "application/x-www-form-urlencoded;charset=UTF-8", "Application/X-WWW-Form-URLEncoded")) {
      FakeRequest request =
          post("").field("Content-Type", type).body(("token=" + plaintext).getBytes(UTF_8));
      assertThat(text(send(request))).contains("\"active\":true");
    }
    FakeRequest latin = post("")
        .field("Content-Type", "application/x-www-form-urlencoded;charset=ISO-8859-1")
        .body(new byte[0]);
    fixture.assertRefused(handler, latin.with(server), 415);
  }

  @Test
  void misses_from_one_address_are_limited_and_tokens_that_are_found_are_not() {
    fixture.tokens.disable(3);
    for (int i = 0; i < MissThrottle.ALLOWED_MISSES; i++) {
      assertThat(send(ask("x" + i).from("192.0.2.1")).status()).isEqualTo(200);
      assertThat(send(ask(plaintext).from("192.0.2.1")).status()).isEqualTo(200);
    }
    ApiResponse tooMany = send(ask("x").from("192.0.2.1"));
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.headers()).containsEntry("Retry-After", List.of("60"));
    fixture.tokens.enable(3);
    assertThat(text(send(ask(plaintext).from("192.0.2.1")))).contains("\"active\":true");
    assertThat(send(ask("x").from("192.0.2.2")).status()).isEqualTo(200);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(send(ask("x").from("192.0.2.1")).status()).isEqualTo(200);
  }

  @Test
  void an_active_token_counts_as_used_and_another_owners_does_not() {
    ApiFixture recording = ApiFixture.recordingUses();
    String own = recording.tokens.create(NewToken.named("x")).reveal();
    String anns = recording.tokens.create(NewToken.named("x").owner("ann")).reveal();
    Introspection all = Introspection.of(recording.tokens, ManagementPolicy.anyToken());
    for (String text : List.of(own, anns)) {
      all.handle(ask(text).with(recording.admin));
    }
    recording.tokens.close();
    assertThat(recording.tokens.find(2).orElseThrow().lastUsedAt()).isPresent();
    assertThat(recording.tokens.find(3).orElseThrow().lastUsedAt()).isEmpty();
  }

  @Test // C4, P10
  void the_audit_log_names_the_caller_and_never_the_plaintext() {
    List<TokenEvent> events = new ArrayList<>();
    String log = CapturedLog.of(() -> {
      TokenManager tokens = TokenManager.builder(fixture.store)
          .clock(fixture.clock)
          .recordNoUses()
          .synchronousListener(events::add)
          .synchronousListener(TokenListener.audit())
          .build();
      Introspection audited = Introspection.of(tokens, IntrospectionTest::serversMayAskAboutAll);
      for (String text : List.of(plaintext, "nonsense")) {
        audited.handle(ask(text).with(server).from("192.0.2.7"));
      }
    });
    assertThat(events)
        .extracting(Object::toString)
        .containsExactly(
            "event=accepted id=3 owner=\"ann\" name=\"x\" actor=token:2 address=192.0.2.7",
            "event=rejected reason=MALFORMED actor=token:2 address=192.0.2.7");
    assertThat(log).contains("reason=MALFORMED").doesNotContain(plaintext, "nonsense");
  }

  @Test // M1
  void a_token_that_cannot_be_read_is_inactive_unless_the_caller_has_all_rights() {
    TokenManager damaged = TokenManager.builder(new ForwardingTokenStore(fixture.store) {
          @Override
          public Optional<StoredToken> findByHash(List<TokenHash> candidates) {
            Optional<StoredToken> found = delegate.findByHash(candidates);
            if (found.filter(row -> row.id() == 3).isPresent()) {
              throw new UnreadableTokenException(3, new IllegalStateException("damaged"));
            }
            return found;
          }
        })
        .recordNoUses()
        .build();
    Introspection all = Introspection.of(damaged, IntrospectionTest::serversMayAskAboutAll);
    assertThat(text(all.handle(ask(plaintext).with(server)))).isEqualTo(INACTIVE);
    Verdict.Accepted root = fixture.unrestricted();
    CapturedLog.of(() -> fixture.assertRefused(all, ask(plaintext).with(root), 503));
  }

  @Test // C5
  void a_failing_store_is_not_an_inactive_token() {
    BrokenStore.failures().forEach(failure -> {
      TokenManager broken =
          TokenManager.builder(BrokenStore.throwing(failure)).recordNoUses().build();
      Introspection failing = Introspection.of(broken, IntrospectionTest::serversMayAskAboutAll);
      String log =
          CapturedLog.of(() -> fixture.assertRefused(failing, ask(plaintext).with(server), 503));
      assertThat(log).doesNotContain(BrokenStore.SECRET, plaintext);
    });
  }
}
