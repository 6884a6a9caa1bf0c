package io.counterfoil.springboot.test;

import io.counterfoil.CreatedToken;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The tokens that tests use in one application context. They are real tokens of the application, and are deleted when the context
 * is closed. Safe for use by many threads.
 */
final class TestTokens {
  private static final String BEAN = TestTokens.class.getName();

  private final TokenManager manager;
  private final Map<TestToken, Issued> issued = new HashMap<>();

  TestTokens(TokenManager manager) {
    this.manager = manager;
  }

  /** Returns the tokens of a context: those of its {@link TokenManager}, or else of one in memory. */
  static synchronized TestTokens of(ApplicationContext context) {
    var configurable = (ConfigurableApplicationContext) context;
    ConfigurableListableBeanFactory beans = configurable.getBeanFactory();
    if (beans.getSingleton(BEAN) instanceof TestTokens existing) {
      return existing;
    }
    TestTokens created = new TestTokens(
        context.getBeanProvider(TokenManager.class).getIfAvailable(TestTokens::managerInMemory));
    beans.registerSingleton(BEAN, created);
    configurable.addApplicationListener((ContextClosedEvent event) -> {
      if (event.getApplicationContext().equals(context)) { // not a child of it
        created.deleteAll();
      }
    });
    return created;
  }

  /** Returns the tokens of a manager of their own. */
  static TestTokens inMemory() {
    return new TestTokens(managerInMemory());
  }

  private static TokenManager managerInMemory() {
    return TokenManager.builder(new InMemoryTokenStore()).recordNoUses().build();
  }

  /**
   * Returns a token with these properties: the one that was created before, or a new one if there is none or a test has revoked or
   * rotated it.
   */
  synchronized Issued token(TestToken properties) {
    Issued last = issued.get(properties);
    if (last != null && isCurrent(last)) {
      return last;
    }
    if (last != null) {
      manager.delete(last.created().token().id());
    }
    Issued next = create(properties);
    issued.put(properties, next);
    return next;
  }

  private boolean isCurrent(Issued token) {
    return token.verdict() instanceof Verdict.Accepted before
        && manager.recheck(before) instanceof Verdict.Accepted now
        && !now.byPrevious();
  }

  private Issued create(TestToken properties) {
    try {
      CreatedToken created = manager.create(properties.newToken());
      return new Issued(created, manager.authenticate(created.reveal()));
    } catch (DuplicateTokenNameException taken) {
      throw new IllegalStateException(
          "name: " + properties.name() + " of the owner \"" + properties.owner()
              + "\" is the name of a token of the application (expected: another name, or none)",
          taken);
    }
  }

  /** Returns the token with this proof; empty if it is not one of these. */
  synchronized Optional<Issued> find(Verdict.Accepted proof) {
    return issued.values().stream().filter(token -> token.verdict() == proof).findAny();
  }

  private synchronized void deleteAll() {
    issued.values().forEach(token -> manager.delete(token.created().token().id()));
    issued.clear();
  }

  /**
   * A token that was created for tests.
   *
   * @param verdict the verdict on its plaintext. An application may reject the owner
   */
  record Issued(CreatedToken created, Verdict verdict) {
    String authorizationHeader() {
      return "Bearer " + created.reveal();
    }
  }
}
