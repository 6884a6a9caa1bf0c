package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.util.Scanner;

/**
 * A process that creates the schema, waits for a line of input, and tries to create a token with each of {@value #NAMES} names,
 * and once with each of {@value #NAMES} keys. It prints the names that it could use.
 */
final class TokenCreatorMain {
  static final int NAMES = 100;

  private TokenCreatorMain() {}

  public static void main(String[] arguments) {
    try (HikariDataSource pool = Database.open(arguments[0], true);
        Scanner in = new Scanner(System.in, UTF_8)) {
      JdbcTokenStore.createSchema(pool);
      TokenManager manager = TokenManager.builder(new JdbcTokenStore(pool)).build();
      System.out.println("ready");
      in.nextLine();
      for (int i = 0; i < NAMES; i++) {
        create(manager, "name " + i);
        String key = "key-" + i;
        manager
            .createOnce(key, () -> NewToken.named(key))
            .ifPresent(created -> System.out.println(created.token().name()));
      }
    }
  }

  private static void create(TokenManager manager, String name) {
    try {
      manager.create(NewToken.named(name));
      System.out.println(name);
    } catch (DuplicateTokenNameException e) {
      // the other process has used the name
    }
  }
}
