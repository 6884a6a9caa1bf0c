package io.counterfoil.clusters;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import io.counterfoil.clusters.checker.Call;
import io.counterfoil.clusters.checker.Operation;
import io.counterfoil.clusters.checker.Result;
import io.counterfoil.clusters.checker.Row;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An application in this JVM, whose calls are recorded. Each token has its name as its label. */
final class RecordedApplication implements AutoCloseable {
  private final String name;
  private final List<Call> calls;
  private final HikariDataSource pool;
  private final JdbcTokenStore store;
  private final TokenManager tokens;

  /** @param calls gets the calls */
  RecordedApplication(String name, String url, List<Call> calls) {
    this.name = name;
    this.calls = calls;
    pool = ContractStore.open(url);
    JdbcTokenStore.createSchema(pool);
    store = new JdbcTokenStore(pool);
    tokens = TokenManager.builder(store).recordNoUses().build();
  }

  CreatedToken create(String label) {
    CreatedToken[] created = new CreatedToken[1];
    record(Operation.create(label, plaintext(label), label, ""), () -> {
      created[0] = tokens.create(NewToken.named(label).unrestricted());
      return Result.done(row(created[0].token()));
    });
    return created[0];
  }

  void disable(CreatedToken token) {
    record(
        Operation.disable(token.token().name()),
        () -> tokens.disable(token.token().id()) ? Result.DONE : Result.NONE);
  }

  /** Returns whether the token is accepted; empty if the call failed. */
  Optional<Boolean> authenticate(CreatedToken token) {
    String label = token.token().name();
    Result result = record(Operation.authenticate(label, plaintext(label)), () -> {
      Verdict verdict = tokens.authenticate(token.reveal());
      return verdict instanceof Verdict.Accepted accepted
          ? Result.accepted(row(accepted.token()))
          : Result.rejected(((Verdict.Rejected) verdict).reason().name());
    });
    return switch (result.outcome()) {
      case ACCEPTED -> Optional.of(true);
      case REJECTED -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private Result record(Operation operation, Supplier<Result> call) {
    long begin = System.nanoTime();
    Result result;
    try {
      result = call.get();
    } catch (TokenStoreException failure) {
      result = Result.failed(failure);
    }
    calls.add(new Call(name, operation, begin, System.nanoTime(), result));
    return result;
  }

  private static String plaintext(String label) {
    return label + "/1";
  }

  private static Row row(Token token) {
    return new Row(token.id(), token.name(), token.enabled(), "", "");
  }

  @Override
  public void close() {
    tokens.close();
    store.close();
    pool.close();
  }
}
