package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What operators need in an incident: when a person leaves, when a plaintext leaks, or when an attacker has got in. */
class IncidentTest {
  private final MapStore store = new MapStore();
  private final Set<String> active = new TreeSet<>(Set.of("", "ann", "bob"));
  private final TokenManager tokens = TokenManager.builder(store)
      .prefix("acme")
      .recordNoUses()
      .activeOwners(active::contains)
      .build();

  @Test
  void the_tokens_of_an_inactive_owner_are_rejected_until_the_owner_is_active_again() {
    String plaintext = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    active.remove("ann");
    assertThat(tokens.authenticate(plaintext))
        .isEqualTo(new Rejected(Reason.OWNER_INACTIVE, java.util.OptionalLong.of(1)));
    active.add("ann");
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test // I1
  void if_the_check_of_owners_fails_there_is_no_verdict() {
    String plaintext = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    TokenManager blind = TokenManager.builder(store)
        .activeOwners(owner -> {
          throw new IllegalStateException("the directory is down");
        })
        .build();
    assertThatThrownBy(() -> blind.authenticate(plaintext))
        .isInstanceOf(TokenStoreException.class)
        .hasRootCauseMessage("the directory is down");
  }

  @Test
  void all_tokens_of_an_owner_are_disabled_in_one_call() {
    String hers = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    String his = tokens.create(NewToken.named("ci").owner("bob")).reveal();
    tokens.create(NewToken.named("off").owner("ann"));
    tokens.disable(3);
    assertThat(tokens.disableOwnedBy("ann")).isEqualTo(1);
    assertThat(tokens.authenticate(hers)).isNotInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(his)).isInstanceOf(Accepted.class);
  }

  @Test
  void deleted_tokens_do_not_return_with_a_new_owner_of_the_same_name() {
    String hers = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    assertThat(tokens.deleteOwnedBy("ann")).isEqualTo(1);
    tokens.create(NewToken.named("ci").owner("ann"));
    assertThat(tokens.authenticate(hers)).isEqualTo(Rejected.UNKNOWN);
  }

  @Test // F6: some drivers replace characters that they cannot encode with a question mark
  void a_query_that_no_store_can_keep_is_rejected() {
    tokens.create(NewToken.named("ci").owner("ann"));
    for (String wrong : new String[] {"ann\ud800", "\udc00", "ann\u0000"}) {
      List<ThrowingCallable> calls = List.of(
          () -> tokens.disableOwnedBy(wrong),
          () -> tokens.deleteOwnedBy(wrong),
          () -> tokens.list(TokenQuery.all().owner(wrong)),
          () -> tokens.find(wrong, "ci"),
          () -> tokens.find("ann", wrong),
          () -> tokens.rotate(wrong, "ci", java.time.Duration.ZERO));
      for (ThrowingCallable call : calls) {
        assertThatIllegalArgumentException()
            .isThrownBy(call)
            .withMessageContaining("(expected: no U+0000 and no unpaired surrogate)");
      }
    }
  }

  @Test
  void a_token_whose_row_cannot_be_read_can_be_disabled_and_deleted() {
    tokens.create(NewToken.named("ci"));
    TokenStore unreadable = spy(store);
    doThrow(new TokenStoreException("bad row")).when(unreadable).findById(anyLong());
    TokenManager manager =
        TokenManager.builder(unreadable).listener(TokenListener.audit()).build();
    assertThat(manager.disable(1)).isTrue();
    assertThat(store.findById(1).orElseThrow().enabled()).isFalse();
    assertThat(manager.delete(1)).isTrue();
    assertThat(store.findById(1)).isEmpty();
    assertThat(manager.delete(1)).isFalse();
    manager.close();
  }

  @Test
  void every_token_is_disabled_in_one_call() {
    String hers = tokens.create(NewToken.named("ci").owner("ann")).reveal();
    String nobodys = tokens.create(NewToken.named("ci")).reveal();
    assertThat(tokens.disableAll()).isEqualTo(2);
    assertThat(tokens.disableAll()).isZero();
    assertThat(tokens.authenticate(hers)).isNotInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(nobodys)).isNotInstanceOf(Accepted.class);
  }

  @Test
  void a_leaked_plaintext_identifies_its_token_whatever_its_state() {
    CreatedToken created = tokens.create(NewToken.named("ci").owner("ann"));
    assertThat(tokens.identify(created.reveal())).contains(created.token());
    tokens.rotate(1, java.time.Duration.ZERO);
    tokens.disable(1);
    active.clear();
    assertThat(tokens.identify(created.reveal()))
        .hasValueSatisfying(token -> assertThat(token.id()).isEqualTo(1));
    tokens.delete(1);
    assertThat(tokens.identify(created.reveal())).isEmpty();
    assertThat(tokens.identify("nonsense")).isEmpty();
  }

  @Test
  void the_published_pattern_finds_plaintexts_in_a_text_and_nothing_longer_or_shorter() {
    Pattern pattern = Pattern.compile(tokens.reports().scannerPattern());
    for (int i = 0; i < 100; i++) {
      String plaintext = tokens.create(NewToken.named("t" + i)).reveal();
      for (String around : new String[] {"%s", "\"%s\"", "token=%s;", "Bearer %s\n"}) {
        assertThat(pattern.matcher(around.formatted(plaintext)).results())
            .singleElement()
            .satisfies(hit -> assertThat(hit.group()).isEqualTo(plaintext));
      }
      assertThat(pattern.matcher(plaintext + "x").find()).isFalse();
      assertThat(pattern.matcher("x" + plaintext).find()).isFalse();
      assertThat(pattern.matcher(plaintext.substring(0, plaintext.length() - 1)).find())
          .isFalse();
    }
  }

  @Test
  void the_rule_for_gitleaks_has_the_pattern_and_the_prefix() {
    assertThat(tokens.reports().gitleaksRule()).isEqualTo("""
            [[rules]]
            id = "acme-api-token"
            description = "API token that begins with acme_"
            regex = '''\\bacme_[0-9A-Za-z]{49}\\b'''
            keywords = ["acme_"]
            """);
  }
}
