package io.counterfoil.clusters.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresPrograms(Requirement.NAMESPACES)
@Timeout(60)
class NetworkTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void hosts_and_this_jvm_reach_each_other_except_a_host_that_is_cut() {
    try (Network network = Network.create(2)) {
      Host cut = network.host(0);
      Host other = network.host(1);
      assertThat(isReached(cut)).isTrue();
      assertThat(isReached(other, cut)).isTrue();

      network.cut(cut);
      assertThat(isReached(cut)).isFalse();
      assertThat(isReached(other, cut)).isFalse();
      assertThat(isReached(cut, other)).isFalse();
      assertThat(isReached(other)).isTrue();

      network.heal(cut);
      Polling.await("the host is connected", LIMIT, () -> isReached(cut) && isReached(other, cut));
    }
  }

  @Test
  void two_networks_are_separate() {
    try (Network first = Network.create(1);
        Network second = Network.create(1)) {
      assertThat(first.host(0).address()).isNotEqualTo(second.host(0).address());
      assertThat(isReached(first.host(0), second.host(0))).isFalse();
    }
  }

  @Test
  void a_closed_network_leaves_nothing() {
    Network network = Network.create(2);
    String address = network.host(0).address().replaceFirst("\\.1$", ".254/24");
    String number = interfaces()
        .filter(line -> line.contains(' ' + address + ' '))
        .findFirst()
        .orElseThrow()
        .replaceFirst(":.*", ":");
    network.close();

    assertThat(namespaces()).doesNotContain(ownPrefix());
    Polling.await(
        "the interface is gone",
        LIMIT,
        () -> interfaces().noneMatch(line -> line.startsWith(number)));
  }

  @Test
  void a_network_is_removed_with_its_jvm() throws Exception {
    Process jvm = new ProcessBuilder(Programs.java(OtherJvm.class))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader output = jvm.inputReader(UTF_8)) {
      assertThat(output.readLine()).isEqualTo("created");
      assertThat(namespaces()).contains("counterfoil-" + jvm.pid() + "-1-host1");

      jvm.destroyForcibly();

      Polling.await(
          "the namespaces are gone",
          LIMIT,
          () -> !namespaces().contains("counterfoil-" + jvm.pid() + '-'));
    } finally {
      jvm.destroyForcibly();
    }
  }

  @Test
  void namespaces_of_a_dead_jvm_are_removed_by_the_next_network() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    String leftover = "counterfoil-" + dead.pid() + "-1-host1";
    Programs.run("ip", "netns", "add", leftover);

    Network.create(1).close();

    assertThat(namespaces()).doesNotContain(leftover);
  }

  /** A JVM that is killed while it has a network. */
  static final class OtherJvm {
    private OtherJvm() {}

    public static void main(String[] args) throws Exception {
      Network.create(2);
      System.out.println("created");
      Thread.currentThread().join();
    }
  }

  private static String ownPrefix() {
    return "counterfoil-" + ProcessHandle.current().pid() + '-';
  }

  /** Each line begins with a number, which no other interface of this machine ever gets. */
  private static Stream<String> interfaces() {
    return Programs.run("ip", "-o", "addr").lines();
  }

  private static String namespaces() {
    return Programs.run("ip", "netns", "list");
  }

  /** Nothing listens on the port: a host that is reached refuses the connection at once. */
  private static boolean isReached(Host host) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host.address(), 1), 1000);
      return true;
    } catch (ConnectException refused) {
      return true;
    } catch (IOException unreachable) {
      return false;
    }
  }

  private static boolean isReached(Host from, Host to) {
    try {
      // Prints the error of the connection, which bash names.
      Programs.run(from.command(
          "bash",
          "-c",
          "timeout 1 bash -c '</dev/tcp/" + to.address() + "/1' 2>&1 | grep refused"));
      return true;
    } catch (IllegalStateException unreachable) {
      return false;
    }
  }
}
