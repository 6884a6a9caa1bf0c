package io.counterfoil.examples.panel;

import io.counterfoil.NewToken;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import java.util.List;

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
    } catch (Exception e) {
      System.err.println("panel: " + Causes.inOneLine(e));
      System.exit(e instanceof BadOption ? BAD_OPTION : FAILED);
    }
  }

  private static void run(Options options) throws Exception {
    Storage storage = options.database().map(Storage::in).orElseGet(Storage::inMemory);
    TokenManager tokens =
        TokenManager.builder(storage.store()).listener(TokenListener.audit()).build();
    if (options.newToken().isPresent()) {
      try (storage) {
        create(tokens, options.newToken().get());
      }
    } else {
      serve(tokens, storage, options);
    }
  }

  private static void create(TokenManager tokens, String name) throws BadOption {
    NewToken wish;
    try {
      wish = NewToken.named(name);
    } catch (IllegalArgumentException e) {
      throw new BadOption("--create-token", e);
    }
    System.out.println("New token (shown once): " + tokens.create(wish).reveal());
  }

  /** Listens before it makes the first token: a port that is taken must not cost the only sight of its plaintext. */
  private static void serve(TokenManager tokens, Storage storage, Options options)
      throws Exception {
    PanelServer server = PanelServer.start(tokens, options.host(), options.port());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, storage), "panel-stop"));
    FirstToken.create(tokens)
        .ifPresent(created -> System.out.println("First token (shown once): " + created.reveal()));
    System.out.println("Listening on " + server.url());
    System.out.println(Commands.toTry(server.url()));
    if (!server.isLocal()) {
      System.err.println("Tokens cross the network in clear here: put a proxy with TLS before it.");
    }
  }

  /** Lets requests finish, then closes the database. Asked to end and ended, which is a success: hence the halt with 0. */
  private static void stop(PanelServer server, Storage storage) {
    int code = FAILED;
    try (storage) {
      server.stop();
      code = 0;
    } catch (Exception e) {
      System.err.println(Causes.inOneLine(e));
    }
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }
}
