package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the README that run against a store. */
class QuickStartTest {
  private final List<String> log = new ArrayList<>();

  @TempDir
  Path folder;

  @Test
  void the_first_sample_creates_authenticates_and_disables() {
    try (HikariDataSource dataSource = new HikariDataSource()) {
      dataSource.setJdbcUrl("jdbc:sqlite:" + folder.resolve("tokens.db"));
      makeTable(dataSource);
      run(dataSource, "not a token");
      assertThat(log).hasSize(1);
      assertThat(log.get(0)).matches("acme_[0-9A-Za-z]{49}");
      String presented = log.get(0);
      var tokens = TokenManager.builder(new JdbcTokenStore(dataSource)).build();
      assertThat(tokens.authenticate(presented))
          .isEqualTo(new Verdict.Rejected(Verdict.Reason.DISABLED, java.util.OptionalLong.of(1)));
      tokens.delete(1);
    }
  }

  @Test
  void the_sample_of_a_life_rotates_reminds_and_disables() {
    var store = new InMemoryTokenStore();
    var before = TokenManager.builder(store).recordNoUses().build();
    Instant soon = Instant.now().plusSeconds(60);
    CreatedToken created = before.create(NewToken.named("ci").owner("ann").expiresAt(soon));
    CreatedToken leaked = before.create(NewToken.named("cd").owner("eve").expiresAt(soon));
    live(store, created.token().id(), leaked.reveal(), soon.plus(Duration.ofDays(30)));
    assertThat(log).hasSize(4).endsWith("remind ann", "remind eve");
    assertThat(before.list()).noneMatch(Token::enabled);
    assertThat(store.findById(created.token().id()).orElseThrow().previous()).isPresent();
  }

  private void live(TokenStore store, long id, String found, Instant expiry) {
    var tokens = TokenManager.builder(store)
        .maxLifetime(Duration.ofDays(365))
        .activeOwners(owner -> !owner.equals("bob")) // called at each authentication
        .listener(TokenListener.audit())
        .build();

    var backup = NewToken.named("backup").owner("ann").scopes("backups:write").expiresAt(expiry);
    show(tokens.create(backup).reveal());
    show(tokens
        .rotate(id, Duration.ofMinutes(10))
        .orElseThrow()
        .reveal()); // both work for 10 minutes
    tokens.notifyExpiring(
        Duration.ofDays(14), token -> remind(token.owner())); // once per expiry, as a rule
    tokens.update(id, TokenUpdate.none().scopes("backups:read").expiresIn(Duration.ofDays(90)));
    tokens.disableOwnedBy("ann"); // Ann has left
    tokens.reportLeak(found); // ends a leaked plaintext for good
    tokens.close();
  }

  private void remind(String owner) {
    log.add("remind " + owner);
  }

  private static void makeTable(DataSource dataSource) {
    JdbcTokenStore.migrateSchema(dataSource); // both may run at every start
    JdbcTokenStore.createSchema(dataSource);
  }

  private void run(DataSource dataSource, String presented) {
    var tokens =
        TokenManager.builder(new JdbcTokenStore(dataSource)).prefix("acme").build();

    CreatedToken created = tokens.create(NewToken.named("central-panel-a"));
    show(created.reveal()); // shown once: only its hash is stored

    if (tokens.authenticate(presented) instanceof Verdict.Accepted accepted) {
      deploy(accepted); // takes an Accepted, so it cannot be called without the check
    }
    tokens.disable(created.token().id());
  }

  private void show(String plaintext) {
    log.add(plaintext);
  }

  private void deploy(Verdict.Accepted accepted) {
    log.add("deployed by " + accepted.token().name());
  }
}
