package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.FirstTokenFile;
import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Scanner;

/**
 * A process that creates the schema, prints {@code ready}, waits for a line of input, and creates a first token with each of these
 * names, each with a file of that name in a folder. It prints the names of the tokens that it has created.
 */
final class FirstTokenMain {
  /** When the process prints {@code paused} and waits for a line of input. */
  enum Pause {
    NEVER,
    BEFORE_TOKEN,
    AFTER_TOKEN
  }

  private FirstTokenMain() {}

  /** @param arguments the URL of the database, the folder, the number of tokens, and the name of a {@link Pause} */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    Pause pause = Pause.valueOf(arguments[3]);
    try (HikariDataSource pool = Database.open(arguments[0], true);
        Scanner in = new Scanner(System.in, UTF_8)) {
      JdbcTokenStore.createSchema(pool);
      TokenStore store = new Pausing(new JdbcTokenStore(pool), pause, in);
      TokenManager tokens = TokenManager.builder(store).recordNoUses().build();
      System.out.println("ready");
      in.nextLine();
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        String name = "first-" + i;
        if (FirstTokenFile.create(tokens, folder.resolve(name), NewToken.named(name))) {
          System.out.println(name);
        }
      }
    }
  }

  private static final class Pausing extends ForwardingTokenStore {
    private final Pause pause;
    private final Scanner in;

    Pausing(TokenStore delegate, Pause pause, Scanner in) {
      super(delegate);
      this.pause = pause;
      this.in = in;
    }

    @Override
    public OptionalLong insertOnce(String key, StoredToken token) {
      pauseIf(Pause.BEFORE_TOKEN);
      OptionalLong id = super.insertOnce(key, token);
      pauseIf(Pause.AFTER_TOKEN);
      return id;
    }

    private void pauseIf(Pause now) {
      if (pause == now) {
        System.out.println("paused");
        in.nextLine();
      }
    }
  }
}
