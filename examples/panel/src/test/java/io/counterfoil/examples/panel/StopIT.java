package io.counterfoil.examples.panel;

import static io.counterfoil.examples.panel.PanelProcess.API;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel stops at SIGTERM and loses no change. */
class StopIT {
  private static final String BODY = "{\"name\":\"late\"}";
  private static final Pattern PLAINTEXT = Pattern.compile("\"token\":\"(\\w+)\"");

  @TempDir
  Path folder;

  @Test
  void a_running_request_is_finished_and_the_exit_code_is_0() throws Exception {
    String late;
    try (PanelProcess panel = PanelProcess.start(folder);
        Socket socket = new Socket(panel.url().getHost(), panel.url().getPort())) {
      send(socket, head(panel.firstToken()));
      assertThat(read(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100"); // waits for the body
      panel.terminate();
      awaitRefusal(panel.url());
      send(socket, BODY);
      String answer = read(socket, "}}");
      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"name\":\"late\"");
      assertThat(panel.exitCode()).isZero();
      Matcher matcher = PLAINTEXT.matcher(answer);
      assertThat(matcher.find()).isTrue();
      late = matcher.group(1);
    }
    try (PanelProcess panel = PanelProcess.start(folder)) {
      assertThat(panel.status(late)).isEqualTo(200);
    }
  }

  private static String head(String plaintext) {
    return String.join(
        "\r\n",
        "POST " + API + "/create HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + plaintext,
        "Content-Type: application/json",
        "Content-Length: " + BODY.length(),
        "Expect: 100-continue",
        "",
        "");
  }

  /** Waits until the panel refuses connections, which means that it is stopping. */
  private static void awaitRefusal(URI url) throws IOException {
    while (true) {
      try {
        new Socket(url.getHost(), url.getPort()).close();
      } catch (ConnectException refused) {
        return;
      } catch (SocketException reset) {
        // the port was just being closed; the next attempt is refused
      }
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String read(Socket socket, String end) throws IOException {
    socket.setSoTimeout(30_000);
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    int next = in.read();
    while (next >= 0) {
      text.append((char) next);
      if (text.indexOf(end) >= 0) {
        return text.toString();
      }
      next = in.read();
    }
    throw new AssertionError("the connection was closed after: " + text);
  }
}
