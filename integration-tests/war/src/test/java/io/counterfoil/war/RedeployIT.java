package io.counterfoil.war;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.TokenManager;
import io.counterfoil.testing.Effort;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Deploys, uses and undeploys the WAR several times, and checks that nothing remains. */
@EnabledOnOs(OS.LINUX) // /proc shows the open files
class RedeployIT {
  private static final int DEPLOYMENTS = Effort.times(2);
  private static final long MAX_WAIT_NANOS = 60_000_000_000L;

  @TempDir
  Path base;

  @TempDir
  Path folder;

  @Test
  void an_undeployed_application_leaves_no_thread_no_file_and_no_class_behind() throws Exception {
    String plaintext = new Database(folder).createToken();
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<WeakReference<ClassLoader>> uncollected = new HashSet<>();
    try (LeakWarnings warnings = new LeakWarnings();
        TomcatWithWar tomcat = new TomcatWithWar(base, folder, true)) {
      for (int i = 0; i < DEPLOYMENTS; i++) {
        uncollected.add(new WeakReference<>(deployUseAndUndeploy(tomcat, plaintext), collected));
        assertThat(warnings.messages()).isEmpty();
      }
      long deadline = System.nanoTime() + MAX_WAIT_NANOS;
      while (!uncollected.isEmpty() && System.nanoTime() - deadline < 0) {
        System.gc();
        uncollected.remove(collected.remove(100));
      }
      assertThat(uncollected).isEmpty();
    }
  }

  /** Returns the class loader of the application. Nothing else refers to it any more. */
  private ClassLoader deployUseAndUndeploy(TomcatWithWar tomcat, String plaintext)
      throws Exception {
    Instant start = Instant.now().minusMillis(1);
    ClassLoader loader = tomcat.deploy().orElseThrow().getLoader().getClassLoader();
    assertThat(loader.loadClass(TokenManager.class.getName()).getClassLoader()).isSameAs(loader);
    use(tomcat, plaintext);
    assertThat(OpenResources.threadsOf(loader))
        .contains("counterfoil-uses", "counterfoil-listener");
    assertThat(OpenResources.openFilesIn(base)).isNotEmpty();
    assertThat(OpenResources.openFilesIn(folder)).isNotEmpty();

    tomcat.undeploy();
    assertThat(OpenResources.threadsOf(loader)).isEmpty();
    assertThat(OpenResources.openFilesIn(base, folder)).isEmpty();
    assertThat(base.resolve("webapps")).isEmptyDirectory();
    assertThat(new Database(folder).lastUseOfTheToken()).isAfter(start);
    return loader;
  }

  private static void use(TomcatWithWar tomcat, String plaintext) throws IOException {
    String bearer = Requests.bearer(plaintext);
    assertThat(tomcat.send(Requests.get("api/hello", bearer)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("Hello bot of ann\n");
    assertThat(tomcat.send(Requests.get("api/tokens", bearer)))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"name\":\"bot\"");
    assertThat(tomcat.send(Requests.get("api/hello", Requests.bearer("cf_wrong"))))
        .startsWith("HTTP/1.1 401 ");
  }

  @Test // D7
  void an_application_that_cannot_open_its_database_does_not_start_and_leaves_nothing_behind()
      throws Exception {
    Files.writeString(folder.resolve("tokens.mv.db"), "This is no database.");
    try (LeakWarnings warnings = new LeakWarnings();
        TomcatWithWar tomcat = new TomcatWithWar(base, folder, true)) {
      assertThat(tomcat.deploy()).isEmpty();
      assertThat(tomcat.send(Requests.get("api/hello"))).startsWith("HTTP/1.1 404 ");
      tomcat.undeploy();
      assertThat(warnings.messages()).isEmpty();
      assertThat(OpenResources.openFilesIn(base, folder)).isEmpty();
    }
    assertThat(folder.resolve("users.properties")).doesNotExist();
  }
}
