package io.counterfoil.benchmarks.wire;

import io.counterfoil.benchmarks.peers.FourLongs;
import io.counterfoil.benchmarks.peers.HandWrittenFilter;
import io.counterfoil.benchmarks.peers.HexTexts;
import io.counterfoil.benchmarks.peers.SpringSecurity;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.Filter;

/** What stands before the page. */
enum Guard {
  /** A filter that does nothing. */
  NOTHING {
    @Override
    Filter over(Ground ground) {
      return (request, response, chain) -> chain.doFilter(request, response);
    }
  },
  /** The filter of this library. */
  OURS {
    @Override
    Filter over(Ground ground) {
      return new BearerFilter(BearerAuthenticator.builder(ground.manager()).build());
    }
  },
  /** The least that one would write by hand. */
  HAND_WRITTEN {
    @Override
    Filter over(Ground ground) {
      FourLongs names = new FourLongs();
      ground.plaintexts().forEach(token -> names.add(token, "a token"));
      return new HandWrittenFilter(names);
    }
  },
  /** The chain of Spring Security for opaque tokens. */
  SPRING_SECURITY {
    @Override
    Filter over(Ground ground) {
      HexTexts names = new HexTexts();
      ground.plaintexts().forEach(token -> names.add(token, "a token"));
      return SpringSecurity.chain(names);
    }
  };

  abstract Filter over(Ground ground);
}
