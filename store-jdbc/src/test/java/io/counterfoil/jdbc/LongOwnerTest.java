package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Owners and names of the maximum length, in code points with four bytes of UTF-8 and two units of UTF-16. */
class LongOwnerTest {
  private static final String KEY = "\ud83d\udd11";
  private static final String LOCK = "\ud83d\udd12";

  @ParameterizedTest // F6
  @EnumSource(Database.class)
  void an_owner_of_255_and_a_name_of_64_code_points_are_stored_and_compared_completely(
      Database database) {
    TokenStore store = database.emptyStore(true);
    List<StoredToken> rows = new ArrayList<>();
    for (String owner : List.of(KEY.repeat(255), KEY.repeat(254) + LOCK, KEY.repeat(254))) {
      for (String name : List.of(KEY.repeat(64), KEY.repeat(63) + LOCK)) {
        StoredToken row = Samples.token(owner, name, owner + ' ' + name);
        rows.add(row.withId(store.insert(row)));
        StoredToken again = Samples.token(owner, name, "again");
        assertThatExceptionOfType(DuplicateTokenNameException.class)
            .isThrownBy(() -> store.insert(again));
      }
    }
    assertThat(store.list(TokenQuery.all(), 0, 10)).isEqualTo(rows);
    for (StoredToken row : rows) {
      assertThat(store.findByName(row.owner(), row.name())).contains(row);
    }
    assertThat(store.list(TokenQuery.all().owner(rows.get(0).owner()), 0, 10))
        .isEqualTo(rows.subList(0, 2));
    assertThat(store.disableOwnedBy(rows.get(2).owner())).isEqualTo(2);
    assertThat(store.deleteOwnedBy(rows.get(4).owner())).isEqualTo(2);
  }
}
