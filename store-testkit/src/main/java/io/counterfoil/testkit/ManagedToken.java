package io.counterfoil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.CreatedToken;
import io.counterfoil.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is expected of one token: a simple model of everything that a manager says about it. */
final class ManagedToken {
  static final String ADDRESS = "192.0.2.1";
  static final String OTHER = "198.51.100.7";

  /** Contains {@link #ADDRESS} but not {@link #OTHER}. */
  static final String RANGE = "192.0.2.0/24";

  static final String OTHER_RANGE = OTHER + "/32";

  final long id;
  final String owner;
  String name;
  boolean enabled = true;
  boolean isDeleted;
  private String description = "";
  private Set<String> scopes = Set.of();
  private Set<String> addresses = Set.of();
  private Optional<Instant> expiresAt = Optional.empty();
  private Optional<Instant> lastUsedAt = Optional.empty();
  private Optional<String> lastUsedFrom = Optional.empty();

  /** All of its plaintexts. The last one is the present one. */
  private final List<String> plaintexts = new ArrayList<>();

  private Instant overlapEnd = Instant.MIN;

  ManagedToken(CreatedToken created, HistoryStep.Create step, Instant now) {
    id = created.token().id();
    owner = step.owner();
    name = step.name();
    plaintexts.add(created.reveal());
    change(step.properties(), now);
  }

  /** Changes the properties that are set, and no other. */
  void change(HistoryStep.Properties properties, Instant now) {
    description = properties.description().orElse(description);
    scopes = properties.scopes().orElse(scopes);
    addresses = properties.addresses().orElse(addresses);
    if (properties.lifetime().isPresent()) {
      expiresAt = properties.lifetime().get().map(now::plus);
    }
  }

  void rotate(CreatedToken rotated, Duration overlap, Instant now) {
    plaintexts.add(rotated.reveal());
    Instant end = now.plus(overlap);
    overlapEnd = expiresAt.filter(end::isAfter).orElse(end);
  }

  /** Two uses at one instant count as one. */
  void use(Instant now, String address) {
    if (lastUsedAt.filter(now::equals).isEmpty()) {
      lastUsedAt = Optional.of(now);
      lastUsedFrom = Optional.of(address);
    }
  }

  String plaintext() {
    return plaintexts.get(plaintexts.size() - 1);
  }

  List<String> plaintexts() {
    return plaintexts;
  }

  boolean isExpired(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }

  boolean expiredBefore(Instant now) {
    return expiresAt.filter(end -> end.isBefore(now)).isPresent();
  }

  boolean expiresWithin(Duration time, Instant now) {
    return expiresAt
        .filter(end -> end.isAfter(now) && !end.isAfter(now.plus(time)))
        .isPresent();
  }

  boolean isUsedBefore(Instant now) {
    return lastUsedAt.filter(at -> at.isBefore(now)).isPresent();
  }

  boolean hasScope(String scope) {
    return scopes.contains(scope);
  }

  boolean accepts(String plaintext, String address, Instant now) {
    int age = plaintexts.size() - 1 - plaintexts.indexOf(plaintext);
    boolean isValid = age == 0 || (age == 1 && now.isBefore(overlapEnd));
    boolean isAllowed =
        addresses.isEmpty() || addresses.contains(address.equals(ADDRESS) ? RANGE : OTHER_RANGE);
    return !isDeleted && enabled && !isExpired(now) && isValid && isAllowed;
  }

  void assertEqualTo(Token token) {
    assertThat(token.owner()).isEqualTo(owner);
    assertThat(token.name()).isEqualTo(name);
    assertThat(token.description()).isEqualTo(description);
    assertThat(token.scopes()).isEqualTo(scopes);
    assertThat(token.allowedAddresses()).isEqualTo(addresses);
    assertThat(token.enabled()).isEqualTo(enabled);
    assertThat(token.expiresAt()).isEqualTo(expiresAt);
    assertThat(token.lastUsedAt()).isEqualTo(lastUsedAt);
    assertThat(token.lastUsedFrom()).isEqualTo(lastUsedFrom);
    assertThat(token.createdAt()).isAfterOrEqualTo(TestRow.NOW);
  }
}
