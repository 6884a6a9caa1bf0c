package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.Actor;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Pepper;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.testing.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of docs/operations.md, except those of a restore, which {@link RestoreTest} checks. */
class OperationsDocumentTest {
  private final TestClock clock = new TestClock();
  private final List<String> shown = new ArrayList<>();

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void every_statement_of_the_page_runs_in_the_order_of_the_page(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore store = store(pool);
      for (String name : List.of("a", "b", "c", "d")) {
        store.insert(Samples.token("ann", name));
      }
      List<String> statements = OperationsDocument.statements(database);
      assertThat(statements).hasSizeGreaterThan(12);
      for (String statement : statements) {
        Sql.execute(pool, statement.replace("'backup.", "'" + folder.resolve("backup.")));
      }
      assertThat(new JdbcTokenStore(pool).findById(4)).isPresent();
    }
  }

  @Test
  void the_script_of_h2_brings_the_tokens_back() {
    String file = folder.resolve("backup.sql").toString();
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true)) {
      store(pool).insert(Samples.token("ann", "a"));
      String backup = OperationsDocument.statement(Database.H2, "SCRIPT TO");
      Sql.execute(pool, backup.replace("backup.sql", file));
    }
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true)) {
      Sql.execute(pool, "RUNSCRIPT FROM '" + file + "'");
      assertThat(new JdbcTokenStore(pool).findById(1)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void each_change_by_hand_raises_the_revision(Database database) {
    assertThat(OperationsDocument.statements(database))
        .filteredOn(statement -> statement.startsWith("UPDATE counterfoil_tokens"))
        .hasSizeGreaterThan(4)
        .allSatisfy(update -> assertThat(update).contains("revision = revision + 1"));
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_token_that_is_disabled_and_has_expired_is_accepted_again(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true);
        TokenManager tokens =
            TokenManager.builder(store(pool)).clock(clock).recordNoUses().build()) {
      String plaintext = third(tokens);
      assertThat(tokens.disableAll()).isEqualTo(3);
      clock.advance(Duration.ofDays(2));
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Rejected.class);
      Sql.run(
          pool,
          OperationsDocument.statement(
              database, "UPDATE counterfoil_tokens SET enabled = TRUE, e"));
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void an_idle_token_is_accepted_again(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true);
        TokenManager tokens = TokenManager.builder(store(pool))
            .clock(clock)
            .maxIdle(Duration.ofHours(1))
            .build()) {
      String plaintext = third(tokens);
      clock.advance(Duration.ofHours(2));
      assertThat(tokens.authenticate(plaintext)).isEqualTo(rejected(Verdict.Reason.IDLE));
      Sql.run(
          pool,
          OperationsDocument.statement(database, "UPDATE counterfoil_tokens SET tracked_since"));
      assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  private static Verdict rejected(Verdict.Reason reason) {
    return new Verdict.Rejected(reason, OptionalLong.of(3));
  }

  /** Creates three tokens, and returns the plaintext of the third, which expires in a day. */
  private static String third(TokenManager tokens) {
    assertThat(tokens.create(NewToken.named("1")).token().id()).isEqualTo(1);
    assertThat(tokens.create(NewToken.named("2")).token().id()).isEqualTo(2);
    CreatedToken third = tokens.create(NewToken.named("3").expiresIn(Duration.ofDays(1)));
    assertThat(third.token().id()).isEqualTo(3);
    return third.reveal();
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_pepper_is_replaced_in_four_steps(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore store = store(pool);
      Pepper leaked = pepper("2025");
      Pepper replacement = pepper("2026");
      Instant end = clock.instant().plusSeconds(60);
      var before = node(store).peppers(leaked).build();
      String used = before.create(NewToken.named("used")).reveal();
      String unused = before.create(NewToken.named("unused")).reveal();

      TokenManager.Builder builder = node(store);
      builder.peppers(leaked).upcomingPepper(replacement);
      TokenManager first = builder.build();
      builder = node(store);
      builder.peppers(replacement, leaked);
      TokenManager second = builder.build();
      assertThat(second.authenticate(used)).isInstanceOf(Verdict.Accepted.class);
      assertThat(first.authenticate(used)).isInstanceOf(Verdict.Accepted.class);
      builder = node(store);
      builder.peppers(replacement, leaked.until(end));
      TokenManager third = builder.build();
      String left = OperationsDocument.statement(database, "SELECT id, owner, name, last_used_at");
      assertThat(Sql.rows(pool, left))
          .singleElement()
          .satisfies(row -> assertThat(row.get(2).toString()).startsWith("unused"));
      assertThat(third.reports().countByPepper()).isEqualTo(Map.of("2025", 1L, "2026", 1L));
      clock.advance(Duration.ofSeconds(60));
      assertThat(third.authenticate(unused))
          .isEqualTo(new Verdict.Rejected(Verdict.Reason.UNKNOWN, OptionalLong.empty()));
      builder = node(store);
      builder.peppers(replacement);
      assertThat(builder.build().authenticate(used)).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  void a_token_that_is_created_by_a_program_opens_the_door_again() {
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true);
        TokenManager tokens =
            TokenManager.builder(store(pool)).clock(clock).recordNoUses().build()) {
      CreatedToken rescue =
          tokens.create(NewToken.named("rescue").unrestricted().expiresIn(Duration.ofHours(1)));
      show(rescue.reveal());
      assertThat(tokens.authenticate(shown.get(0))).isInstanceOf(Verdict.Accepted.class);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands of the page need a shell")
  void the_changes_that_a_token_made_are_found_in_the_audit_log() throws Exception {
    List<String> log = new ArrayList<>();
    try (HikariDataSource pool = Database.open(Database.H2.freshUrl(), true);
        TokenManager tokens = TokenManager.builder(store(pool))
            .synchronousListener(event -> log.add(event.toString()))
            .build()) {
      tokens.create(NewToken.named("by the system"));
      tokens.actingAs(Actor.token(7), Optional.empty()).create(NewToken.named("by 7"));
      tokens.actingAs(Actor.token(77), Optional.empty()).create(NewToken.named("by 77"));
    }
    Files.write(folder.resolve("audit.log"), log);
    List<String> commands = OperationsDocument.blocks("shell");
    assertThat(commands).as("two are in RestoreTest").hasSize(3);
    assertThat(Shell.run(folder, commands.get(2)))
        .hasSize(1)
        .allMatch(line -> line.contains("by 7"));
  }

  private void show(String plaintext) {
    shown.add(plaintext);
  }

  private TokenManager.Builder node(JdbcTokenStore store) {
    return TokenManager.builder(store).clock(clock).recordNoUses();
  }

  private static JdbcTokenStore store(DataSource pool) {
    JdbcTokenStore.createSchema(pool);
    return new JdbcTokenStore(pool);
  }

  private static Pepper pepper(String name) {
    byte[] secret = new byte[Pepper.MIN_LENGTH];
    Arrays.fill(secret, (byte) name.hashCode());
    return Pepper.of(name, secret);
  }
}
