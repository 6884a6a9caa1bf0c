package io.counterfoil;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The settings of a manager, checked and complete.
 *
 * @param syntax the texts that can be plaintexts
 * @param activeOwners returns whether an owner is active; empty if every owner is
 * @param overlapEndsAtFirstUse whether the first use of a new plaintext ends the overlap of its rotation
 * @param useInterval the interval at which the last use of a token is recorded; empty if uses are not recorded
 * @param recordsAddresses whether the address of the last use is recorded, too
 * @param idle decides whether a token was unused for too long; empty if none is
 * @param maxTokensPerOwner the maximum number of tokens of an owner; empty if there is none
 */
record Settings(
    String prefix,
    Clock clock,
    SecureRandom random,
    PlaintextSyntax syntax,
    TokenHasher hasher,
    LifetimePolicy lifetimes,
    Optional<Predicate<String>> activeOwners,
    boolean overlapEndsAtFirstUse,
    Optional<Duration> useInterval,
    boolean recordsAddresses,
    Optional<IdlePolicy> idle,
    OptionalInt maxTokensPerOwner,
    KnownScopes scopes) {}
