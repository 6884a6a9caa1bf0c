package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contents of a stolen database. */
class StoredColumnsTest {

  @ParameterizedTest // A4, A8
  @EnumSource(Database.class)
  void the_hash_column_contains_the_sha_256_of_the_plaintext_and_no_other_column_contains_more(
      Database database) {
    DataSource pool = database.emptied(true);
    String plaintext = create(pool).reveal();
    List<List<Object>> hashes = Sql.rows(pool, "SELECT hash, hash_tag FROM counterfoil_tokens");
    assertThat(hashes).hasSize(1);
    assertThat((byte[]) hashes.get(0).get(0)).isEqualTo(Samples.sha256(plaintext));
    assertThat(hashes.get(0).get(1)).isEqualTo("sha256");

    String secret = plaintext.substring(plaintext.lastIndexOf('_') + 1);
    for (Object column : columns(pool)) {
      assertThat(text(column)).doesNotContain(plaintext).doesNotContain(secret);
    }
  }

  @ParameterizedTest // A5, A10
  @EnumSource(Database.class)
  void no_stored_value_is_accepted_as_a_token(Database database) {
    DataSource pool = database.emptied(true);
    TokenManager manager = TokenManager.builder(new JdbcTokenStore(pool)).build();
    assertThat(manager.authenticate(create(pool).reveal())).isInstanceOf(Verdict.Accepted.class);
    for (Object column : columns(pool)) {
      byte[] bytes = text(column).getBytes(ISO_8859_1);
      String hex = HexFormat.of().formatHex(bytes);
      String base64 = Base64.getEncoder().encodeToString(bytes);
      for (String presented : List.of(text(column), hex, base64, "cf_" + hex, "cf_" + base64)) {
        assertThat(manager.authenticate(presented)).isInstanceOf(Verdict.Rejected.class);
      }
    }
  }

  @ParameterizedTest // PostgreSQL returns the rows of such a query as they are stored
  @EnumSource(Database.class)
  void queries_name_all_columns_in_the_order_of_the_table(Database database) throws SQLException {
    try (Connection connection = database.emptied(true).getConnection();
        PreparedStatement named = connection.prepareStatement(Statements.SELECT);
        PreparedStatement stored =
            connection.prepareStatement("SELECT * FROM counterfoil_tokens")) {
      assertThat(names(named)).isEqualTo(names(stored));
    }
  }

  private static List<String> names(PreparedStatement query) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet results = query.executeQuery()) {
      for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
        names.add(results.getMetaData().getColumnName(i));
      }
    }
    return names;
  }

  private static CreatedToken create(DataSource pool) {
    TokenManager manager = TokenManager.builder(new JdbcTokenStore(pool)).build();
    return manager.create(NewToken.named("ci").owner("me").scopes("read", "write"));
  }

  private static List<Object> columns(DataSource pool) {
    List<List<Object>> rows = Sql.rows(pool, "SELECT * FROM counterfoil_tokens");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).hasSize(TableMetadata.EXPECTED_COLUMNS.size());
    return rows.get(0);
  }

  private static String text(Object column) {
    return column instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : String.valueOf(column);
  }
}
