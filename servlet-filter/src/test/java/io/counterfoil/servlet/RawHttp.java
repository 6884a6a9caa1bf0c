package io.counterfoil.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection that sends exactly the given bytes, whether they are valid HTTP or not. */
final class RawHttp implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream input;

  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** A response: its status, its header lines and its body. */
  record Response(int status, List<String> fields, String body) {

    /** Returns the values of all header lines of that name. */
    List<String> values(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ": ";
      return fields.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()))
          .toList();
    }
  }

  /** Sends one request on a new connection and returns the response. The server may close the connection early. */
  static Response exchange(int port, String request) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      try {
        http.send(request);
      } catch (SocketException e) {
        // the server has responded and closed the connection
      }
      return http.readResponse(request.startsWith("HEAD "));
    }
  }

  /** Returns a request with the mandatory header lines and the given ones. */
  static String request(String method, String target, String... fieldLines) {
    StringBuilder request =
        new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String line : fieldLines) {
      request.append(line).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /** Returns a POST request with a JSON body. */
  static String post(String target, String json, String... fieldLines) {
    List<String> all = new ArrayList<>(List.of(fieldLines));
    all.add("Content-Type: application/json");
    all.add("Content-Length: " + json.getBytes(UTF_8).length);
    return request("POST", target, all.toArray(String[]::new)) + latin1(json.getBytes(UTF_8));
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  void endOfRequest() throws IOException {
    socket.shutdownOutput();
  }

  /** Returns whether the server closes the connection without a response. */
  boolean isClosedUnanswered() throws IOException {
    return input.read() < 0;
  }

  Response readResponse() throws IOException {
    return readResponse(false);
  }

  Response readResponse(boolean toHead) throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      fields.add(line);
    }
    Response head = new Response(status, fields, "");
    boolean bodyless = toHead || status < 200 || status == 204 || status == 304;
    return bodyless ? head : new Response(status, fields, body(head));
  }

  private String body(Response head) throws IOException {
    if (head.values("Transfer-Encoding").contains("chunked")) {
      return chunked();
    }
    List<String> length = head.values("Content-Length");
    byte[] bytes =
        length.isEmpty() ? input.readAllBytes() : exactly(Integer.parseInt(length.get(0)));
    return new String(bytes, UTF_8);
  }

  private String chunked() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toString(UTF_8);
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the response is truncated");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = input.read(); c != '\n'; c = input.read()) {
      if (c < 0) {
        throw new EOFException("the response is truncated");
      }
      line.write(c);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
