package io.counterfoil.examples.panel;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts the panel: a store, a manager of tokens over it, a web server before both. */
public final class Panel {
  private static final int FAILED = 1;
  private static final int BAD_OPTION = 2;

  private Panel() {}

  /** Runs until the process is asked to end; see {@link Options#USAGE}. */
  public static void main(String[] args) {
    try {
      Options options = Options.parse(List.of(args), System.getenv());
      if (options.help()) {
        System.out.print(Options.USAGE);
      } else {
        run(options);
      }
    } catch (BadOption e) {
      System.err.println("panel: " + e.getMessage());
      System.exit(BAD_OPTION);
    } catch (Exception e) {
      System.err.println("panel: " + Causes.inOneLine(e));
      System.exit(FAILED);
    }
  }

  private static void run(Options options) throws Exception {
    Storage storage = options.database().map(Storage::in).orElseGet(Storage::inMemory);
    if (options.newToken().isPresent()) {
      try (storage) {
        storage.make();
        try (TokenManager tokens = tokens(storage)) {
          create(tokens, options.newToken().get());
        }
      }
    } else {
      serve(storage, options);
    }
  }

  private static TokenManager tokens(Storage storage) {
    return TokenManager.builder(storage.store()).listener(TokenListener.audit()).build();
  }

  private static void create(TokenManager tokens, String name) throws BadOption, IOException {
    NewToken wish;
    try {
      wish = NewToken.named(name);
    } catch (IllegalArgumentException e) {
      throw new BadOption("--create-token", e);
    }
    show("New token", tokens.create(wish), tokens);
  }

  /** Takes the port before it makes the store: if it is taken already, the next try must find the store as new as this one. */
  private static void serve(Storage storage, Options options) throws Exception {
    PanelServer server = PanelServer.bind(options.host(), options.port());
    boolean isNew = storage.make();
    TokenManager tokens = tokens(storage);
    Optional<CreatedToken> first = FirstToken.create(tokens, isNew);
    if (first.isPresent()) {
      show("First token", first.get(), tokens);
    }
    server.start(tokens);
    // Not before all that may fail: once it is there, the process ends with its exit code.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(server, tokens, storage), "panel-stop"));
    System.out.println("Listening on " + server.url());
    System.out.println(Commands.toTry(server.url()));
    if (!server.isLocal()) {
      System.err.println("Tokens cross the network in clear here: put a proxy with TLS before it.");
    }
  }

  /** Shows a plaintext, this once. A token whose plaintext nobody has seen must not stay. */
  private static void show(String what, CreatedToken created, TokenManager tokens)
      throws IOException {
    System.out.println(what + " (shown once): " + created.reveal());
    if (System.out.checkError()) {
      tokens.delete(created.token().id());
      throw new IOException("standard output does not take the token, which was deleted again");
    }
  }

  /** Lets requests finish, records the uses of tokens, closes the database. Asked to end and ended, which is a success: hence the halt with 0. */
  private static void stop(PanelServer server, TokenManager tokens, Storage storage) {
    int code = FAILED;
    try (storage;
        tokens) {
      server.stop();
      code = 0;
    } catch (Exception e) {
      System.err.println(Causes.inOneLine(e));
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
