package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KnownScopesTest {
  private static final KnownScopes SERVERS = KnownScopes.none()
      .scope("servers:read", "See servers")
      .scope("servers:write", "Change servers", "servers:read")
      .scope("servers:admin", "Delete servers", "servers:write");

  private final MapStore store = new MapStore();
  private final TokenManager tokens =
      TokenManager.builder(store).recordNoUses().knownScopes(SERVERS).build();

  @Test
  void a_token_with_an_unknown_scope_is_refused_with_the_list_of_known_ones() {
    tokens.create(NewToken.named("ci").scopes("servers:read"));
    List<ThrowingCallable> refused = List.of(
        () -> tokens.create(NewToken.named("x").scopes("servers:raed", "servers:read")),
        () -> tokens.update(1, TokenUpdate.none().scopes("servers:raed")),
        () -> tokens.importHashed(
            NewToken.named("x").scopes("servers:raed"),
            "0".repeat(64),
            true,
            java.time.Instant.EPOCH));
    for (ThrowingCallable call : refused) {
      assertThatThrownBy(call)
          .isInstanceOf(PolicyException.class)
          .hasMessage(
              "scopes: one of them is not known (expected: servers:read, servers:write, servers:admin,"
                  + " *)");
    }
    assertThat(tokens.list())
        .singleElement()
        .extracting(Token::scopes)
        .isEqualTo(Set.of("servers:read"));
  }

  @Test
  void no_scope_and_the_unrestricted_scope_are_always_known() {
    assertThat(tokens.create(NewToken.named("none")).token().scopes()).isEmpty();
    Token all = tokens.create(NewToken.named("all").unrestricted()).token();
    assertThat(all.effectiveScopes()).containsExactly(Token.UNRESTRICTED);
    assertThat(all.permits("anything")).isTrue();
  }

  @Test
  void a_scope_gives_the_rights_that_it_implies() {
    CreatedToken created = tokens.create(NewToken.named("ci").scopes("servers:admin"));
    Verdict.Accepted accepted = (Verdict.Accepted) tokens.authenticate(created.reveal());
    for (Token token : List.of(
        created.token(),
        accepted.token(),
        ((Verdict.Accepted) tokens.recheck(accepted)).token(),
        tokens.find(1).orElseThrow(),
        tokens.find("", "ci").orElseThrow(),
        tokens.list().findFirst().orElseThrow(),
        tokens.list(TokenQuery.all(), 0, 1).get(0),
        tokens.identify(created.reveal()).orElseThrow(),
        tokens.update(1, TokenUpdate.none().description("x")).orElseThrow(),
        tokens.rotate(1, java.time.Duration.ofDays(1)).orElseThrow().token())) {
      assertThat(token.scopes()).containsExactly("servers:admin");
      assertThat(token.effectiveScopes())
          .containsExactly("servers:admin", "servers:read", "servers:write");
      assertThat(token.permits("servers:read")).isTrue();
      assertThat(token.permits("servers:other")).isFalse();
    }
  }

  @Test
  void a_token_with_implied_scopes_can_be_rotated_as_it_was_read() {
    tokens.create(NewToken.named("ci").scopes("servers:admin"));
    for (int i = 0; i < 2; i++) {
      Token read = tokens.find(1).orElseThrow();
      assertThat(tokens.rotate(read, java.time.Duration.ZERO)).isPresent();
    }
  }

  @Test // a scope does not give the rights of those that imply it
  void an_implied_scope_gives_no_more_rights() {
    Token token = tokens.create(NewToken.named("ci").scopes("servers:read")).token();
    assertThat(token.permits("servers:write")).isFalse();
    assertThat(token.effectiveScopes()).isEqualTo(token.scopes());
  }

  @Test
  void a_stored_scope_that_is_no_longer_known_stays_until_the_scopes_are_updated() {
    TokenManager before = TokenManager.builder(store).recordNoUses().build();
    String plaintext = before.create(NewToken.named("ci").scopes("old")).reveal();
    assertThat(((Verdict.Accepted) tokens.authenticate(plaintext)).token().permits("old"))
        .isTrue();
    assertThat(tokens.update(1, TokenUpdate.none().name("new")).orElseThrow().scopes())
        .containsExactly("old");
    assertThatThrownBy(() -> tokens.update(1, TokenUpdate.none().scopes("old", "servers:read")))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void without_known_scopes_every_scope_is_allowed() {
    TokenManager free = TokenManager.builder(store).build();
    assertThat(free.knownScopes().scopes()).isEmpty();
    assertThat(free.create(NewToken.named("x").scopes("any")).token().effectiveScopes())
        .containsExactly("any");
  }

  @Test
  void a_declaration_that_makes_no_sense_is_refused() {
    List<ThrowingCallable> refused = List.of(
        () -> SERVERS.scope("a b", "").scopes(),
        () -> SERVERS.scope("x", "two\nlines").scopes(),
        () -> SERVERS.scope("*", "").scopes(),
        () -> SERVERS.scope("servers:read", "again").scopes(),
        () -> SERVERS.scope("x", "", "x").scopes(),
        () -> SERVERS.scope("x", "", "*").scopes(),
        () -> SERVERS.scope("x", "", "later").scopes());
    refused.forEach(call ->
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("(expected: "));
  }

  @Test
  void descriptions_and_implications_can_be_read_in_the_order_of_declaration() {
    assertThat(tokens.knownScopes().scopes())
        .containsExactly("servers:read", "servers:write", "servers:admin");
    assertThat(SERVERS.description("servers:write")).isEqualTo("Change servers");
    assertThat(SERVERS.impliedBy("servers:admin")).containsExactly("servers:read", "servers:write");
    assertThat(SERVERS.description("unknown")).isEmpty();
    assertThat(SERVERS.impliedBy("*")).isEmpty();
  }
}
