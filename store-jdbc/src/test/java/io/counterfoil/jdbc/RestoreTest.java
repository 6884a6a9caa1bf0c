package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.NewToken;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenUpdate;
import io.counterfoil.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The procedure of docs/operations.md after a restore: its commands, and the dangers that it names. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands of the page need a shell")
class RestoreTest {
  private static final List<String> TABLES =
      List.of("counterfoil_tokens", "counterfoil_tokens_once", "counterfoil_tokens_changes");

  /** The name of a token whose lines must not hide its id. */
  private static final String FORGED = "event=deleted id=999";

  /** The tokens that are changed after the backup. */
  private static final List<String> CHANGED =
      List.of("disabled", "deleted", "rotated", "leaked", "narrowed", "ann's", FORGED, "old");

  /** The plaintexts at the time of the backup, by the names of their tokens. */
  private final Map<String, String> plaintexts = new LinkedHashMap<>();

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void after_the_procedure_no_revoked_token_works_and_the_others_do(Database database)
      throws Exception {
    try (HikariDataSource live = Database.open(database.freshUrl(), true);
        HikariDataSource restored = Database.open(database.freshUrl(), true)) {
      backUpAndChange(live, restored);

      assertThat(accepted(restored)).as("revived").containsAll(CHANGED).contains("kept");
      run(restored, database, "CREATE TABLE counterfoil_restored");
      run(restored, database, "INSERT INTO counterfoil_restored");
      run(restored, database, "UPDATE counterfoil_tokens SET enabled = FALSE");
      assertThat(accepted(restored)).isEmpty();
      String count = OperationsDocument.statement(database, "SELECT COUNT(*)");
      assertThat(((Number) Sql.rows(restored, count).get(0).get(0)).longValue()).isZero();

      takeOut(restored, database, changedIds(), changedOwners());
      String left = OperationsDocument.statement(database, "SELECT id, owner, name, scopes");
      assertThat(Sql.rows(restored, left)).hasSize(1);
      run(
          restored,
          database,
          "UPDATE counterfoil_tokens SET enabled = TRUE, revision = revision + 1 WHERE id IN");
      run(restored, database, "DROP TABLE");
      assertThat(accepted(restored)).containsExactly("kept");
    }
  }

  /** Fills two databases with the same tokens. The second one stays a backup, and the first one is changed. */
  private void backUpAndChange(DataSource live, DataSource restored) throws Exception {
    JdbcTokenStore.createSchema(live);
    JdbcTokenStore.createSchema(restored);
    try (TokenManager tokens = manager(live)) {
      for (String name : List.of("kept", "disabled before", "disabled", "deleted", "rotated")) {
        create(tokens, NewToken.named(name));
      }
      create(tokens, NewToken.named("leaked"));
      create(tokens, NewToken.named("narrowed").unrestricted());
      create(tokens, NewToken.named("ann's").owner("ann"));
      create(tokens, NewToken.named(FORGED));
      create(tokens, NewToken.named("old"));
      assertThat(tokens.rotate(id(tokens, "old"), Duration.ofDays(1))).isPresent();
      tokens.disable(id(tokens, "disabled before"));
    }
    copy(live, restored);
    List<String> log = new ArrayList<>();
    change(live, event -> log.add("2026-11-30 03:00:00 INFO io.counterfoil.audit - " + event));
    Files.write(folder.resolve("audit-node1.log"), log);
  }

  private void create(TokenManager tokens, NewToken token) {
    plaintexts.put(token.name(), tokens.create(token).reveal());
  }

  /** The lines of the audit log are the texts of the events. */
  private void change(DataSource live, TokenListener listener) {
    try (TokenManager tokens = TokenManager.builder(new JdbcTokenStore(live))
        .synchronousListener(listener)
        .build()) {
      tokens.disable(id(tokens, "disabled"));
      tokens.delete(id(tokens, "deleted"));
      assertThat(tokens.rotate(id(tokens, "rotated"), Duration.ZERO)).isPresent();
      assertThat(tokens.reportLeak(plaintexts.get("leaked"))).isPresent();
      assertThat(tokens.reportLeak(plaintexts.get("old"))).isPresent();
      tokens.update(id(tokens, "narrowed"), TokenUpdate.none().scopes("read"));
      tokens.disableOwnedBy("ann");
      tokens.disable(id(tokens, FORGED));
    }
    assertThat(accepted(live)).containsExactly("kept", "narrowed");
  }

  private void takeOut(DataSource pool, Database database, String ids, Set<String> owners) {
    String byId =
        OperationsDocument.statement(database, "DELETE FROM counterfoil_restored WHERE id IN (3");
    String byOwner = OperationsDocument.statement(
        database, "DELETE FROM counterfoil_restored WHERE id IN (SELECT");
    assertThat(byId).endsWith("IN (3, 7)");
    Sql.run(pool, byId.replace("3, 7", ids));
    assertThat(owners).containsExactly("ann");
    Sql.run(pool, byOwner);
  }

  private String changedIds() throws Exception {
    List<String> ids = Shell.run(folder, OperationsDocument.blocks("shell").get(0));
    assertThat(ids).containsExactly("3", "4", "5", "6", "7", "9", "10", "999");
    return String.join(", ", ids);
  }

  private Set<String> changedOwners() throws Exception {
    Set<String> owners = new HashSet<>();
    for (String line : Shell.run(folder, OperationsDocument.blocks("shell").get(1))) {
      assertThat(line).contains("event=owner-disabled owner=\"ann\" count=1");
      owners.add("ann");
    }
    return owners;
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_ids_of_new_tokens_continue_above_those_that_were_lost(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      JdbcTokenStore store = new JdbcTokenStore(pool);
      store.insert(Samples.token("before"));
      String start = switch (database) {
        case MARIADB -> "ALTER TABLE counterfoil_tokens AUTO_INCREMENT";
        case SQLITE -> "UPDATE sqlite_sequence";
        default -> "ALTER TABLE counterfoil_tokens ALTER COLUMN id";
      };
      Sql.execute(pool, OperationsDocument.statement(database, start));
      assertThat(store.insert(Samples.token("after"))).isEqualTo(100_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_token_that_was_imported_once_after_the_backup_would_come_back(Database database)
      throws Exception {
    try (HikariDataSource live = Database.open(database.freshUrl(), true);
        HikariDataSource restored = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(live);
      JdbcTokenStore.createSchema(restored);
      copy(live, restored);
      String sha256 = HexFormat.of().formatHex(Samples.sha256("deploy"));
      try (TokenManager before = manager(live);
          TokenManager after = manager(restored)) {
        before.delete(
            before.importOnce(NewToken.named("deploy"), sha256).orElseThrow().id());
        assertThat(before.importOnce(NewToken.named("deploy"), sha256)).isEmpty();
        assertThat(
                after.importOnce(NewToken.named("deploy"), sha256).orElseThrow().enabled())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void overlaps_that_had_ended_can_be_ended_again(Database database) {
    try (HikariDataSource pool = Database.open(database.freshUrl(), true)) {
      JdbcTokenStore.createSchema(pool);
      try (TokenManager tokens = manager(pool)) {
        create(tokens, NewToken.named("old"));
        plaintexts.put(
            "new",
            tokens.rotate(id(tokens, "old"), Duration.ofDays(1)).orElseThrow().reveal());
      }
      assertThat(accepted(pool)).containsExactly("old", "new");
      run(pool, database, "UPDATE counterfoil_tokens SET previous_until = 0");
      assertThat(accepted(pool)).containsExactly("new");
    }
  }

  @Test
  void the_copy_of_a_sqlite_file_is_a_backup_of_all_three_tables() throws Exception {
    Path file = folder.resolve("backup.db");
    try (HikariDataSource live = Database.open(Database.SQLITE.freshUrl(), true)) {
      JdbcTokenStore.createSchema(live);
      try (TokenManager tokens = manager(live)) {
        assertThat(tokens.createOnce("first", () -> NewToken.named("first"))).isPresent();
      }
      String command = OperationsDocument.statement(Database.SQLITE, "VACUUM INTO");
      Sql.execute(live, command.replace("backup.db", file.toString()));
    }
    try (HikariDataSource copy = Database.open("jdbc:sqlite:" + file + "?synchronous=FULL", true)) {
      for (String table : TABLES) {
        assertThat(Sql.rows(copy, "SELECT * FROM " + table)).as(table).hasSize(1);
      }
      assertThat(new JdbcTokenStore(copy).watch()).isPresent();
    }
  }

  private static void run(DataSource pool, Database database, String start) {
    Sql.execute(pool, OperationsDocument.statement(database, start));
  }

  /** Copies all three tables, as a restore does. */
  private static void copy(DataSource from, DataSource to) {
    for (String table : TABLES) {
      Sql.run(to, "DELETE FROM " + table);
      for (List<Object> row : Sql.rows(from, "SELECT * FROM " + table)) {
        char[] parameters = new char[row.size()];
        Arrays.fill(parameters, '?');
        String values = String.join(", ", String.valueOf(parameters).split(""));
        Sql.run(to, "INSERT INTO " + table + " VALUES (" + values + ')', row.toArray());
      }
    }
  }

  /** Returns the names of the tokens whose plaintext from the time of the backup works. Two nodes must agree. */
  private List<String> accepted(DataSource pool) {
    List<String> names = new ArrayList<>();
    try (TokenManager one = manager(pool);
        TokenManager other = manager(pool)) {
      plaintexts.forEach((name, plaintext) -> {
        boolean isAccepted = one.authenticate(plaintext) instanceof Verdict.Accepted;
        assertThat(other.authenticate(plaintext) instanceof Verdict.Accepted).isEqualTo(isAccepted);
        if (isAccepted) {
          names.add(name);
        }
      });
    }
    return names;
  }

  private static TokenManager manager(DataSource pool) {
    return TokenManager.builder(new JdbcTokenStore(pool)).recordNoUses().build();
  }

  private static long id(TokenManager tokens, String name) {
    return tokens
        .list()
        .filter(token -> token.name().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
