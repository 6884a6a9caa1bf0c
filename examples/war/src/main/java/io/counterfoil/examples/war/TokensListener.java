package io.counterfoil.examples.war;

import io.counterfoil.NewToken;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator;
import io.counterfoil.http.ManagementPolicy;
import io.counterfoil.http.TokenApi;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.servlet.ApiServlet;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** Opens and closes what the application has, and completes the filter and the servlet that {@code web.xml} names and maps. */
public final class TokensListener implements ServletContextListener {
  private @Nullable JdbcConnectionPool pool;
  private @Nullable TokenManager tokens;

  /** An exception from here keeps the application from starting: it is never there without its filter. */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    Path folder = Path.of(context.getInitParameter("folder")).toAbsolutePath();
    // A data source registers no driver with the JVM, which would keep this application for ever.
    // What is acknowledged is on the disk; the application closes the database, not a hook of the
    // JVM that would keep it.
    pool = JdbcConnectionPool.create(
        "jdbc:h2:" + folder.resolve("tokens")
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
        "",
        "");
    JdbcTokenStore.migrateSchema(pool);
    boolean isNew = JdbcTokenStore.createSchema(pool);
    tokens = TokenManager.builder(new JdbcTokenStore(pool))
        .listener(TokenListener.audit())
        .build();
    if (isNew) {
      context.log("The first token is in " + firstToken(tokens, folder));
    }

    var bearer = BearerAuthenticator.builder(tokens).build();
    var tokenApi = TokenApi.of(tokens, ManagementPolicy.anyToken());
    // What web.xml names without a class waits to be completed here. Null: it has one, or the
    // listener came too late.
    Objects.requireNonNull(context.addFilter("bearer", new BearerFilter(bearer)));
    Objects.requireNonNull(context.addServlet("tokens", new ApiServlet(tokenApi)));
  }

  /** Not into the log, which many read: into a new file that only its owner reads. */
  private static Path firstToken(TokenManager tokens, Path folder) {
    try {
      Path file = Files.createTempFile(folder, "first-token-", ".txt");
      return Files.writeString(file, tokens.create(NewToken.named("bootstrap")).reveal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Called too when the start has failed half way. */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (tokens != null) {
      tokens.close(); // records the last uses, so before the database
    }
    if (pool != null) {
      pool.dispose();
    }
  }
}
