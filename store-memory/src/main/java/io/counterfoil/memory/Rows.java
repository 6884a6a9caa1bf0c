package io.counterfoil.memory;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenHash;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in ascending order of id, found by id, by hash and by name, as many as there is room for.
 *
 * <p>A row lies in one place, and every way to it ends there: a change is one write, which all ways see at once. Readers take
 * no lock; changing is for one thread at a time. The indexes forget nothing: what they say of a row that is gone, or has
 * another hash by now, leads to a place where it is not, until all are copied to a table of a fitting size.
 */
final class Rows {
  /** The golden ratio among the integers: it parts hash codes that lie close together (Knuth, TAOCP volume 3, section 6.4). */
  private static final int GOLDEN = 0x9e3779b9;

  /** The id in each place; what lies beyond {@code size} counts for nothing. */
  private final long[] ids;

  private final AtomicReferenceArray<@Nullable StoredToken> places;

  /** Entries, at most half as many as it can take, each the number of a place and, above it, the rest of a hash code. */
  private final AtomicIntegerArray byHash;

  private final AtomicIntegerArray byName;

  /** How many places are taken. Written after their ids, so that who reads it may read those. */
  private volatile int size;

  private int hashes;
  private int gone;

  private Rows(int room) {
    ids = new long[room];
    places = new AtomicReferenceArray<>(room);
    byHash = new AtomicIntegerArray(2 * room);
    byName = new AtomicIntegerArray(2 * room);
  }

  /** Returns none, and room for as many as living ones again, two at least: a power of two. */
  private static Rows besides(int living) {
    return new Rows(2 * Integer.highestOneBit(2 * Math.max(living, 1) - 1));
  }

  static Rows none() {
    return besides(0);
  }

  /** Returns rows to which so many hashes can be added, each with a row of its own or not: these, if they have room. */
  Rows withRoom(int more) {
    return hashes + more <= ids.length ? this : renewed(more);
  }

  /** Takes a row away that is there, and returns what is to be used from now on: these rows, until more has gone than is there. */
  Rows without(long id) {
    places.set(placeOf(id), null);
    gone++;
    return gone > size - gone ? renewed(1) : this;
  }

  /** Returns a table of all that is there, where so many more hashes have room, and at least as many as there are. */
  private Rows renewed(int more) {
    int living = all().mapToInt(Rows::hashesOf).sum();
    Rows renewed = besides(Math.max(living, more));
    all().forEach(renewed::add);
    return renewed;
  }

  static int hashesOf(StoredToken row) {
    return row.previous().isPresent() ? 2 : 1;
  }

  /** Adds a row whose id is greater than those of all others. It is in its place last: nobody finds it by one way only. */
  void add(StoredToken row) {
    int place = size;
    ids[place] = row.id();
    index(row.hash(), place);
    if (row.previous().isPresent()) {
      index(row.previous().get().hash(), place);
    }
    put(byName, code(row.owner(), row.name()), place);
    size = place + 1;
    places.set(place, row);
  }

  /** Puts a row in the place of the one with its id; what is new of its hashes must be indexed before. */
  void replace(StoredToken row) {
    places.set(placeOf(row.id()), row);
  }

  /** Makes a row that is there found by another hash, as soon as it has that. */
  void index(long id, TokenHash hash) {
    index(hash, placeOf(id));
  }

  private void index(TokenHash hash, int place) {
    hashes++;
    put(byHash, hash.hashCode(), place);
  }

  @Nullable
  StoredToken find(long id) {
    int place = placeOf(id);
    return place < 0 ? null : places.get(place);
  }

  @Nullable
  StoredToken find(TokenHash hash) {
    return find(byHash, hash.hashCode(), row -> has(row, hash));
  }

  @Nullable
  StoredToken find(String owner, String name) {
    return find(
        byName, code(owner, name), row -> row.name().equals(name) && row.owner().equals(owner));
  }

  /** Returns the rows with greater ids, each as it is when the stream comes to it. */
  Stream<StoredToken> after(long id) {
    int place = placeOf(id);
    return from(place < 0 ? -place - 1 : place + 1);
  }

  Stream<StoredToken> all() {
    return from(0);
  }

  private Stream<StoredToken> from(int place) {
    return IntStream.range(place, size).mapToObj(places::get).flatMap(Stream::ofNullable);
  }

  /** Negative where there is none, as {@link Arrays#binarySearch} says where it would be. */
  private int placeOf(long id) {
    return Arrays.binarySearch(ids, 0, size, id);
  }

  private @Nullable StoredToken find(
      AtomicIntegerArray index, int code, Predicate<StoredToken> isSought) {
    int rest = rest(index, code);
    int at = start(index, code);
    for (int entry = index.get(at); entry != 0; entry = index.get(at)) {
      int number = entry - rest; // of no place at all where the rests differ
      if (number > 0 && number < index.length()) {
        StoredToken row = places.get(number - 1);
        if (row != null && isSought.test(row)) {
          return row;
        }
      }
      at = next(index, at);
    }
    return null;
  }

  private static void put(AtomicIntegerArray index, int code, int place) {
    int at = start(index, code);
    while (index.get(at) != 0) {
      at = next(index, at);
    }
    index.set(at, rest(index, code) | place + 1); // zero is for no entry
  }

  /** The upper bits of a scattered code say where to begin. */
  private static int start(AtomicIntegerArray index, int code) {
    return (code * GOLDEN) >>> Integer.numberOfLeadingZeros(index.length() - 1);
  }

  /** Its lower bits, moved up to make room for the number of a place. */
  private static int rest(AtomicIntegerArray index, int code) {
    return code * GOLDEN * index.length();
  }

  private static int next(AtomicIntegerArray index, int at) {
    return (at + 1) & (index.length() - 1);
  }

  private static int code(String owner, String name) {
    return 31 * owner.hashCode() + name.hashCode();
  }

  private static boolean has(StoredToken row, TokenHash hash) {
    return row.hash().equals(hash)
        || (row.previous().isPresent() && row.previous().get().hash().equals(hash));
  }
}
