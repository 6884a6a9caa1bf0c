package io.counterfoil.examples.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.AddressRange;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection that sends exactly these bytes, which HTTP clients would refuse to send or would change. */
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  /**
   * A response.
   *
   * @param headers the lines of its headers
   * @param latin1 the bytes of its body, each as a character
   */
  record Response(int status, List<String> headers, String latin1) {

    byte[] body() {
      return latin1.getBytes(ISO_8859_1);
    }

    String text() {
      return new String(body(), UTF_8);
    }

    /** Returns the first line of the body: the user, the scopes, the method and the path that the application has seen. */
    String line() {
      return text().lines().findFirst().orElse("");
    }
  }

  /** Connects from this address. */
  Connection(String from, int port) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.bind(new InetSocketAddress(AddressRange.address(from).orElseThrow(), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends one request on a connection of its own. */
  static Response send(String from, int port, String request) throws IOException {
    try (Connection connection = new Connection(from, port)) {
      connection.write(request.getBytes(UTF_8));
      return connection.read();
    }
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Reads a response to a request whose method is not {@code HEAD}. */
  Response read() throws IOException {
    String statusLine = readLine();
    List<String> headers = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.add(line);
    }
    int status =
        Integer.parseInt(statusLine.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    byte[] body = status == 101 ? new byte[0] : readBody(headers);
    return new Response(status, headers, new String(body, ISO_8859_1));
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private byte[] readBody(List<String> headers) throws IOException {
    for (String header : headers) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        return readBytes(Integer.parseInt(lower.substring(15).strip()));
      }
      if (lower.startsWith("transfer-encoding:")) {
        return readChunks();
      }
    }
    return in.readAllBytes();
  }

  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(readLine(), 16); size > 0; ) {
      body.write(readBytes(size));
      readLine();
      size = Integer.parseInt(readLine(), 16);
    }
    readLine();
    return body.toByteArray();
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("after: " + line);
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
