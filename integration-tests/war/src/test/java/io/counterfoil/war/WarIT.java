package io.counterfoil.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The WAR in a Tomcat that is configured as the documentation of the example says. */
class WarIT {
  @TempDir
  static Path base;

  @TempDir
  static Path folder;

  private static TomcatWithWar tomcat;

  @BeforeAll
  static void start() throws Exception {
    tomcat = new TomcatWithWar(base, folder, true);
    assertThat(tomcat.deploy()).isPresent();
  }

  @AfterAll
  static void stop() throws Exception {
    tomcat.close();
  }

  @Test
  void tomcat_has_the_expected_version() {
    assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.expected"));
  }

  @Test
  void a_user_creates_a_token_that_works_until_the_user_disables_it() throws Exception {
    String[] session = logIn("ann");
    String created = tomcat.send(Requests.post("api/tokens/create", "{\"name\":\"bot\"}", session));
    assertThat(created).startsWith("HTTP/1.1 200 ");
    String bearer = Requests.bearer(find("\"token\":\"([^\"]+)\"", created));
    assertThat(tomcat.send(Requests.get("api/hello", bearer)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("Hello bot of ann\n");

    String disable = "api/tokens/setEnabled/" + find("\"id\":([0-9]+)", created);
    assertThat(tomcat.send(Requests.post(disable, "{\"enabled\":false}", session)))
        .startsWith("HTTP/1.1 200 ");
    assertThat(tomcat.send(Requests.get("api/hello", bearer)))
        .startsWith("HTTP/1.1 401 ")
        .contains("WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"\r\n");
    assertThat(tomcat.send(Requests.get("api/hello", session)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("Hello user ann\n");
  }

  @Test
  void the_session_cookie_is_for_this_application_and_not_for_scripts() throws Exception {
    String cookie = find("Set-Cookie: ([^\r]+)", sendLogin("ann"));
    assertThat(cookie).matches("JSESSIONID=[^;]+; Path=/tokens; HttpOnly; SameSite=Strict");
  }

  @Test // C6
  void a_request_without_a_token_is_rejected_for_every_path_of_the_api() throws Exception {
    for (String page : List.of("hello", "session", "tokens", "tokens/create", "nothing")) {
      assertThat(tomcat.send(Requests.get("api/" + page)))
          .startsWith("HTTP/1.1 401 ")
          .contains("WWW-Authenticate: Bearer realm=\"api\"\r\n");
    }
  }

  @Test // C4, C5
  void a_rejection_has_no_other_headers_and_quotes_nothing() throws Exception {
    String response = tomcat.send(Requests.get("api/hello", Requests.bearer("cf_topsecret")));
    assertThat(response.substring(0, response.indexOf("Date:")).lines())
        .containsExactly(
            "HTTP/1.1 401 ",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"",
            "Content-Type: application/json",
            "Content-Length: 53");
    assertThat(response).doesNotContain("topsecret", "Set-Cookie", "Tomcat");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void only_the_user_of_the_server_can_read_the_passwords() throws Exception {
    Path users = folder.resolve("users.properties");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
        .isEqualTo("rw-------");
  }

  @Test // L2
  void the_error_page_quotes_nothing_of_a_malformed_header() throws Exception {
    assertThat(tomcat.send(malformed()))
        .startsWith("HTTP/1.1 400 ")
        .doesNotContainIgnoringCase("Authorization", "Bearer", "secret", "more", "Tomcat");
  }

  @Test
  void without_the_valve_it_does(@TempDir Path otherBase) throws Exception {
    try (TomcatWithWar other = new TomcatWithWar(otherBase, folder, false)) {
      assertThat(other.send(malformed())).startsWith("HTTP/1.1 400 ").contains("cf_topsecret");
    }
  }

  private static String malformed() {
    return Requests.get("api/hello", Requests.bearer("cf_topsecret\u0001more"));
  }

  /** Returns the headers of requests from a page of the application. */
  private static String[] logIn(String user) throws Exception {
    String cookie = "Cookie: " + find("Set-Cookie: ([^;]+)", sendLogin(user));
    String session = tomcat.send(Requests.get("api/session", cookie));
    return new String[] {cookie, "X-CSRF-Token: " + find("\"csrfToken\":\"([^\"]+)\"", session)};
  }

  private static String sendLogin(String user) throws Exception {
    String users = Files.readString(folder.resolve("users.properties"));
    String password = find("(?m)^" + user + "=(.+)$", users);
    return tomcat.send(
        Requests.post("login", "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}"));
  }

  private static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
