package io.counterfoil.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that accepts every upgrade that it is asked for, and then sends back what it receives. */
final class UpgradeServer implements AutoCloseable {
  private static final String SWITCHING = head(
      "101 Switching Protocols",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  private static final String PLAIN = head("200 OK", "Content-Length: 0", "Connection: close");

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String lastRequest = "";

  UpgradeServer() throws IOException {
    Thread thread = new Thread(this::run, "upgrade-server");
    thread.setDaemon(true);
    thread.start();
  }

  private static String head(String status, String... headers) {
    return "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(20_000);
        lastRequest = readHead(socket.getInputStream());
        requests.incrementAndGet();
        if (lastRequest.toLowerCase(Locale.ROOT).contains("\r\nupgrade:")) {
          socket.getOutputStream().write(SWITCHING.getBytes(ISO_8859_1));
          socket.getInputStream().transferTo(socket.getOutputStream());
        } else {
          socket.getOutputStream().write(PLAIN.getBytes(ISO_8859_1));
        }
      } catch (IOException e) {
        // the next connection, or the end
      }
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("The head ended too early");
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  int port() {
    return server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  String lastRequest() {
    return lastRequest;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
