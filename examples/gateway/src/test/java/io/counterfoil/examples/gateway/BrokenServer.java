package io.counterfoil.examples.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that answers each request with the same text, which need not be a response, and breaks the connection. */
final class BrokenServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private volatile String answer = "";
  private volatile boolean isHanging;

  BrokenServer() throws IOException {
    Thread thread = new Thread(this::run, "broken-server");
    thread.setDaemon(true);
    thread.start();
  }

  void answer(String text) {
    answer = text;
  }

  /** From now on, waits until the client gives up. */
  void hang() {
    isHanging = true;
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[8192]);
        if (isHanging) {
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        socket.getOutputStream().write(answer.getBytes(US_ASCII));
      } catch (IOException e) {
        // the next request, or the end
      }
    }
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
