package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static io.counterfoil.http.FakeRequest.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.UnreadableTokenException;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A token whose row the store finds but cannot read. Its owner and its rights are unknown. */
class TokenApiUnreadableTest {
  private static final long ID = 1;
  private static final FakeRequest DISABLE = post("/setEnabled/1", "{\"enabled\":false}");
  private static final FakeRequest ENABLE = post("/setEnabled/1", "{\"enabled\":true}");
  private static final FakeRequest ROTATE = post("/rotate/1", "{\"overlapSeconds\":0}");
  private static final FakeRequest DELETE = post("/delete/1", "{}");
  private static final FakeRequest UPDATE = post("/update/1", "{\"name\":\"x\"}");
  private static final FakeRequest FIND = get("/1");
  private static final FakeRequest DISABLE_SEVERAL = post("/disable", "{\"ids\":[1]}");
  private static final FakeRequest DELETE_SEVERAL = post("/delete", "{\"ids\":[1]}");

  private final InMemoryTokenStore real = new InMemoryTokenStore();
  private final TokenManager tokens = TokenManager.builder(new ForwardingTokenStore(real) {
        @Override
        public Optional<StoredToken> findById(long id) {
          if (id == ID && real.findById(id).isPresent()) {
            throw new UnreadableTokenException(id, new IllegalStateException("damaged"));
          }
          return real.findById(id);
        }
      })
      .recordNoUses()
      .synchronousListener(TokenListener.audit())
      .build();

  TokenApiUnreadableTest() {
    tokens.create(NewToken.named("unreadable").owner("ann"));
  }

  private ApiResponse send(FakeRequest request, Caller caller) {
    return TokenApi.of(tokens, anything -> Optional.of(caller)).handle(request);
  }

  @Test
  void a_caller_that_has_all_rights_disables_and_deletes_it() {
    Caller caller = Caller.user("admin").unrestricted().ofAllOwners();
    assertThat(send(DISABLE, caller).status()).isEqualTo(200);
    assertThat(real.findById(ID))
        .hasValueSatisfying(row -> assertThat(row.enabled()).isFalse());
    assertThat(send(DELETE, caller).status()).isEqualTo(200);
    assertThat(real.findById(ID)).isEmpty();
    assertThat(send(DELETE, caller).status()).isEqualTo(404);
  }

  @Test
  void enabling_rotating_updating_and_reading_it_is_answered_503() {
    Caller caller = Caller.user("admin").unrestricted().ofAllOwners();
    assertThat(send(ENABLE, caller).status()).isEqualTo(503);
    assertThat(send(ROTATE, caller).status()).isEqualTo(503);
    assertThat(send(UPDATE, caller).status()).isEqualTo(503);
    assertThat(send(FIND, caller).status()).isEqualTo(503);
  }

  @Test // M1
  void to_every_other_caller_it_is_a_token_of_another_owner() {
    NewToken bound = NewToken.named("bound").unrestricted().allowedAddresses("192.0.2.1");
    String plaintext = tokens.create(bound).reveal();
    Verdict.Accepted accepted = (Verdict.Accepted)
        tokens.authenticate(plaintext, AddressRange.address("192.0.2.1").orElseThrow());
    List<StoredToken> before = real.list(TokenQuery.all(), 0, 9);
    for (Caller caller : List.of(
        Caller.user("ann").unrestricted(),
        Caller.user("admin").ofAllOwners(),
        Caller.user("admin").scopes("read").ofAllOwners(),
        Caller.withoutOwner().unrestricted(),
        Caller.token(accepted).ofAllOwners())) {
      for (FakeRequest request :
          List.of(DISABLE, ENABLE, ROTATE, DELETE, UPDATE, FIND, DISABLE_SEVERAL, DELETE_SEVERAL)) {
        ApiResponse response = send(request, caller);
        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).contains("there is no such token");
      }
    }
    assertThat(real.list(TokenQuery.all(), 0, 9)).isEqualTo(before);
  }
}
