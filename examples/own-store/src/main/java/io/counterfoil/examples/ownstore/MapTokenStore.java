package io.counterfoil.examples.ownstore;

import io.counterfoil.DuplicateTokenHashException;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** A token store in a file of maps. Each row is a text. Calls run one at a time, and each change is on disk when it returns. */
public final class MapTokenStore implements TokenStore {
  private final MVStore file;
  private final MVMap<Long, String> rows;
  private final MVMap<String, Long> ids; // by name, hash and key; "last" is the last id assigned

  /** Creates a store in a file. The caller opens it with {@code autoCommitDisabled}, and closes it. */
  public MapTokenStore(MVStore file) {
    this.file = file;
    rows = file.openMap("rows");
    ids = file.openMap("ids");
  }

  @Override
  public long insert(StoredToken token) {
    return run(() -> inserted(token));
  }

  @Override
  public OptionalLong insertOnce(String key, StoredToken token) {
    return run(() -> {
      if (ids.containsKey(once(key))) {
        return OptionalLong.empty();
      }
      long id = inserted(token);
      ids.put(once(key), id);
      return OptionalLong.of(id);
    });
  }

  @Override
  public boolean isRecorded(String key) {
    return run(() -> ids.containsKey(once(key)));
  }

  private long inserted(StoredToken token) {
    long id = ids.merge("last", 1L, Long::sum);
    put(token.withId(id));
    return id;
  }

  @Override
  public Optional<StoredToken> findByHash(List<TokenHash> hashes) {
    return run(
        () -> hashes.stream().map(MapTokenStore::hash).flatMap(this::find).findFirst());
  }

  @Override
  public Optional<StoredToken> findById(long id) {
    return run(() -> row(id).findFirst());
  }

  @Override
  public Optional<StoredToken> findByName(String owner, String name) {
    return run(() -> find(name(owner, name)).findFirst());
  }

  @Override
  public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
    return run(() -> after(afterId).filter(query::matches).limit(limit).toList());
  }

  @Override
  public long count(TokenQuery query) {
    return run(() -> after(0).filter(query::matches).count());
  }

  @Override
  public boolean update(StoredToken changed) {
    Predicate<StoredToken> unchanged = row -> row.revision() == changed.revision();
    return change(() -> row(changed.id()).filter(unchanged), row -> row.updated(changed)) > 0;
  }

  @Override
  public boolean disable(long id) {
    return change(() -> row(id), StoredToken::disabled) > 0;
  }

  @Override
  public int disableAll() {
    return change(() -> after(0).filter(StoredToken::enabled), StoredToken::disabled);
  }

  @Override
  public int disableOwnedBy(String owner) {
    Predicate<StoredToken> affected = owned(owner).and(StoredToken::enabled);
    return change(() -> after(0).filter(affected), StoredToken::disabled);
  }

  @Override
  public void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible) {
    change(
        () -> uses.keySet().stream().flatMap(this::row),
        row -> row.used(Objects.requireNonNull(uses.get(row.id())), latestPlausible));
  }

  @Override
  public boolean delete(long id) {
    return replace(() -> row(id), row -> Optional.empty()) > 0;
  }

  @Override
  public int deleteOwnedBy(String owner) {
    return replace(() -> after(0).filter(owned(owner)), row -> Optional.empty());
  }

  @Override
  public int deleteExpired(Instant before, int limit) {
    return replace(() -> after(0).filter(expired(before)).limit(limit), row -> Optional.empty());
  }

  @Override
  public boolean deleteExpired(long id, Instant before) {
    return replace(() -> row(id).filter(expired(before)), row -> Optional.empty()) > 0;
  }

  private static Predicate<StoredToken> expired(Instant before) {
    return row -> row.expiresAt().filter(at -> at.isBefore(before)).isPresent();
  }

  private Stream<StoredToken> after(long id) {
    return Stream.iterate(rows.higherKey(id), Objects::nonNull, rows::higherKey).flatMap(this::row);
  }

  private Stream<StoredToken> find(String key) {
    return Optional.ofNullable(ids.get(key)).stream().flatMap(this::row);
  }

  private Stream<StoredToken> row(long id) {
    return Optional.ofNullable(rows.get(id)).map(StoredToken::ofText).stream();
  }

  private static Predicate<StoredToken> owned(String owner) {
    return row -> row.owner().equals(owner);
  }

  private int change(Supplier<Stream<StoredToken>> selected, UnaryOperator<StoredToken> change) {
    return replace(selected, row -> Optional.of(change.apply(row)));
  }

  private int replace(
      Supplier<Stream<StoredToken>> selected, Function<StoredToken, Optional<StoredToken>> change) {
    return run(() -> {
      List<StoredToken> before = selected.get().toList();
      for (StoredToken row : before) {
        keys(row).forEach(ids::remove);
        rows.remove(row.id());
        change.apply(row).ifPresent(this::put);
      }
      return before.size();
    });
  }

  /** A hash that is the previous hash of another row is refused, too: each key finds one row. */
  private void put(StoredToken row) {
    if (ids.containsKey(name(row.owner(), row.name()))) {
      throw new DuplicateTokenNameException();
    }
    if (keys(row).anyMatch(ids::containsKey)) {
      throw new DuplicateTokenHashException();
    }
    rows.put(row.id(), row.text());
    keys(row).forEach(key -> ids.put(key, row.id()));
  }

  private synchronized <T> T run(Supplier<T> work) {
    if (file.isClosed()) { // the maps of a closed file look empty
      throw new TokenStoreException("the file of tokens is closed");
    }
    try {
      T result = work.get();
      file.commit();
      return result;
    } catch (DuplicateTokenNameException | DuplicateTokenHashException taken) {
      file.rollback();
      throw taken;
    } catch (MVStoreException | IllegalArgumentException failure) {
      Stream.of(file).filter(open -> !open.isClosed()).forEach(MVStore::rollback);
      throw new TokenStoreException("the file of tokens failed", failure);
    }
  }

  private static Stream<String> keys(StoredToken row) {
    Stream<String> present = Stream.of(name(row.owner(), row.name()), hash(row.hash()));
    return Stream.concat(present, row.previous().map(old -> hash(old.hash())).stream());
  }

  private static String hash(TokenHash hash) {
    return HexFormat.of().formatHex(hash.bytes());
  }

  private static String once(String key) {
    return "once " + key;
  }

  private static String name(String owner, String name) {
    return "name " + owner + '\0' + name;
  }
}
