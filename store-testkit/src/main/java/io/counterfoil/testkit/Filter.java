package io.counterfoil.testkit;

import io.counterfoil.TokenQuery;
import java.time.Instant;
import java.util.Optional;

/** A query as a value, so that jqwik can generate, print and shrink it. */
record Filter(
    Optional<String> owner,
    Optional<String> nameContains,
    Optional<Boolean> enabled,
    Optional<String> scope,
    Optional<Instant> expiresAfter,
    Optional<Instant> expiresBy,
    Optional<Instant> unusedSince) {

  TokenQuery query() {
    TokenQuery query = TokenQuery.all();
    query = owner.map(query::owner).orElse(query);
    query = nameContains.map(query::nameContains).orElse(query);
    query = enabled.map(query::enabled).orElse(query);
    query = scope.map(query::scope).orElse(query);
    query = expiresAfter.map(query::expiresAfter).orElse(query);
    query = expiresBy.map(query::expiresBy).orElse(query);
    return unusedSince.map(query::unusedSince).orElse(query);
  }
}
