package io.counterfoil.memory;

import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
@Param(name = "name", gen = IntGen.class, conf = "1:2")
@Param(name = "hash", gen = IntGen.class, conf = "0:3")
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
    store.insert(row(1, OLD_HASH).rotated(hash(FIRST_HASH), NOW));
  }

  @Operation(params = {"name", "new hash"})
  public Object insert(int name, int hash) {
    return outcome(() -> store.insert(row(name, hash)));
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
    return only(id, store.list(id - 1, 1));
  }

  @Operation(params = "id")
  public Object listOwnedBy(int id) {
    return only(id, store.listOwnedBy(OWNER, id - 1, 1));
  }

  @Operation(params = {"id", "on"})
  public Object setEnabled(int id, boolean on) {
    return store.setEnabled(id, on);
  }

  @Operation(params = {"hash", "new hash"})
  public Object rotate(int expected, int replacement) {
    return outcome(() -> store.rotate(1, hash(expected), hash(replacement), NOW));
  }

  @Operation(params = {"hash", "new hash"})
  public Object rehash(int expected, int replacement) {
    return outcome(() -> store.rehash(1, hash(expected), hash(replacement)));
  }

  @Operation(params = {"hash", "at"})
  public Object endPrevious(int previous, int until) {
    return store.endPrevious(1, hash(previous), at(until));
  }

  @Operation(params = {"id", "at"})
  public void recordUses(int id, int at) {
    store.recordUses(Map.of((long) id, at(at)));
  }

  @Operation(params = "id")
  public Object delete(int id) {
    return store.delete(id);
  }

  @Operation
  public Object deleteExpired() {
    return store.deleteExpired(NOW, 1);
  }

  /** Returns the result of a call. For a failure, this is the name of the exception class. */
  private static Object outcome(Supplier<Object> call) {
    try {
      return call.get();
    } catch (DuplicateTokenNameException | TokenStoreException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static List<StoredToken> only(long id, List<StoredToken> page) {
    return page.stream().filter(row -> row.id() == id).toList();
  }

  static StoredToken row(int name, int hash) {
    return new StoredToken(
        StoredToken.UNSAVED,
        OWNER,
        "name " + name,
        hash(hash),
        Optional.empty(),
        true,
        Set.of(),
        Set.of(),
        at(0),
        Optional.of(at(1)),
        Optional.empty(),
        Optional.empty());
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
