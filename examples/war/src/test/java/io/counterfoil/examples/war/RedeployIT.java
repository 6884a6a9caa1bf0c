package io.counterfoil.examples.war;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import io.counterfoil.jdbc.JdbcTokenStore;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The WAR comes, works and goes. */
@EnabledOnOs(OS.LINUX) // where the system shows what is open
class RedeployIT {
  private static final int DEPLOYMENTS = 20;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir
  Path base;

  @TempDir
  Path database;

  @Test
  void what_is_undeployed_leaves_no_thread_no_file_and_no_class_behind() throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<WeakReference<ClassLoader>> living = new HashSet<>();
    try (Complaints complaints = new Complaints();
        TomcatWithWar tomcat = new TomcatWithWar(base, database, true)) {
      for (int i = 0; i < DEPLOYMENTS; i++) {
        living.add(new WeakReference<>(deployedAndUndeployed(tomcat), collected));
        assertThat(complaints.heard()).isEmpty();
      }
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      while (!living.isEmpty() && System.nanoTime() - deadline < 0) {
        System.gc();
        living.remove(collected.remove(100));
      }
      assertThat(living).isEmpty();
    }
  }

  /** Nothing but its class loader, which is to be collected, is known of the application when this returns. */
  private ClassLoader deployedAndUndeployed(TomcatWithWar tomcat) throws Exception {
    Instant start = Instant.now().minusMillis(1);
    ClassLoader loader = tomcat.deploy().orElseThrow().getLoader().getClassLoader();
    assertThat(loader.loadClass(TokenManager.class.getName()).getClassLoader()).isSameAs(loader);
    use(tomcat);
    assertThat(Remains.threadsOf(loader)).contains("counterfoil-uses", "counterfoil-listener");
    assertThat(Remains.openFilesIn(base)).isNotEmpty();
    assertThat(Remains.openFilesIn(database)).isNotEmpty();

    tomcat.undeploy();
    assertThat(Remains.threadsOf(loader)).isEmpty();
    assertThat(Remains.openFilesIn(base, database)).isEmpty();
    assertThat(base.resolve("webapps")).isEmptyDirectory();
    assertThat(lastUse()).isAfter(start);
    return loader;
  }

  private void use(TomcatWithWar tomcat) throws IOException {
    String plaintext = Requests.firstToken(database);
    assertThat(tomcat.exchange(Requests.get("hello", plaintext)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("Hello bootstrap\n");
    assertThat(tomcat.exchange(Requests.get("tokens", plaintext)))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"name\":\"bootstrap\"");
    assertThat(tomcat.exchange(Requests.get("hello", "cf_wrong"))).startsWith("HTTP/1.1 401 ");
  }

  /** What the application has left in the database, read after it. */
  private Instant lastUse() {
    JdbcConnectionPool pool =
        JdbcConnectionPool.create("jdbc:h2:" + database.resolve("tokens"), "", "");
    try (TokenManager tokens = TokenManager.builder(new JdbcTokenStore(pool)).build()) {
      return tokens.find("", "bootstrap").orElseThrow().lastUsedAt().orElseThrow();
    } finally {
      pool.dispose();
    }
  }

  @Test // D7
  void what_cannot_open_its_database_is_not_there_at_all_and_leaves_nothing_either()
      throws Exception {
    Files.writeString(database.resolve("tokens.mv.db"), "This is no database.");
    try (Complaints complaints = new Complaints();
        TomcatWithWar tomcat = new TomcatWithWar(base, database, true)) {
      assertThat(tomcat.deploy()).isEmpty();
      assertThat(tomcat.exchange(Requests.get("hello", "cf_wrong"))).startsWith("HTTP/1.1 404 ");
      tomcat.undeploy();
      assertThat(complaints.heard()).isEmpty();
      assertThat(Remains.openFilesIn(base, database)).isEmpty();
    }
    try (Stream<Path> files = Files.list(database)) {
      assertThat(files).noneMatch(file -> file.toString().contains("first-token"));
    }
  }
}
