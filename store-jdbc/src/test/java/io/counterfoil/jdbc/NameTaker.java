package io.counterfoil.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.DuplicateTokenNameException;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import java.util.Scanner;

/** A process that creates the schema, waits for a word, creates tokens with well-known names and prints the names it got. */
final class NameTaker {
  static final int NAMES = 100;

  private NameTaker() {}

  public static void main(String[] arguments) {
    try (HikariDataSource pool = Database.open(arguments[0], true);
        Scanner in = new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8)) {
      JdbcTokenStore.createSchema(pool);
      TokenManager manager = TokenManager.builder(new JdbcTokenStore(pool)).build();
      System.out.println("ready");
      in.nextLine();
      for (int i = 0; i < NAMES; i++) {
        take(manager, "name " + i);
      }
    }
  }

  private static void take(TokenManager manager, String name) {
    try {
      manager.create(NewToken.named(name));
      System.out.println(name);
    } catch (DuplicateTokenNameException e) {
      // the other process has it
    }
  }
}
