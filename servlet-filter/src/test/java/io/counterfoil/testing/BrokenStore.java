package io.counterfoil.testing;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.mockito.AdditionalAnswers;

/** Stores that fail with messages that must not appear in a response or a log. */
public final class BrokenStore {
  /** A message like that of a database driver. */
  public static final String SECRET = "SELECT * FROM tokens WHERE hash = 'f00dfeed'";

  private BrokenStore() {}

  /** Returns exceptions that a store may throw, and others that a faulty store might throw. */
  public static Stream<Throwable> failures() {
    return Stream.of(
        new TokenStoreException("the store failed", new SQLException(SECRET)),
        new IllegalStateException(SECRET, new RuntimeException(SECRET)),
        new StackOverflowError(SECRET),
        new AssertionError(SECRET));
  }

  /** Returns a store whose methods all throw. */
  public static TokenStore throwing(Throwable failure) {
    return mock(TokenStore.class, invocation -> {
      throw failure;
    });
  }

  /** Returns a store whose methods return null if they can. */
  public static TokenStore returningNull() {
    return mock(TokenStore.class, invocation -> null);
  }

  /** Returns a store that reads from the given one and fails at every change. */
  public static TokenStore readOnly(TokenStore store, Throwable failure) {
    TokenStore broken = mock(TokenStore.class, AdditionalAnswers.delegatesTo(store));
    doThrow(failure).when(broken).insert(any());
    doThrow(failure).when(broken).update(any());
    doThrow(failure).when(broken).disable(anyLong());
    doThrow(failure).when(broken).delete(anyLong());
    doThrow(failure).when(broken).deleteExpired(anyLong(), any());
    return broken;
  }

  /** Returns a store that fails to list the second page of the tokens of an owner. */
  public static TokenStore failingAfterFirstPage(
      TokenStore store, String owner, Throwable failure) {
    TokenStore broken = mock(TokenStore.class, AdditionalAnswers.delegatesTo(store));
    List<?> page = store.list(TokenQuery.all().owner(owner), 0, 500);
    doReturn(page).doThrow(failure).when(broken).list(any(), anyLong(), anyInt());
    return broken;
  }
}
