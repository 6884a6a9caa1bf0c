package io.counterfoil;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores tokens. The service provider interface for databases.
 *
 * <p>A store decides nothing: it never sees a plaintext, never reads a clock and never judges whether a token is valid. Every method
 * is atomic. When it returns, the whole change is durable, and every later call on any node sees it. When it throws, the change was
 * made completely or not at all. While a call changes several tokens, a reader may see some of them changed already, but never half
 * a token. A method changes only the columns that it names, so that concurrent changes do not undo each other.
 *
 * <p>Texts are stored and compared code point for code point: a store does not trim, fold case, normalise or pad them. An instant
 * that is passed in is truncated to whole milliseconds where it is stored, and otherwise used with full precision.
 *
 * <p>Every method throws {@link TokenStoreException} if the system behind it fails. Neither its message nor that of any cause
 * contains a hash, a name or an owner. All methods may be called by many threads at the same time.
 *
 * <p>{@code TokenStoreContract} in the store test kit defines a store: an implementation that passes it is correct.
 */
public interface TokenStore {

  /**
   * Inserts a token and returns the id that the store gave it: positive, greater than every id before, and never used again, even
   * after the token is deleted and the store is reopened.
   *
   * <p>If several callers insert the same name for the same owner at the same time, exactly one succeeds.
   *
   * @param token a row whose own id is {@link StoredToken#UNSAVED}
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws TokenStoreException also if another token has that hash, which only a broken random generator can cause; nothing is
   *     changed. A store need not notice that it is the previous hash of another token, and may then find either by it. If both
   *     name and hash are taken, it may throw either exception
   */
  long insert(StoredToken token);

  /**
   * Finds the token whose hash or previous hash is one of the candidates.
   *
   * <p>The candidates are hashes of one plaintext, so at most one token has any of them. If a plaintext was imported twice, there
   * may be two; the store may then return either. A store may return a row with the same bytes under another tag: the caller
   * compares tags, and judges whether the previous hash is still valid.
   *
   * <p>A store looks for all candidates at one moment, or for one after the other in the given order. Either way it finds a token
   * whose hash {@link #rehash} replaces meanwhile by a later candidate.
   *
   * @param candidates at least one hash
   */
  Optional<StoredToken> findByHash(List<TokenHash> candidates);

  /** Finds the token with this id. */
  Optional<StoredToken> findById(long id);

  /** Finds the token of that owner with this name. */
  Optional<StoredToken> findByName(String owner, String name);

  /**
   * Lists tokens of all owners in ascending order of id: the first {@code limit} tokens whose id is greater than {@code afterId}. A
   * token that exists from the first page to the last is on exactly one page, whatever else is inserted or deleted meanwhile.
   *
   * @param limit the most tokens to return, at least 1; no manager asks for less
   */
  List<StoredToken> list(long afterId, int limit);

  /** Lists the tokens of one owner like {@link #list(long, int)}. */
  List<StoredToken> listOwnedBy(String owner, long afterId, int limit);

  /**
   * Enables or disables a token, and changes nothing else.
   *
   * @return false if there is no such token
   */
  boolean setEnabled(long id, boolean enabled);

  /**
   * Disables every token.
   *
   * @return how many tokens were enabled before
   */
  int disableAll();

  /**
   * Disables the tokens of one owner.
   *
   * @return how many of them were enabled before
   */
  int disableOwnedBy(String owner);

  /**
   * Gives a token a new hash, if its present hash and tag are the expected ones. The expected hash becomes the previous one. An
   * older previous hash no longer finds the token. If several callers expect the same hash, one succeeds.
   *
   * @param replacement a hash that no token has or had before
   * @param previousUntil the end of the overlap, which the store keeps and does not judge
   * @return false if there is no such token or it has another hash; nothing is changed then
   */
  boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil);

  /**
   * Replaces the hash of a token by another hash of the same plaintext, if its present hash and tag are the expected ones. The
   * previous hash stays.
   *
   * @param replacement a hash that no token has
   * @return false if there is no such token or it has another hash; nothing is changed then
   */
  boolean rehash(long id, TokenHash expected, TokenHash replacement);

  /**
   * Ends the overlap of a token earlier, if it has that previous hash and tag. The earlier end wins.
   *
   * @return false if there is no such token, if it has another previous hash or none, or if its overlap ends no later already;
   *     nothing is changed then
   */
  boolean endPrevious(long id, TokenHash previous, Instant until);

  /**
   * Records when tokens were last used. For each token the later time wins. Ids of deleted tokens are ignored. Nothing but the time
   * of the last use changes.
   *
   * @param uses the times by id
   */
  void recordUses(Map<Long, Instant> uses);

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
   * @param limit the most tokens to delete, at least 1; no manager asks for less
   * @return how many were deleted
   */
  int deleteExpired(Instant before, int limit);

  /**
   * Returns a new watch that reports changes of any node from now on; empty, as by default, if the store has none.
   *
   * <p>Any number of watches may be open at the same time, and each reports everything since it was created. A watch holds its
   * resources until it is closed. A store that wraps another one returns the watch of that store, unless its own rows may be older
   * than the changes that the watch has reported.
   */
  default Optional<ChangeWatch> watch() {
    return Optional.empty();
  }
}
