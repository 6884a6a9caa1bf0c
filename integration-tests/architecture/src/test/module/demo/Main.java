package demo;

import io.counterfoil.CreatedToken;
import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.http.TokenPage;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import java.time.Duration;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** Creates a token and authenticates it, with a part of each module. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:mem:demo;DB_CLOSE_DELAY=-1");
    JdbcTokenStore.createSchema(database);
    try (JdbcTokenStore jdbc = new JdbcTokenStore(database);
        CachedTokenStore cache = CachedTokenStore.around(jdbc, Duration.ofSeconds(5))) {
      authenticate("cache", cache);
    }
    authenticate("memory", new InMemoryTokenStore());
  }

  private static void authenticate(String name, TokenStore store) {
    try (TokenManager manager = TokenManager.builder(store).prefix("demo").build()) {
      CreatedToken token = manager.create(NewToken.named("ci"));
      boolean accepted = manager.authenticate(token.reveal()) instanceof Verdict.Accepted;
      BearerAuthenticator bearer = BearerAuthenticator.builder(manager).build();
      boolean granted = bearer.check(List.of("Bearer " + token.reveal()))
          instanceof BearerAuthenticator.Granted;
      System.out.println(name + ": accepted " + accepted + ", granted " + granted);
      System.out.println(new BearerFilter(bearer).getClass().getModule());
      TokenPage.of("/page", "/api/tokens", manager);
      new ApiServlet(TokenApi.of(manager, ManagementPolicy.anyToken()));
    }
  }
}
