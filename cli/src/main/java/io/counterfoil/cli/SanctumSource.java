package io.counterfoil.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code personal_access_tokens} of Laravel Sanctum. It is only read. */
final class SanctumSource implements ForeignSource {
  private static final String TABLE = "personal_access_tokens";
  private static final String SAME_TYPE = " WHERE tokenable_type = ?";
  private static final int PAGE = 500;

  private final DataSource source;
  private final ZoneId zone;
  private final @Nullable String type;

  SanctumSource(DataSource source, ZoneId zone, @Nullable String type) {
    this.source = source;
    this.zone = zone;
    this.type = type;
  }

  @Override
  public void read(RowConsumer consumer) throws CliException {
    try (Connection connection = source.getConnection()) {
      String selected = selectedType(connection);
      Set<List<String>> repeated = repeatedNames(connection, selected);
      List<SanctumRow> page = page(connection, selected, 0, repeated);
      while (!page.isEmpty()) {
        for (SanctumRow row : page) {
          consumer.accept(row);
        }
        page = page(connection, selected, page.get(page.size() - 1).id(), repeated);
      }
    } catch (SQLException e) {
      throw CliException.failed("--source: " + SafeText.causes(e));
    }
  }

  /** User 1 and team 1 must not become the same owner. */
  private String selectedType(Connection connection) throws SQLException, CliException {
    List<String> types = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(
            "SELECT DISTINCT tokenable_type FROM " + TABLE + " ORDER BY tokenable_type")) {
      while (found.next()) {
        types.add(String.valueOf(found.getString(1)));
      }
    }
    if (type == null ? types.size() > 1 : !types.contains(type)) {
      throw CliException.invalid(
          "--tokenable-type: " + (type == null ? "missing" : "unknown"),
          "one of " + String.join(", ", types.stream().map(SafeText::name).toList()));
    }
    return type != null ? type : types.isEmpty() ? "" : types.get(0);
  }

  /** Sanctum allows several tokens with the same name. */
  private static Set<List<String>> repeatedNames(Connection connection, String type)
      throws SQLException {
    Set<List<String>> repeated = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement("SELECT tokenable_id, name FROM "
        + TABLE + SAME_TYPE + " AND EXISTS (SELECT 1 FROM "
        + TABLE + " o WHERE o.tokenable_type = " + TABLE + ".tokenable_type AND o.tokenable_id = "
        + TABLE + ".tokenable_id AND o.name = " + TABLE + ".name AND o.id <> " + TABLE + ".id)")) {
      statement.setString(1, type);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          repeated.add(
              List.of(String.valueOf(found.getString(1)), String.valueOf(found.getString(2))));
        }
      }
    }
    return repeated;
  }

  private List<SanctumRow> page(
      Connection connection, String selected, long after, Set<List<String>> repeated)
      throws SQLException {
    List<SanctumRow> page = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(
        "SELECT * FROM " + TABLE + SAME_TYPE + " AND id > ? ORDER BY id")) {
      statement.setMaxRows(PAGE);
      statement.setString(1, selected);
      statement.setLong(2, after);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          page.add(SanctumRow.of(found, zone, repeated));
        }
      }
    }
    return page;
  }
}
