package io.counterfoil;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps tokens.
 *
 * <p>A store decides nothing: it never sees a plaintext, never reads a clock, never judges whether a token is active. Every
 * method is atomic: when it returns, the whole change is durable and every later call on any node sees it; when it throws,
 * the change was made wholly or not at all. While a call that changes several tokens is under way, a reader may see some of
 * them changed already, but each of them whole. A change touches only what it names, so that changes made at the same time do
 * not undo each other. All methods may be called by many threads at once.
 *
 * <p>Texts are kept and compared code point for code point: no trimming, case folding, normalising or padding. Instants that
 * are handed in are kept as rows keep theirs, cut to whole milliseconds, and otherwise taken to the nanosecond. Every method
 * throws {@link TokenStoreException} when the system behind it fails, with no hash, name or owner in its message or in that of
 * any cause.
 *
 * <p>{@code TokenStoreContract} in the store test kit is the definition of a store: one that passes it is one.
 */
public interface TokenStore {

  /**
   * Adds a token and returns the id that the store gave it: positive, greater than every id given before, never used again,
   * not even after the token is deleted and the store reopened.
   *
   * <p>Of any number of callers that add the same name for the same owner at once, exactly one succeeds.
   *
   * @param token a row whose own id is {@link StoredToken#UNSAVED}
   * @throws DuplicateTokenNameException if the owner has a token of that name; nothing is changed
   * @throws TokenStoreException also if another token has that hash now, which only a broken random generator can cause;
   *     nothing is changed. That it is the previous hash of another, a store need not notice, and may find either by it. If
   *     name and hash are both taken, either exception will do
   */
  long insert(StoredToken token);

  /**
   * Finds the token whose hash, or whose previous hash, is one of these, which are hashes of one plaintext: no more than one
   * token has any of them, unless that plaintext was imported twice, and then it may find either. It may find the same bytes under another tag, and returns that tag: it is for the caller to compare
   * tags and to judge whether the previous hash still counts.
   *
   * <p>It looks for all of them at one moment, or for one after the other in this order: a token is found that has one of them
   * while {@link #rehash} puts one that comes later in its place.
   *
   * @param candidates at least one
   */
  Optional<StoredToken> findByHash(List<TokenHash> candidates);

  /** Finds the token with this id. */
  Optional<StoredToken> findById(long id);

  /** Finds the token of that owner with this name. */
  Optional<StoredToken> findByName(String owner, String name);

  /**
   * Lists tokens of every owner in ascending order of id: the first {@code limit} of those whose id is greater than {@code
   * afterId}. A token that is there from the first page to the last is on exactly one of them, whatever else comes and goes.
   *
   * @param limit at least 1: no manager asks for less
   */
  List<StoredToken> list(long afterId, int limit);

  /** Lists like {@link #list(long, int)}, but only the tokens of one owner. */
  List<StoredToken> listOwnedBy(String owner, long afterId, int limit);

  /** Switches a token on or off, and changes nothing else; false if there is no such token. */
  boolean setEnabled(long id, boolean enabled);

  /** Switches every token off, and returns how many were on. */
  int disableAll();

  /** Switches the tokens of one owner off, and returns how many were on. */
  int disableOwnedBy(String owner);

  /**
   * Gives a token a new hash, if it has the expected one now, tag and all; the expected one becomes its previous hash, in
   * place of any before, which finds the token no more. Of any number of callers that expect the same hash, one succeeds.
   *
   * @param replacement a hash that no token has or had before
   * @param previousUntil the end of the previous hash, which the store keeps and does not judge
   * @return false if there is no such token, or its hash is another one; nothing is changed then
   */
  boolean rotate(long id, TokenHash expected, TokenHash replacement, Instant previousUntil);

  /**
   * Puts another hash of the same plaintext in the place of the expected one, if the token has that now, tag and all; its
   * previous hash stays.
   *
   * @param replacement a hash that no token has
   * @return false if there is no such token, or its hash is another one; nothing is changed then
   */
  boolean rehash(long id, TokenHash expected, TokenHash replacement);

  /**
   * Brings the end of a previous hash forward, if the token has that previous hash now, tag and all. The earlier end wins.
   *
   * @return false if there is no such token, its previous hash is another one or none, or ends no later already; nothing is
   *     changed then
   */
  boolean endPrevious(long id, TokenHash previous, Instant until);

  /**
   * Notes when tokens were last used, by id. The later time wins, tokens that are gone stay gone, nothing but the time of
   * last use changes.
   */
  void recordUses(Map<Long, Instant> uses);

  /** Deletes a token for ever; false if there was no such token. */
  boolean delete(long id);

  /** Deletes the tokens of one owner for ever, and returns how many there were. */
  int deleteOwnedBy(String owner);

  /**
   * Deletes tokens whose expiry lies before an instant, at most {@code limit} of them, whichever, and returns how many. A token
   * without expiry is never deleted.
   *
   * @param limit at least 1: no manager asks for less
   */
  int deleteExpired(Instant before, int limit);

  /**
   * Returns a watch on the changes that any node makes, from now on; empty, as by default, where the store has none. Any number
   * of them may be open at once, and each tells of everything since it was made. It holds what it needs until it is closed. A
   * store around another one passes its watch on, unless it may give back rows that are older than what the watch tells.
   */
  default Optional<ChangeWatch> watch() {
    return Optional.empty();
  }
}
