package io.counterfoil.springboot;

import io.counterfoil.http.ForwardedHeader;
import io.counterfoil.http.SelfService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the starter. A property that is not here fails the start, because a misspelled name could leave an application
 * without its filter. Spring Boot does not check the names of system properties and environment variables.
 *
 * @param enabled Whether API tokens are configured.
 * @param prefix Prefix of new tokens: 2 to 20 characters of a-z, 0-9 and _.
 * @param realm Realm in the challenges of 401 responses.
 * @param maxLifetime Maximum lifetime of tokens, more than 0. There is no limit by default.
 * @param recordUses Interval at which the last use of a token is recorded, from 1 second to 1 day. With 0, uses are not recorded.
 * @param recordAddresses Whether the address of the last use is recorded, too. It may be personal data.
 * @param maxIdle Time after which an unused token is rejected: at least 10 times record-uses, plus cache.max-revocation-lag. There
 *     is no limit by default.
 * @param maxTokensPerOwner Maximum number of tokens of each owner, expired and disabled ones included. There is no limit by
 *     default.
 * @param scopes Scopes that tokens may have. By default, every scope is allowed.
 * @param explainRejections Whether the response to an expired, disabled or idle token tells its holder which of these it is.
 * @param trustedProxies Addresses or networks of proxies that report the address of the client.
 * @param trustedProxiesHeader Header in which the trusted proxies report the address of the client.
 * @param mdc Whether the id of the accepted token is in the MDC of SLF4J, with the key token.id, while a servlet request runs.
 * @param peppers Secret keys for hashes. The first one is used for new hashes; hashes with the others are accepted.
 * @param upcomingPepper Pepper that other nodes use already.
 * @param plainHashesUntil Instant from which hashes without a pepper are rejected.
 * @param checksumKeys Secret keys for the checksums of tokens. The first one is used for new tokens; checksums with the others are
 *     accepted.
 * @param plainChecksumsUntil Instant from which checksums without a key are rejected.
 * @param firstTokenFile File that receives the plaintext of an unrestricted first token, once per database. Only the user of the
 *     process can read it.
 * @param bootstrap Tokens that are created once, from the hashes of their plaintexts.
 */
@ConfigurationProperties(prefix = "counterfoil", ignoreUnknownFields = false)
record CounterfoilProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("cf") String prefix,
    @DefaultValue("api") String realm,
    @Nullable Duration maxLifetime,
    @DefaultValue("1m") Duration recordUses,
    @DefaultValue("false") boolean recordAddresses,
    @Nullable Duration maxIdle,
    @Nullable Integer maxTokensPerOwner,
    @DefaultValue List<ScopeEntry> scopes,
    @DefaultValue("false") boolean explainRejections,
    @DefaultValue Notices notices,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("x-forwarded-for") ForwardedHeader trustedProxiesHeader,
    @DefaultValue Throttle throttle,
    @DefaultValue Cache cache,
    @DefaultValue Jdbc jdbc,
    @DefaultValue Filter filter,
    @DefaultValue Management management,
    @DefaultValue Page page,
    @DefaultValue("false") boolean mdc,
    @DefaultValue List<NamedSecret> peppers,
    @Nullable NamedSecret upcomingPepper,
    @Nullable Instant plainHashesUntil,
    @DefaultValue List<Secret> checksumKeys,
    @Nullable Instant plainChecksumsUntil,
    @Nullable String firstTokenFile,
    @DefaultValue List<BootstrapToken> bootstrap) {

  /** Returns the name of a property that is set and mounts something at a path; empty if there is none. */
  String pathProperty() {
    if (!filter.urlPatterns().isEmpty()) {
      return FilteredPaths.PATTERNS;
    }
    if (management.path() != null) {
      return FilteredPaths.MANAGEMENT;
    }
    return page.path() == null ? "" : "counterfoil.page.path";
  }

  /**
   * A scope that tokens may have.
   *
   * @param name Name of the scope.
   * @param description Description of the scope for people.
   * @param implies Scopes that this scope includes. They are earlier in the list.
   */
  record ScopeEntry(
      @Nullable String name,
      @DefaultValue("") String description,
      @DefaultValue List<String> implies) {}

  /**
   * The notices about tokens that will expire.
   *
   * @param within Time before the expiry of a token from which the ExpiryNotifier bean is called. More than the interval.
   * @param interval Interval at which expiring tokens are looked for, from 1 minute to 1 day.
   */
  record Notices(
      @DefaultValue("7d") Duration within,
      @DefaultValue("1h") Duration interval) {}

  /**
   * The limit of rejected attempts from one address.
   *
   * @param rejections Number of rejected attempts from one address per window. Further ones get 429. There is no limit by default.
   * @param window Length of the window, from 1 second to 1 day.
   */
  record Throttle(
      @Nullable Integer rejections, @DefaultValue("1m") Duration window) {}

  /**
   * The cache in front of the store.
   *
   * @param maxRevocationLag Time within which a revocation on another node is in force on this one. Without it, there is no
   *     cache.
   * @param maxEntries Maximum number of tokens in the cache, 10,000 by default.
   */
  record Cache(
      @Nullable Duration maxRevocationLag, @Nullable Integer maxEntries) {}

  /**
   * The table of tokens.
   *
   * @param table Name of the table.
   * @param initializeSchema When to create or migrate the table at the start.
   */
  record Jdbc(
      @DefaultValue("counterfoil_tokens") String table,
      @DefaultValue("embedded") InitializeSchema initializeSchema) {}

  /** When the table of tokens is created. */
  enum InitializeSchema {
    /** Only in an embedded database in memory. */
    EMBEDDED,
    /** In every database. */
    ALWAYS,
    /** Flyway creates and migrates it, with a repeatable migration of the starter. */
    FLYWAY,
    /** Never: Liquibase or an operator creates it. */
    NEVER
  }

  /**
   * The bearer filter of an application without Spring Security.
   *
   * @param urlPatterns URL patterns of the servlet specification that need a token, such as /api/*. Without them, there is no
   *     filter.
   * @param scope Scope that every token needs, in addition to other rules.
   */
  record Filter(
      @DefaultValue List<String> urlPatterns, @Nullable String scope) {}

  /**
   * The management API.
   *
   * @param path Path of the management API, such as /api/tokens. Its OpenAPI document is at /openapi.json below it. Needs a
   *     ManagementPolicy bean. Without a path, there is no management API.
   * @param selfService Operations that every token may perform on itself.
   */
  record Management(@Nullable String path, @DefaultValue Set<SelfService> selfService) {}

  /**
   * The management page.
   *
   * @param path Path of the management page, such as /tokens. It needs management.path. Without a path, there is no page.
   */
  record Page(@Nullable String path) {}

  /**
   * A secret key.
   *
   * @param secret At least 32 random bytes in Base64. Pass it by an environment variable.
   * @param secretFile File that contains at least 32 random bytes in Base64.
   */
  record Secret(@Nullable String secret, @Nullable String secretFile) {
    @Override
    public String toString() {
      return "****";
    }
  }

  /**
   * A pepper.
   *
   * @param name Name that is stored with each hash, and that no other pepper ever has.
   * @param secret At least 32 random bytes in Base64. Pass it by an environment variable.
   * @param secretFile File that contains at least 32 random bytes in Base64.
   * @param until Instant from which hashes with this pepper are rejected.
   */
  record NamedSecret(
      @Nullable String name,
      @Nullable String secret,
      @Nullable String secretFile,
      @Nullable Instant until) {
    @Override
    public String toString() {
      return "****";
    }
  }

  /**
   * A token that is created once.
   *
   * @param name Name of the token.
   * @param owner Owner of the token.
   * @param sha256 SHA-256 of the plaintext, as 64 hexadecimal digits.
   * @param scopes Scopes of the token. An unrestricted token has the scope *.
   * @param expiresAt Instant from which the token is rejected.
   */
  record BootstrapToken(
      @Nullable String name,
      @DefaultValue("") String owner,
      @Nullable String sha256,
      @DefaultValue List<String> scopes,
      @Nullable Instant expiresAt) {
    @Override
    public String toString() {
      return "****";
    }
  }
}
