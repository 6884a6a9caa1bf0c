package io.counterfoil.jdbc;

import static io.counterfoil.jdbc.CorruptSchema.fix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.TokenQuery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In metadata calls of JDBC, "_" in the name of a schema also matches any other character. SQLite has no schemas. */
class SimilarSchemaTest {

  @ParameterizedTest
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void each_of_two_schemas_with_similar_names_has_its_own_table(Database database) {
    try (Schemas schemas = new Schemas(database)) {
      assertThat(JdbcTokenStore.createSchema(schemas.similar)).isTrue();
      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbcTokenStore(schemas.own))
          .withMessageContaining("there is no such table");
      assertThat(JdbcTokenStore.createSchema(schemas.own)).isTrue();
      assertThat(JdbcTokenStore.createSchema(schemas.own)).isFalse();
      JdbcTokenStore store = new JdbcTokenStore(schemas.own);
      store.insert(Samples.token("here"));
      assertThat(store.watch()).isPresent();
      assertThat(new JdbcTokenStore(schemas.similar).list(TokenQuery.all(), 0, 10))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void a_complete_table_in_a_schema_with_a_similar_name_hides_no_problem(Database database) {
    try (Schemas schemas = new Schemas(database)) {
      JdbcTokenStore.createSchema(schemas.similar);
      JdbcTokenStore.createSchema(schemas.own);
      String of = database == Database.MARIADB ? " ON counterfoil_tokens" : "";
      Sql.run(schemas.own, "DROP INDEX counterfoil_tokens_owner_idx" + of);
      fix(schemas.own, "there is no index (owner, id)");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void a_table_of_changes_in_a_schema_with_a_similar_name_is_not_the_own_one(Database database) {
    try (Schemas schemas = new Schemas(database)) {
      JdbcTokenStore.createSchema(schemas.similar);
      JdbcTokenStore.createSchema(schemas.own);
      Sql.run(schemas.own, "DROP TABLE counterfoil_tokens_changes");
      assertThat(new JdbcTokenStore(schemas.own).watch()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Database.class, mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
  void a_table_of_keys_in_a_schema_with_a_similar_name_is_not_the_own_one(Database database) {
    try (Schemas schemas = new Schemas(database)) {
      JdbcTokenStore.createSchema(schemas.similar);
      JdbcTokenStore.createSchema(schemas.own);
      Sql.run(schemas.own, "DROP TABLE counterfoil_tokens_once");
      fix(schemas.own, "counterfoil_tokens_once", "there is no such table");
    }
  }

  /** Pools for the schemas {@code tenant_1} and {@code tenant11} of a new database. */
  private static final class Schemas implements AutoCloseable {
    private final HikariDataSource setup;
    private final HikariDataSource own;
    private final HikariDataSource similar;

    Schemas(Database database) {
      String url = database.freshUrl();
      setup = Database.open(url, true);
      own = createSchema(database, url, "tenant_1");
      similar = createSchema(database, url, "tenant11");
    }

    private HikariDataSource createSchema(Database database, String url, String name) {
      String schema = database == Database.MARIADB // all tests share its server
          ? name + "_of_" + Sql.rows(setup, "SELECT DATABASE()").get(0).get(0)
          : name;
      Sql.run(setup, "CREATE SCHEMA " + schema);
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setConnectionInitSql(
          switch (database) {
            case POSTGRESQL -> "SET search_path TO " + schema;
            case MARIADB -> "USE " + schema;
            default -> "SET SCHEMA " + schema;
          });
      return new HikariDataSource(config);
    }

    @Override
    public void close() {
      own.close();
      similar.close();
      setup.close();
    }
  }
}
