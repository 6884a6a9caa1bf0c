package io.counterfoil.springboot.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.KnownScopes;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;

/** The tokens that tests have created in an application context. */
class TestTokensTest {
  private final InMemoryTokenStore store = new InMemoryTokenStore();

  @Test
  void they_are_deleted_when_the_context_is_closed() {
    try (GenericApplicationContext context = context(TokenManager.builder(store).build())) {
      TestTokens.of(context).token(TestToken.DEFAULT);
      try (GenericApplicationContext child = new GenericApplicationContext(context)) {
        child.refresh();
      }
      assertThat(store.count(TokenQuery.all())).isEqualTo(1);
    }
    assertThat(store.count(TokenQuery.all())).isZero();
  }

  @Test
  void two_contexts_share_no_tokens() {
    try (GenericApplicationContext one = context(TokenManager.builder(store).build());
        GenericApplicationContext two = context(TokenManager.builder(store).build())) {
      TestTokens.Issued first = TestTokens.of(one).token(TestToken.DEFAULT);
      assertThat(TestTokens.of(one).token(TestToken.DEFAULT)).isSameAs(first);
      TestTokens.Issued second = TestTokens.of(two).token(TestToken.DEFAULT);
      assertThat(second.created().token().name())
          .isNotEqualTo(first.created().token().name());
    }
  }

  @Test
  void an_owner_that_the_application_rejects_is_reported() {
    WithApiToken annotation =
        AnnotationUtils.synthesizeAnnotation(Map.of("owner", "ann"), WithApiToken.class, null);
    TokenManager tokens =
        TokenManager.builder(store).activeOwners(owner -> !owner.equals("ann")).build();
    try (GenericApplicationContext context = context(tokens)) {
      var factory = new WithApiTokenSecurityContextFactory();
      factory.setApplicationContext(context);
      assertThatThrownBy(() -> factory.createSecurityContext(annotation))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("owner: \"ann\" (expected: an owner whose tokens the application accepts)");
    }
  }

  @Test
  void an_unrestricted_token_has_the_known_scopes_without_a_request() {
    WithApiToken annotation = AnnotationUtils.synthesizeAnnotation(
        Map.of("scopes", new String[] {"*"}), WithApiToken.class, null);
    KnownScopes known = KnownScopes.none().scope("servers:read", "");
    try (GenericApplicationContext context =
        context(TokenManager.builder(store).knownScopes(known).build())) {
      var factory = new WithApiTokenSecurityContextFactory();
      factory.setApplicationContext(context);
      assertThat(factory.createSecurityContext(annotation).getAuthentication().getAuthorities())
          .extracting(Object::toString)
          .containsExactly("SCOPE_*", "SCOPE_servers:read");
    }
  }

  @Test
  void no_plaintext_is_in_a_text() {
    TestTokens.Issued issued = TestTokens.inMemory().token(TestToken.DEFAULT);
    assertThat(issued.toString()).doesNotContain(issued.created().reveal());
  }

  private static GenericApplicationContext context(TokenManager tokens) {
    GenericApplicationContext context = new GenericApplicationContext();
    context.registerBean(TokenManager.class, () -> tokens);
    context.refresh();
    return context;
  }
}
