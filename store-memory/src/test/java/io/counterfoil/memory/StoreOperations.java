package io.counterfoil.memory;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.StoredToken.Use;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * The methods of a store as operations for Lincheck. There are only a few ids, names and hashes, so that calls conflict. One
 * token exists from the start and was rotated once. The first token that a test inserts gets the second id.
 *
 * <p>Only one row of each list is compared. A store does not promise that a page is a consistent snapshot, but this store shows
 * each token as it was at some moment during the call. Each call records one use or deletes one expired token, because reads take
 * no lock and may see half a batch.
 */
@Param(name = "id", gen = IntGen.class, conf = "1:2")
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "name", gen = IntGen.class, conf = "1:2")
@Param(name = "hash", gen = IntGen.class, conf = "0:3")
@Param(name = "present hash", gen = IntGen.class, conf = "1:2")
@Param(name = "revision", gen = IntGen.class, conf = "0:1")
@Param(name = "new hash", gen = IntGen.class, conf = "2:3")
@Param(name = "at", gen = IntGen.class, conf = "1:2")
@Param(name = "on", gen = BooleanGen.class)
public abstract class StoreOperations {
  private static final String OWNER = "owner";

  /** The previous hash of the first token. After a rotation, no token has this hash. */
  private static final int OLD_HASH = 0;

  private static final int FIRST_HASH = 1;
  private static final Instant NOW = at(9);

  private final TokenStore store;

  StoreOperations(TokenStore store) {
    this.store = store;
    store.insert(
        row(1, FIRST_HASH).toBuilder().previous(previous(OLD_HASH, NOW)).build());
  }

  @Operation(params = {"name", "new hash"})
  public Object insert(int name, int hash) {
    return outcome(() -> store.insert(row(name, hash)));
  }

  @Operation(params = {"key", "name", "new hash"})
  public Object insertOnce(int key, int name, int hash) {
    return outcome(() -> store.insertOnce("key " + key, row(name, hash)));
  }

  @Operation(params = "key")
  public boolean isRecorded(int key) {
    return store.isRecorded("key " + key);
  }

  @Operation(params = "hash")
  public Object findByHash(int hash) {
    return store.findByHash(List.of(hash(hash)));
  }

  @Operation(params = "id")
  public Object findById(int id) {
    return store.findById(id);
  }

  @Operation(params = "name")
  public Object findByName(int name) {
    return store.findByName(OWNER, "name " + name);
  }

  @Operation(params = "id")
  public Object list(int id) {
    return only(id, store.list(TokenQuery.all(), id - 1, 1));
  }

  @Operation(params = {"id", "name"})
  public Object listByName(int id, int name) {
    TokenQuery enabled = TokenQuery.all().enabled(true).nameContains("name " + name);
    return only(id, store.list(enabled, id - 1, 1));
  }

  @Operation(params = "id")
  public Object disable(int id) {
    return store.disable(id);
  }

  @Operation(params = {"id", "revision", "name", "on"})
  public Object rename(int id, int revision, int name, boolean on) {
    return update(row(name, id).toBuilder().enabled(on), id, revision);
  }

  @Operation(params = {"revision", "present hash", "new hash"})
  public Object rotate(int revision, int replaced, int replacement) {
    return update(row(1, replacement).toBuilder().previous(previous(replaced, NOW)), 1, revision);
  }

  @Operation(params = {"revision", "new hash"})
  public Object rehash(int revision, int replacement) {
    return update(row(1, replacement).toBuilder().previous(previous(OLD_HASH, NOW)), 1, revision);
  }

  @Operation(params = {"revision", "present hash", "at"})
  public Object endPrevious(int revision, int present, int until) {
    return update(row(1, present).toBuilder().previous(previous(OLD_HASH, at(until))), 1, revision);
  }

  private Object update(StoredToken.Builder changed, int id, int revision) {
    return outcome(() -> store.update(changed.id(id).revision(revision).build()));
  }

  private static StoredToken.Previous previous(int hash, Instant until) {
    return new StoredToken.Previous(hash(hash), until);
  }

  @Operation(params = {"id", "at", "at"})
  public void recordUses(int id, int at, int latestPlausible) {
    Use use = new Use(at(at), Optional.of("address " + at));
    store.recordUses(Map.of((long) id, use), at(latestPlausible));
  }

  @Operation(params = "id")
  public Object delete(int id) {
    return store.delete(id);
  }

  @Operation
  public Object deleteExpired() {
    return store.deleteExpired(NOW, 1);
  }

  @Operation(params = {"id", "at"})
  public Object deleteItExpired(int id, int before) {
    return store.deleteExpired(id, at(before));
  }

  /** Returns the result of a call. For an exception, this is the name of the exception class. */
  private static Object outcome(Supplier<Object> call) {
    try {
      return call.get();
    } catch (DuplicateTokenNameException | DuplicateTokenHashException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static List<StoredToken> only(long id, List<StoredToken> page) {
    return page.stream().filter(row -> row.id() == id).toList();
  }

  static StoredToken row(int name, int hash) {
    return StoredToken.builder()
        .enabled(true)
        .owner(OWNER)
        .name("name " + name)
        .hash(hash(hash))
        .createdAt(at(0))
        .expiresAt(at(1))
        .build();
  }

  private static TokenHash hash(int number) {
    byte[] bytes = new byte[TokenHash.LENGTH];
    Arrays.fill(bytes, (byte) number);
    return TokenHash.of("sha256", bytes);
  }

  private static Instant at(int millis) {
    return Instant.EPOCH.plusMillis(millis);
  }
}
