package io.counterfoil.testkit;

import io.counterfoil.StoredToken;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Stores with one fault each, in a condition of a query. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class BrokenQueries {
  private BrokenQueries() {}

  /** Selects rows by a predicate of its own. */
  private static class Selecting extends ModelStore {
    private final BiPredicate<TokenQuery, StoredToken> matches;

    Selecting(BiPredicate<TokenQuery, StoredToken> matches) {
      this.matches = matches;
    }

    @Override
    public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
      return super.list(TokenQuery.all(), afterId, BrokenChanges.EVERYTHING).stream()
          .filter(row -> matches.test(query, row))
          .limit(limit)
          .toList();
    }

    @Override
    public long count(TokenQuery query) {
      return list(query, 0, BrokenChanges.EVERYTHING).size();
    }
  }

  /** Searches for names in a way of its own. Other conditions are correct. */
  private abstract static class Searching extends TokenStoreContract {
    abstract boolean contains(String name, String foldedPart);

    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.foldedName().isPresent()
          ? contains(row.name(), query.foldedName().get())
              && query.owner().map(row.owner()::equals).orElse(true)
          : query.matches(row));
    }
  }

  /** Searches with {@code LIKE}, without an escape for its wildcards. */
  static final class SearchesWithWildcards extends Searching {
    @Override
    boolean contains(String name, String foldedPart) {
      String pattern = Pattern.quote(foldedPart).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q");
      int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
      return Pattern.compile(pattern, flags).matcher(name).find();
    }
  }

  /** Compares the name as it is with the folded text. */
  static final class SearchesCaseSensitively extends Searching {
    @Override
    boolean contains(String name, String foldedPart) {
      return name.contains(foldedPart);
    }
  }

  /** Knows upper and lower case of ASCII only, as some databases do. */
  static final class FoldsAsciiOnly extends Searching {
    @Override
    boolean contains(String name, String foldedPart) {
      return Pattern.compile(Pattern.quote(foldedPart), Pattern.CASE_INSENSITIVE)
          .matcher(name)
          .find();
    }
  }

  /** Converts whole texts to upper case, which makes two letters of a sharp s. */
  static final class FoldsWholeTexts extends Searching {
    @Override
    boolean contains(String name, String foldedPart) {
      return name.toUpperCase(Locale.ROOT).contains(foldedPart.toUpperCase(Locale.ROOT));
    }
  }

  /** Removes spaces from both ends of the searched text. */
  static final class StripsSearch extends Searching {
    @Override
    boolean contains(String name, String foldedPart) {
      return name.toLowerCase(Locale.ROOT).contains(foldedPart.strip());
    }
  }

  /** Searches at the start of names only, for which an index would suffice. */
  static final class SearchesStarts extends Searching {
    @Override
    boolean contains(String name, String foldedPart) {
      return name.toLowerCase(Locale.ROOT).startsWith(foldedPart);
    }
  }

  /** Fills the column for searches when a token is inserted, and never again. */
  static final class KeepsFoldedNameOfInsert extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      Map<Long, String> names = new ConcurrentHashMap<>();
      return new Selecting((query, row) -> query.matches(
          row.toBuilder().name(names.getOrDefault(row.id(), row.name())).build())) {
        @Override
        public synchronized long insert(StoredToken token) {
          long id = super.insert(token);
          names.put(id, token.name());
          return id;
        }
      };
    }
  }

  /** Looks for the scope within the joined scopes. */
  static final class FindsScopesWithinOthers extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.scope().isPresent()
          ? String.join(" ", row.scopes()).contains(query.scope().get())
          : query.matches(row));
    }
  }

  /** Compares scopes with a collation that ignores case. */
  static final class IgnoresCaseOfScopes extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.scope().isPresent()
          ? row.scopes().stream().anyMatch(query.scope().get()::equalsIgnoreCase)
          : query.matches(row));
    }
  }

  /** Compares scopes with {@code LIKE}, without an escape for its wildcards. */
  static final class ComparesScopesWithWildcards extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.scope().isPresent()
          ? row.scopes().stream()
              .anyMatch(scope -> scope.matches(query
                  .scope()
                  .get()
                  .chars()
                  .mapToObj(
                      c -> c == '_' ? "." : c == '%' ? ".*" : Pattern.quote(Character.toString(c)))
                  .collect(java.util.stream.Collectors.joining())))
          : query.matches(row));
    }
  }

  /** Treats an unrestricted token as one that has every scope. */
  static final class FindsUnrestrictedByAnyScope extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.scope().isPresent()
          ? row.scopes().contains("*") || row.scopes().contains(query.scope().get())
          : query.matches(row));
    }
  }

  /** Also selects tokens that expire at the instant. */
  static final class ExpiresAtOrAfter extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.expiresAfter().isPresent()
          ? query.expiresAfter(query.expiresAfter().get().minusMillis(1)).matches(row)
          : query.matches(row));
    }
  }

  /** Does not select tokens that expire at the instant. */
  static final class ExpiresBefore extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.expiresBy().isPresent()
          ? query.expiresBy(query.expiresBy().get().minusMillis(1)).matches(row)
          : query.matches(row));
    }
  }

  /** Also selects tokens that were used at the instant. */
  static final class UnusedAtOrSince extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.unusedSince().isPresent()
          ? query.unusedSince(query.unusedSince().get().plusMillis(1)).matches(row)
          : query.matches(row));
    }
  }

  /** Treats a token without expiry as one that expires last. */
  static final class SelectsEndlessTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.matches(
          row.expiresAt().isPresent() || query.expiresAfter().isEmpty()
              ? row
              : row.toBuilder()
                  .expiresAt(query.expiresAfter().get().plusMillis(1))
                  .build()));
    }
  }

  /** Treats a token without a known use as unused since its creation. */
  static final class SelectsUntrackedTokens extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.matches(
          row.trackedSince().isPresent()
              ? row
              : row.toBuilder().trackedSince(row.createdAt().minusMillis(1)).build()));
    }
  }

  /** Compares the start of tracking, even of a token that was used. */
  static final class IgnoresUses extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) ->
          query.matches(TestRow.of(row).lastUsedAt(Optional.empty()).build()));
    }
  }

  /** Converts instants to milliseconds without a limit. */
  static final class OverflowsInstants extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.matches(row)
          && Optional.of(query)
              .flatMap(TokenQuery::expiresAfter)
              .map(Instant::toEpochMilli)
              .map(at -> true)
              .orElse(true));
    }
  }

  /** Selects tokens that fulfil any of the conditions on names and scopes. */
  static final class JoinsConditionsByOr extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new Selecting((query, row) -> query.matches(row)
          || (query.foldedName().isPresent()
              && query.scope().isPresent()
              && TokenQuery.all().scope(query.scope().get()).matches(row)));
    }
  }

  /** Takes the first rows, and then leaves out those that do not match. */
  static final class LimitsBeforeFiltering extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized List<StoredToken> list(TokenQuery query, long afterId, int limit) {
          return super.list(TokenQuery.all(), afterId, limit).stream()
              .filter(query::matches)
              .toList();
        }
      };
    }
  }

  /** Counts every token. */
  static final class CountsEveryToken extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long count(TokenQuery query) {
          return super.count(TokenQuery.all());
        }
      };
    }
  }

  /** Counts one page only. */
  static final class CountsOnePage extends TokenStoreContract {
    @Override
    protected TokenStore emptyStore() {
      return new ModelStore() {
        @Override
        public synchronized long count(TokenQuery query) {
          return list(query, 0, 100).size();
        }
      };
    }
  }
}
