package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.KnownScopes;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;

/** The authentication of a request with an accepted token. */
class ApiTokenAuthenticationTest {
  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).build();
  private String plaintext = "";

  private Verdict.Accepted accepted(NewToken token) {
    plaintext = tokens.create(token).reveal();
    return (Verdict.Accepted) tokens.authenticate(plaintext);
  }

  private static List<String> authorities(ApiTokenAuthentication authentication) {
    return authentication.getAuthorities().stream()
        .map(GrantedAuthority::getAuthority)
        .toList();
  }

  @Test
  void it_has_the_token_the_proof_and_the_name_of_the_owner() {
    Verdict.Accepted accepted = accepted(NewToken.named("ci").owner("ann"));
    var authentication = ApiTokenAuthentication.of(accepted, List.of());
    assertThat(authentication.isAuthenticated()).isTrue();
    assertThat(authentication.accepted()).isSameAs(accepted);
    assertThat(authentication.getPrincipal()).isSameAs(accepted.token());
    assertThat(authentication.getName()).isEqualTo("ann");
  }

  @Test // P1: CWE-290
  void a_token_without_an_owner_has_its_id_as_the_name() {
    Verdict.Accepted accepted = accepted(NewToken.named("ann"));
    assertThat(ApiTokenAuthentication.of(accepted, List.of()).getName())
        .isEqualTo("token:" + accepted.token().id());
  }

  @Test
  void its_authorities_are_its_scopes() {
    List<String> more = List.of("c");
    assertThat(authorities(ApiTokenAuthentication.of(accepted(NewToken.named("1")), more)))
        .isEmpty();
    var two = accepted(NewToken.named("2").scopes("a", "b"));
    assertThat(authorities(ApiTokenAuthentication.of(two, more)))
        .containsExactly("SCOPE_a", "SCOPE_b");
    var unrestricted = accepted(NewToken.named("3").unrestricted());
    assertThat(authorities(ApiTokenAuthentication.of(unrestricted, more)))
        .containsExactly("SCOPE_*", "SCOPE_c");
  }

  @Test
  void a_scope_that_implies_others_gives_their_authorities() {
    KnownScopes known = KnownScopes.none().scope("read", "").scope("write", "", "read");
    TokenManager implying =
        TokenManager.builder(new InMemoryTokenStore()).knownScopes(known).build();
    String writer = implying.create(NewToken.named("ci").scopes("write")).reveal();
    var accepted = (Verdict.Accepted) implying.authenticate(writer);
    assertThat(authorities(ApiTokenAuthentication.of(accepted, List.of())))
        .containsExactly("SCOPE_read", "SCOPE_write");
  }

  @Test
  void it_contains_no_plaintext() {
    var authentication =
        ApiTokenAuthentication.of(accepted(NewToken.named("ci").scopes("a")), List.of());
    assertThat(authentication.getCredentials()).isEqualTo("");
    assertThat(authentication.toString()).contains("name=ci", "SCOPE_a").doesNotContain(plaintext);
    authentication.eraseCredentials();
    assertThat(authentication.getPrincipal().name()).isEqualTo("ci");
  }

  @Test
  void it_cannot_be_saved() {
    var authentication = ApiTokenAuthentication.of(accepted(NewToken.named("ci")), List.of());
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> serialize(authentication))
        .withMessage("the authentication of a token is valid for one request");
    assertThat(ApiTokenAuthentication.class).hasAnnotation(Transient.class);
  }

  private static void serialize(Object object) throws IOException {
    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(object);
    }
  }
}
