package io.counterfoil;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Applies updates to rows, within the settings of the manager. */
final class TokenEditor {
  private final Settings settings;

  TokenEditor(Settings settings) {
    this.settings = settings;
  }

  /** Returns the updated row, if the settings allow it. */
  StoredToken updated(StoredToken row, TokenUpdate update) {
    Instant now = settings.clock().instant();
    update.scopes().ifPresent(settings.scopes()::require);
    Optional<Instant> expiry = row.expiresAt();
    if (update.expiry().isPresent()) {
      expiry = settings.lifetimes().expiry(update.expiry().get(), now);
      LifetimePolicy.requireFuture(expiry, now);
    }
    StoredToken.Builder changed = applied(row.toBuilder(), update, expiry).renewedAt(now);
    if (!expiry.equals(row.expiresAt())) { // gets a notice of its own
      changed.noticeAfter = Optional.empty();
    }
    return changed.build();
  }

  /** Returns the token after the update, whether the settings allow it or not. */
  Token preview(Token token, TokenUpdate update) {
    Instant now = settings.clock().instant();
    Optional<Instant> expiry =
        update.expiry().map(requested -> requested.instant(now)).orElse(token.expiresAt());
    return token.with(applied(StoredToken.columnsOf(token), update, expiry));
  }

  private static StoredToken.Builder applied(
      StoredToken.Builder columns, TokenUpdate update, Optional<Instant> expiry) {
    update.name().ifPresent(columns::name);
    update.description().ifPresent(columns::description);
    update.scopes().ifPresent(columns::scopes);
    update.allowedAddresses().ifPresent(columns::allowedAddresses);
    columns.expiresAt = expiry;
    return columns;
  }

  /** Returns the names of the properties that differ. */
  static Set<String> differences(Token before, Token after) {
    Set<String> fields = new TreeSet<>();
    addIf(fields, "name", !before.name().equals(after.name()));
    addIf(fields, "description", !before.description().equals(after.description()));
    addIf(fields, "scopes", !before.scopes().equals(after.scopes()));
    addIf(fields, "allowedAddresses", !before.allowedAddresses().equals(after.allowedAddresses()));
    addIf(fields, "expiresAt", !before.expiresAt().equals(after.expiresAt()));
    return fields;
  }

  private static void addIf(Set<String> fields, String field, boolean differs) {
    if (differs) {
      fields.add(field);
    }
  }
}
