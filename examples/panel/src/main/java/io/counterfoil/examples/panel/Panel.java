package io.counterfoil.examples.panel;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts the panel: a token store, a token manager and a web server. */
public final class Panel {
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;

  /** Protects the database from a client that creates tokens in a loop. All tokens of the panel have the same owner. */
  private static final int MAX_TOKENS = 100_000;

  private Panel() {}

  /** Runs until the process is asked to stop (SIGTERM). {@link Options#USAGE} describes the options. */
  public static void main(String[] args) {
    try {
      Options options = Options.parse(List.of(args), System.getenv());
      if (options.help()) {
        System.out.print(Options.USAGE);
      } else {
        run(options);
      }
    } catch (OptionException e) {
      System.err.println("panel: " + e.getMessage());
      System.exit(BAD_OPTION);
    } catch (Exception e) {
      System.err.println("panel: " + ErrorMessages.inOneLine(e));
      System.exit(FAILED);
    }
  }

  private static void run(Options options) throws Exception {
    Storage storage = options.database().map(Storage::in).orElseGet(Storage::inMemory);
    if (options.newToken().isPresent()) {
      try (storage) {
        storage.createSchema();
        try (TokenManager tokens = tokens(storage)) {
          create(tokens, options.newToken().get());
        }
      }
    } else {
      serve(storage, options);
    }
  }

  private static TokenManager tokens(Storage storage) {
    return TokenManager.builder(storage.store())
        .maxTokensPerOwner(MAX_TOKENS)
        .listener(TokenListener.audit())
        .build();
  }

  private static void create(TokenManager tokens, String name) throws OptionException, IOException {
    NewToken newToken;
    try {
      newToken = NewToken.named(name).unrestricted();
    } catch (IllegalArgumentException e) {
      throw new OptionException("--create-token", e);
    }
    show("New token", FirstToken.create(tokens, newToken), tokens);
  }

  /**
   * Binds the port before it creates the first token: a panel that cannot start must not use up the only one.
   */
  private static void serve(Storage storage, Options options) throws Exception {
    PanelServer server = PanelServer.bind(options.host(), options.port());
    storage.createSchema();
    TokenManager tokens = tokens(storage);
    try {
      Optional<CreatedToken> first = FirstToken.create(tokens);
      if (first.isPresent()) {
        show("First token", first.get(), tokens);
      }
      server.start(tokens);
    } catch (Exception e) {
      try (storage;
          tokens) { // otherwise the last lines of the audit log would be lost
        throw e;
      }
    }
    // Added after everything that can fail, because the hook decides the exit code from now on.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(server, tokens, storage), "panel-stop"));
    System.out.println("Listening on " + server.url());
    System.out.println(ExampleCommands.toTry(server.url()));
    if (!server.isLocal()) {
      System.err.println(
          "Tokens are sent over the network unencrypted. Put a TLS proxy in front of the panel.");
    }
  }

  /** Prints a plaintext once. If that fails, the token is deleted, because nobody has seen its plaintext. */
  private static void show(String what, CreatedToken created, TokenManager tokens)
      throws IOException {
    System.out.println(what + " (shown once): " + created.reveal());
    if (System.out.checkError()) {
      tokens.delete(created.token().id());
      throw new IOException("cannot write the token to standard output; the token was deleted");
    }
  }

  /**
   * Lets requests finish, records the last uses of tokens and closes the database. Then halts with exit code 0, because a
   * requested stop is a success.
   */
  private static void stop(PanelServer server, TokenManager tokens, Storage storage) {
    int code = FAILED;
    try (storage;
        tokens) {
      server.stop();
      code = 0;
    } catch (Exception e) {
      System.err.println(ErrorMessages.inOneLine(e));
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
