package io.counterfoil;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores tokens. The service provider interface for databases.
 *
 * <p>A store makes no decisions: it never sees a plaintext, never reads a clock and never decides whether a token is valid. Every
 * method is atomic. When it returns, the whole change is durable, and every later call on any node sees it. When it throws, the
 * change was made completely or not at all. While a call changes several tokens, a reader may see that only some of them have
 * changed, but it never sees a partly changed token. Concurrent changes do not undo each other: {@link #update}
 * replaces a row only if it has the revision that was read, and every other method changes only the columns that its description
 * names.
 *
 * <p>Texts are stored and compared code point by code point: a store does not trim, case-fold, normalise or pad them. An instant
 * that is stored is truncated to whole milliseconds. An instant that is only compared is used with full precision.
 *
 * <p>Hashes are unique, and are found by their 32 bytes, whatever their tags. Two tokens never have the same bytes as their hash.
 * A store does not have to compare a hash with the previous hashes of other tokens. A hash that the library replaces never
 * returns, so a hash and the previous hash of another token are equal only if a plaintext is imported twice.
 *
 * <p>A row may be unreadable, because another program wrote it or it is damaged. If a {@code find} method finds such a row, it
 * throws {@link UnreadableTokenException}. {@link #list} leaves it out, so that it does not hide the others, and the
 * store logs its id. The methods that disable and delete do not need to read the row: they change it like any other.
 *
 * <p>Every method throws {@link TokenStoreException} if the system behind it fails. Neither its message nor that of any cause
 * contains a hash, a name or an owner. All methods may be called by many threads at the same time.
 *
 * <p>The tests in {@code TokenStoreContract} in the store test kit define this contract: an implementation that passes them is
 * correct.
 */
public interface TokenStore {

  /**
   * Inserts a token and returns the id that the store gave it. The id is positive and unique. It is never used again, even after
   * the token is deleted and the store is reopened. A later token may have a smaller id, for example if each node of a cluster
   * has its own range.
   *
   * <p>If several callers insert the same name for the same owner at the same time, exactly one succeeds.
   *
   * @param token a row whose own id is {@link StoredToken#UNSAVED}
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws DuplicateTokenHashException if another token has a hash with these bytes; nothing is changed. If both name and hash
   *     are taken, the store may throw either exception
   */
  long insert(StoredToken token);

  /**
   * Inserts a token like {@link #insert} and records a key, both or neither. If the key is already recorded, this method changes
   * nothing and returns empty, even if the name or the hash of the token is taken.
   *
   * <p>A key stays recorded as long as the store exists, even after its token is changed or deleted. If several callers pass the
   * same key at the same time, exactly one inserts its token; the others wait for it and get an empty result.
   *
   * @param key 1 to 100 characters of {@code a-z 0-9 . _ : -}. No two of them are equal in case or by a collation, so a store may
   *     keep it as a text of any kind. It contains no hash
   * @param token a row whose own id is {@link StoredToken#UNSAVED}
   * @return the id of the new token; empty if the key was recorded before
   * @throws DuplicateTokenNameException as for {@link #insert}; the key is not recorded
   * @throws DuplicateTokenHashException as for {@link #insert}; the key is not recorded
   */
  OptionalLong insertOnce(String key, StoredToken token);

  /** Returns whether {@link #insertOnce} has inserted a token with this key, which may be deleted by now. */
  boolean isRecorded(String key);

  /**
   * Finds the token whose hash or previous hash has the bytes of one of the candidates, whatever its tag. The caller compares the
   * tags, and decides whether the previous hash is still valid.
   *
   * <p>The candidates are hashes of one plaintext, so at most one token has any of them. The exception is a plaintext that was
   * imported twice: two tokens may then match, and the store may return either.
   *
   * <p>A store looks for all candidates in one atomic read, or for one after the other in the given order. In both cases it finds
   * a token even if {@link #update} replaces its hash by a later candidate during the call.
   *
   * @param candidates at least one hash
   */
  Optional<StoredToken> findByHash(List<TokenHash> candidates);

  /** Finds the token with this id. */
  Optional<StoredToken> findById(long id);

  /** Finds the token of that owner with this name. */
  Optional<StoredToken> findByName(String owner, String name);

  /**
   * Lists tokens in ascending order of id: of those that match the query, the first {@code limit} whose id is greater than {@code
   * afterId}. {@link TokenQuery#matches} defines which rows match; a store that can, selects them by indexes instead.
   *
   * <p>A token that exists and matches from the first page to the last is on exactly one page, whatever else changes meanwhile.
   * A page is shorter than the limit only if no further token can be read.
   *
   * @param limit the maximum number of tokens to return; a manager passes at least 1
   */
  List<StoredToken> list(TokenQuery query, long afterId, int limit);

  /** Counts the tokens that match a query. A row that cannot be read may be counted. */
  long count(TokenQuery query);

  /**
   * Replaces a row, unless it has changed since it was read: if the stored revision is that of the changed row, this method
   * replaces all columns except the id, the owner, the time of creation and the columns of uses (tracked since, last used at, last
   * used from), and raises the revision by one. {@link StoredToken#updated} returns that row.
   *
   * <p>A change that is made directly in the database must raise the revision, too: otherwise an update that began before it
   * undoes it. A recorded use is no change. If several callers have read the same revision and update the token at the same
   * time, exactly one succeeds.
   *
   * @param changed a row that was read before, with changes, but with its id and its revision
   * @return false if there is no token with this id, or if it has another revision; nothing is changed then, even if the name or
   *     the hash is taken
   * @throws DuplicateTokenNameException if another token of the owner has the name; nothing is changed
   * @throws DuplicateTokenHashException if another token has a hash with the bytes of the hash of the changed row; nothing is
   *     changed
   */
  boolean update(StoredToken changed);

  /**
   * Disables a token, whatever its revision, and raises its revision by one. Nothing else changes. If the token is disabled
   * already, its revision may be raised or not.
   *
   * @return false if there is no such token
   */
  boolean disable(long id);

  /**
   * Disables every token. Raises the revision of each token that was enabled before.
   *
   * @return how many tokens were enabled before
   */
  int disableAll();

  /**
   * Disables the tokens of one owner. Raises the revision of each of them that was enabled before.
   *
   * @return how many of them were enabled before
   */
  int disableOwnedBy(String owner);

  /**
   * Records when tokens were last used, and from where. For each token the later use is kept, unless the stored time is after the
   * latest plausible one: the given use then replaces it. {@link StoredToken#used} makes this comparison. The time and the address
   * are replaced together. Ids that no token has are ignored, but a store that cannot record uses now, such as a read-only database,
   * fails for them, too: a manager passes {@link StoredToken#UNSAVED} to find this out. Nothing else changes, not even the
   * revision.
   *
   * @param uses the uses by id
   * @param latestPlausible the latest time that a correct clock can have recorded: a manager passes the present time plus 5
   *     minutes. A later time was recorded while a clock was wrong. If it were kept, it would hide all uses until that time
   */
  void recordUses(Map<Long, StoredToken.Use> uses, Instant latestPlausible);

  /**
   * Deletes a token permanently.
   *
   * @return false if there was no such token
   */
  boolean delete(long id);

  /**
   * Deletes the tokens of one owner permanently.
   *
   * @return how many there were
   */
  int deleteOwnedBy(String owner);

  /**
   * Deletes tokens whose expiry is before an instant, in any order. A token without expiry is never deleted.
   *
   * @param limit the maximum number of tokens to delete; a manager passes at least 1
   * @return how many were deleted
   */
  int deleteExpired(Instant before, int limit);

  /**
   * Deletes a token permanently, if its expiry is before an instant.
   *
   * @return false if there is no such token, or if it does not expire before that instant; nothing is changed then
   */
  boolean deleteExpired(long id, Instant before);

  /**
   * Returns how old a row from {@link #findByHash} may be: a change that was made elsewhere may be missing from it for that
   * long. Zero for a store that always reads the present row; this is the default. A manager rejects an idle token later by
   * this time, and reads a token again before it rejects it as expired or idle. A store that wraps another one adds the bound
   * of that one to its own.
   */
  default Duration stalenessBound() {
    return Duration.ZERO;
  }

  /**
   * Returns a new watch that reports the changes of all nodes from now on. Returns empty if the store has no change feed; this is
   * the default.
   *
   * <p>Any number of watches may be open at the same time, and each reports all changes since it was created. A watch holds its
   * resources until it is closed. A store that wraps another one returns the watch of that store, unless its own rows may be
   * older than the changes that the watch has reported.
   */
  default Optional<ChangeWatch> watch() {
    return Optional.empty();
  }
}
