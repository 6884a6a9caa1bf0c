package io.counterfoil.benchmarks.peers;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.security.Keys;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

/** Signed tokens (JWT) with HMAC-SHA-256, which need no store and cannot be taken back; and three libraries that check them. */
public final class Jwts {
  private static final int KEY_BYTES = 32;
  private static final int SCHEME_LENGTH = "Bearer ".length();

  private final byte[] key = new byte[KEY_BYTES];

  /** Chooses a key. */
  public Jwts() {
    new SecureRandom().nextBytes(key);
  }

  /** Returns a token, with its scheme. */
  public String field(String name) {
    return "Bearer "
        + JWT.create()
            .withSubject(name)
            .withExpiresAt(Instant.now().plus(Duration.ofDays(1)))
            .sign(Algorithm.HMAC256(key));
  }

  /** Returns the check by nimbus-jose-jwt. */
  public Check nimbus() {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(key)));
    return field -> {
      try {
        return processor.process(field.substring(SCHEME_LENGTH), null).getSubject() != null;
      } catch (BadJOSEException e) {
        return false;
      } catch (ParseException | JOSEException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Returns the check by java-jwt. */
  public Check javaJwt() {
    JWTVerifier verifier = JWT.require(Algorithm.HMAC256(key)).build();
    return field -> {
      try {
        return verifier.verify(field.substring(SCHEME_LENGTH)).getSubject() != null;
      } catch (JWTVerificationException e) {
        return false;
      }
    };
  }

  /** Returns the check by jjwt. */
  public Check jjwt() {
    JwtParser parser =
        io.jsonwebtoken.Jwts.parser().verifyWith(Keys.hmacShaKeyFor(key)).build();
    return field -> {
      try {
        return parser
                .parseSignedClaims(field.substring(SCHEME_LENGTH))
                .getPayload()
                .getSubject()
            != null;
      } catch (JwtException e) {
        return false;
      }
    };
  }
}
