package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;

/** An HTTP connection whose responses all have the length of the first one. Not thread-safe. */
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final String HEAD_END = "\r\n\r\n";
  private static final String LENGTH_FIELD = "\r\ncontent-length: ";
  private static final int STATUS_LINE_START = "HTTP/1.1 200".length();

  private final Socket socket;
  private final InputStream input;
  private byte[] first = {};
  private byte[] response = {};

  HttpConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a request, reads the whole response, and returns its status. */
  int send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    if (first.length == 0) {
      first = firstResponse();
      response = new byte[first.length];
    } else if (input.readNBytes(response, 0, response.length) < response.length
        || !hasStatusOfFirst()) {
      throw new IOException("unexpected response: " + new String(response, US_ASCII));
    }
    return Integer.parseInt(new String(first, STATUS_LINE_START - 3, 3, US_ASCII));
  }

  private boolean hasStatusOfFirst() {
    return Arrays.equals(response, 0, STATUS_LINE_START, first, 0, STATUS_LINE_START);
  }

  private byte[] firstResponse() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(HEAD_END) < 0) {
      text.append(next());
    }
    String head = text.toString().toLowerCase(Locale.ROOT);
    int length = head.indexOf(LENGTH_FIELD);
    if (length < 0) {
      throw new IOException("no content length: " + head);
    }
    int start = length + LENGTH_FIELD.length();
    int missing = Integer.parseInt(head.substring(start, head.indexOf('\r', start)));
    while (missing-- > 0) {
      text.append(next());
    }
    return text.toString().getBytes(US_ASCII);
  }

  private char next() throws IOException {
    int character = input.read();
    if (character < 0) {
      throw new EOFException("the response is incomplete");
    }
    return (char) character;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
