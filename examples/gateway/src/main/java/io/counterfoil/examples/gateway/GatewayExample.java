package io.counterfoil.examples.gateway;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.net.InetAddress;

/** Starts the authenticator on port 9001 and the application on port 9002, for a gateway on this machine. */
public final class GatewayExample {
  private GatewayExample() {}

  /** Starts both servers, and prints two tokens to try. */
  public static void main(String[] args) throws IOException {
    TokenManager tokens = TokenManager.builder(new InMemoryTokenStore()).build();
    InetAddress gateway = InetAddress.getLoopbackAddress();
    Authenticator authenticator = new Authenticator(tokens, gateway.getHostAddress(), 9001);
    Application application = new Application(gateway, 9002);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      application.close();
      authenticator.close();
      tokens.close(); // after the last request, so its use is recorded
    }));
    NewToken reader = NewToken.named("reader").owner("ann").scopes("servers:read");
    System.out.println("READER=" + tokens.create(reader).reveal());
    System.out.println(
        "ADMIN=" + tokens.create(NewToken.named("admin").unrestricted()).reveal());
  }
}
