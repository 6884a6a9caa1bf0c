package io.counterfoil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that another token of the owner already has. */
class DuplicateNameTest {

  @ParameterizedTest
  @EnumSource(Database.class)
  void an_update_to_a_taken_name_is_told_apart_from_one_to_a_taken_hash(Database database) {
    TokenStore store = database.emptyStore(true);
    StoredToken taken = Samples.token("owner", "taken");
    store.insert(taken);
    StoredToken row = inserted(store, Samples.token("owner", "row"));
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.update(row.toBuilder().name("taken").build()));
    assertThatExceptionOfType(DuplicateTokenHashException.class)
        .isThrownBy(() -> store.update(row.withHashes(taken.hash(), Optional.empty())));
    assertThat(store.findById(row.id())).contains(row);
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_owner_of_the_stored_row_counts_since_an_update_does_not_change_it(Database database) {
    TokenStore store = database.emptyStore(true);
    store.insert(Samples.token("owner", "taken"));
    StoredToken row = inserted(store, Samples.token("owner", "row"));
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(
            () -> store.update(row.toBuilder().owner("other").name("taken").build()));
    assertThat(store.update(row.toBuilder().owner("other").name("free").build()))
        .isTrue();
    assertThat(store.list(TokenQuery.all().owner("other"), 0, 10)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void the_name_of_an_unreadable_row_is_still_taken(Database database) {
    DataSource pool = database.emptied(true);
    TokenStore store = database.emptyStore(true);
    StoredToken row = inserted(store, Samples.token("owner", "row"));
    long taken = store.insert(Samples.token("owner", "taken"));
    Sql.run(pool, "UPDATE counterfoil_tokens SET hash_tag = 'X 9' WHERE id = ?", taken);
    assertThatExceptionOfType(DuplicateTokenNameException.class)
        .isThrownBy(() -> store.update(row.toBuilder().name("taken").build()));
  }

  private static StoredToken inserted(TokenStore store, StoredToken row) {
    return row.withId(store.insert(row));
  }
}
