package io.counterfoil.benchmarks.server;

import io.counterfoil.benchmarks.HexKeyMap;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.Filter;

/** The compared filters. */
enum FilterKind {
  /** A filter that does nothing. */
  NOTHING {
    @Override
    Filter create(ServedTokens tokens) {
      return (request, response, chain) -> chain.doFilter(request, response);
    }
  },
  /** The filter of this library, with the default settings. */
  COUNTERFOIL {
    @Override
    Filter create(ServedTokens tokens) {
      return new BearerFilter(BearerAuthenticator.builder(tokens.manager()).build());
    }
  },
  /**
   * A filter that only hashes the token and looks for it in the store: the least that a filter with this store does. It checks
   * nothing, records nothing and tells the application nothing.
   */
  LOOKUP {
    @Override
    Filter create(ServedTokens tokens) {
      return new LookupFilter(tokens.store());
    }
  },
  /** A filter written by hand. */
  HAND_WRITTEN {
    @Override
    Filter create(ServedTokens tokens) {
      HexKeyMap names = new HexKeyMap();
      tokens.plaintexts().forEach(plaintext -> names.add(plaintext, "a token"));
      return new HandWrittenFilter(names);
    }
  };

  abstract Filter create(ServedTokens tokens);
}
