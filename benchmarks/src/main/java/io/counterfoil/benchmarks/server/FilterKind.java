package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.LongKeyMap;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.Filter;

/** The compared filters. */
enum FilterKind {
  /** A filter that does nothing. */
  NOTHING {
    @Override
    Filter create(CountedTokens tokens) {
      return (request, response, chain) -> chain.doFilter(request, response);
    }
  },
  /** The filter of this library. */
  COUNTERFOIL {
    @Override
    Filter create(CountedTokens tokens) {
      return new BearerFilter(BearerAuthenticator.builder(tokens.manager()).build());
    }
  },
  /** A filter written by hand. */
  HAND_WRITTEN {
    @Override
    Filter create(CountedTokens tokens) {
      LongKeyMap names = new LongKeyMap();
      tokens.plaintexts().forEach(plaintext -> names.add(plaintext, "a token"));
      return new HandWrittenFilter(names);
    }
  };

  abstract Filter create(CountedTokens tokens);
}
