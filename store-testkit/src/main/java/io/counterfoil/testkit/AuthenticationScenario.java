package io.counterfoil.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.Token;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Checks the guarantees of a token manager together with the rows in its store. A second manager on the same store acts
 * as another node.
 */
final class AuthenticationScenario {
  private final AtomicReference<Instant> now = new AtomicReference<>(TestRow.NOW);
  private final TokenStore store;
  private final String prefix;
  private final TokenManager manager;
  private final TokenManager other;

  AuthenticationScenario(TokenStore store) {
    this(store, "cf");
  }

  AuthenticationScenario(TokenStore store, String prefix) {
    Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    this.store = store;
    this.prefix = prefix;
    this.manager =
        TokenManager.builder(store).prefix(prefix).clock(clock).recordNoUses().build();
    this.other = TokenManager.builder(store).clock(clock).recordNoUses().build();
  }

  void acceptsCreatedToken(String owner, String name) {
    CreatedToken created =
        manager.create(NewToken.named(name).owner(owner).scopes("read", "write:all"));
    assertAccepted(manager, created);
    assertAccepted(other, created);
    assertThat(manager.find(created.token().id())).contains(created.token());
    assertThat(created.token().owner()).isEqualTo(owner);
    assertThat(created.token().name()).isEqualTo(name);
  }

  void findsTheSameRow(int count, List<Integer> order) {
    List<CreatedToken> tokens =
        IntStream.range(0, count).mapToObj(i -> create("token " + i)).toList();
    for (int i : order) {
      assertAccepted(manager, tokens.get(i));
    }
  }

  void rejectsOneCharacterChanged(int distance) {
    String plaintext = create("n").reveal();
    String body = PlaintextFormat.body(plaintext);
    for (int i = 0; i < plaintext.length(); i++) {
      char original = plaintext.charAt(i);
      char changed = PlaintextFormat.BASE62.charAt(
          (PlaintextFormat.BASE62.indexOf(original) + distance) % PlaintextFormat.BASE62.length());
      if (changed != original) {
        assertRejected(PlaintextFormat.replace(plaintext, i, changed));
      }
      if (changed != original && i < body.length()) {
        assertRejected(PlaintextFormat.withChecksum(PlaintextFormat.replace(body, i, changed)));
      }
      // Truncated to 8 or 7 bits, these equal the original character.
      assertRejected(PlaintextFormat.replace(plaintext, i, (char) (original + 0x100)));
      assertRejected(PlaintextFormat.replace(plaintext, i, (char) (original + 0x80)));
    }
  }

  void rejectsCutOrExtendedPlaintext(char added) {
    String plaintext = create("n").reveal();
    for (int i = 0; i < plaintext.length(); i++) {
      assertRejected(plaintext.substring(0, i));
      assertRejected(plaintext.substring(i + 1));
      assertRejected(plaintext.substring(0, i) + plaintext.substring(i + 1));
    }
    for (char c : new char[] {added, ' ', '\n', '\0', '=', '_', 'a', '0'}) {
      assertRejected(plaintext + c);
      assertRejected(c + plaintext);
      assertRejected(PlaintextFormat.withChecksum(plaintext + c));
      assertRejected(PlaintextFormat.withChecksum(PlaintextFormat.body(plaintext) + c));
    }
    assertRejected(plaintext + plaintext);
  }

  void rejectsOtherCase() {
    String plaintext = create("n").reveal();
    String body = PlaintextFormat.body(plaintext);
    for (int i = 0; i < plaintext.length(); i++) {
      char original = plaintext.charAt(i);
      char swapped = Character.isUpperCase(original)
          ? Character.toLowerCase(original)
          : Character.toUpperCase(original);
      if (swapped != original) {
        assertRejected(PlaintextFormat.replace(plaintext, i, swapped));
      }
      if (swapped != original && i < body.length()) {
        assertRejected(PlaintextFormat.withChecksum(PlaintextFormat.replace(body, i, swapped)));
      }
    }
    assertRejected(plaintext.toUpperCase(Locale.ROOT));
    assertRejected(PlaintextFormat.withChecksum(
        prefix + body.substring(prefix.length()).toUpperCase(Locale.ROOT)));
    assertRejected(PlaintextFormat.withChecksum(body.toLowerCase(Locale.ROOT)));
  }

  void rejectsStoredHashes() {
    create("first");
    create("second");
    for (StoredToken row : store.list(TokenQuery.all(), 0, 2)) {
      encodings(row.hash().bytes()).forEach(this::assertRejected);
    }
  }

  private List<String> encodings(byte[] hash) {
    String hex = HexFormat.of().formatHex(hash);
    String base64 = Base64.getEncoder().encodeToString(hash);
    String base64url = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    List<String> texts = new ArrayList<>(List.of(
        hex,
        hex.toUpperCase(Locale.ROOT),
        base64,
        base64url,
        new String(hash, ISO_8859_1),
        "sha256:" + hex));
    // A hash in the format of a token passes the checksum and reaches the store. 32 bytes are 43
    // characters of Base64.
    String alphanumeric = base64url.replace('-', '0').replace('_', '1');
    for (String secret : List.of(hex.substring(0, PlaintextFormat.SECRET_LENGTH), alphanumeric)) {
      texts.add(PlaintextFormat.withChecksum(prefix + '_' + secret));
    }
    return texts;
  }

  void rejectsUnknownTag(String tag) {
    CreatedToken created = create("n");
    StoredToken row = store.findById(created.token().id()).orElseThrow();
    manager.delete(row.id());
    store.insert(TestRow.named("n").hash(TokenHash.of(tag, row.hash().bytes())).build());
    assertRejected(created.reveal());
  }

  void enablesAndDisablesOnBoth(List<Boolean> states) {
    CreatedToken created = create("n");
    for (boolean on : states) {
      if (on) {
        assertThat(manager.enable(created.token().id())).isTrue();
        assertAccepted(manager, created);
        assertAccepted(other, created);
      } else {
        assertThat(other.disable(created.token().id())).isTrue();
        assertRejected(created.reveal());
      }
    }
  }

  void deletesOnBoth(boolean disabledBefore) {
    CreatedToken created = create("n");
    CreatedToken staying = create("staying");
    assertAccepted(manager, created);
    assertAccepted(other, created);
    if (disabledBefore) {
      manager.disable(created.token().id());
    }
    assertThat(other.delete(created.token().id())).isTrue();
    assertRejected(created.reveal());
    assertThat(manager.enable(created.token().id())).isFalse();
    assertRejected(created.reveal());
    assertAccepted(manager, staying);
  }

  void expires(long lifetime) {
    Instant expiry = now.get().plusMillis(lifetime);
    CreatedToken created = manager.create(NewToken.named("n").expiresAt(expiry));
    now.set(expiry.minusMillis(1));
    assertAccepted(manager, created);
    now.set(expiry.minusNanos(1));
    assertAccepted(manager, created);
    now.set(expiry);
    assertRejected(created.reveal());
    now.set(expiry.plusMillis(1));
    assertRejected(created.reveal());
  }

  private CreatedToken create(String name) {
    return manager.create(NewToken.named(name));
  }

  private static void assertAccepted(TokenManager node, CreatedToken created) {
    Token found = node.find(created.token().id()).orElseThrow();
    assertThat(found.id()).isEqualTo(created.token().id());
    assertThat(node.authenticate(created.reveal()))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class, accepted -> assertThat(accepted.token()).isEqualTo(found));
  }

  private void assertRejected(String presented) {
    assertThat(manager.authenticate(presented)).isInstanceOf(Verdict.Rejected.class);
    assertThat(other.authenticate(presented)).isInstanceOf(Verdict.Rejected.class);
  }
}
