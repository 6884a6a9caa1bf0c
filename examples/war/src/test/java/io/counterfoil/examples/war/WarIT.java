package io.counterfoil.examples.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The WAR as it is built, in a Tomcat whose host is set as the package says. */
class WarIT {
  @TempDir
  Path base;

  @TempDir
  Path database;

  private TomcatWithWar tomcat;

  @BeforeEach
  void start() throws Exception {
    tomcat = new TomcatWithWar(base, database, true);
    assertThat(tomcat.deploy()).isPresent();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.close();
  }

  @Test
  void the_tomcat_is_the_one_that_is_meant() {
    assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.expected"));
  }

  @Test
  void a_token_opens_the_page_until_it_is_disabled() throws Exception {
    String first = Requests.firstToken(database);
    String created = tomcat.exchange(Requests.post("tokens/create", first, "{\"name\":\"bot\"}"));
    assertThat(created).startsWith("HTTP/1.1 200 ").contains("\"id\":2");
    String plaintext = created.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    assertThat(tomcat.exchange(Requests.get("hello", plaintext)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("Hello bot\n");

    assertThat(tomcat.exchange(Requests.post("tokens/setEnabled/2", first, "{\"enabled\":false}")))
        .startsWith("HTTP/1.1 200 ");
    assertThat(tomcat.exchange(Requests.get("hello", plaintext)))
        .startsWith("HTTP/1.1 401 ")
        .contains("WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\r\n");
    assertThat(tomcat.exchange(Requests.get("hello", first))).startsWith("HTTP/1.1 200 ");
  }

  @Test // C6
  void nobody_comes_in_without_a_token_whatever_is_there() throws Exception {
    for (String page : List.of("hello", "tokens", "tokens/create", "nothing")) {
      assertThat(tomcat.exchange(Requests.getWithoutToken(page)))
          .startsWith("HTTP/1.1 401 ")
          .contains("WWW-Authenticate: Bearer realm=\"api\"\r\n");
    }
  }

  @Test // C4, C5
  void a_refusal_says_no_more_than_that() throws Exception {
    String answer = tomcat.exchange(Requests.get("hello", "cf_topsecret"));
    assertThat(answer.substring(0, answer.indexOf("Date:")).lines())
        .containsExactly(
            "HTTP/1.1 401 ",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"",
            "Content-Type: application/json",
            "Content-Length: 53");
    assertThat(answer).doesNotContain("topsecret", "Set-Cookie", "Tomcat");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void nobody_but_the_user_of_the_server_reads_the_first_token() throws Exception {
    try (var files = Files.newDirectoryStream(database, "first-token-*")) {
      for (Path file : files) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test // L2
  void the_error_page_shows_nothing_of_a_line_that_cannot_be_read() throws Exception {
    assertThat(tomcat.exchange(Requests.get("hello", "cf_topsecret\u0001more")))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContainIgnoringCase("Authorization", "Bearer", "secret", "more", "Tomcat");
  }

  @Test
  void without_the_valve_it_would(@TempDir Path other) throws Exception {
    try (TomcatWithWar talkative = new TomcatWithWar(other, database, false)) {
      assertThat(talkative.exchange(Requests.get("hello", "cf_topsecret\u0001more")))
          .startsWith("HTTP/1.1 400 ")
          .contains("cf_topsecret");
    }
  }
}
