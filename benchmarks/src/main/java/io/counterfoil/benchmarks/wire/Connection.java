package io.counterfoil.benchmarks.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;

/** A connection on which every answer is as long as the first. For use by one thread. */
final class Connection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String HEAD_END = "\r\n\r\n";
  private static final String LENGTH_FIELD = "\r\ncontent-length: ";
  private static final int STATUS_LINE_START = "HTTP/1.1 200".length();

  private final Socket socket;
  private final InputStream input;
  private byte[] first = {};
  private byte[] answer = {};

  Connection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** Asks, reads the whole answer, and returns its status. */
  int ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    if (first.length == 0) {
      first = firstAnswer();
      answer = new byte[first.length];
    } else if (input.readNBytes(answer, 0, answer.length) < answer.length || !isLikeFirst()) {
      throw new IOException("another answer: " + new String(answer, US_ASCII));
    }
    return Integer.parseInt(new String(first, STATUS_LINE_START - 3, 3, US_ASCII));
  }

  private boolean isLikeFirst() {
    return Arrays.equals(answer, 0, STATUS_LINE_START, first, 0, STATUS_LINE_START);
  }

  private byte[] firstAnswer() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(HEAD_END) < 0) {
      text.append(next());
    }
    String head = text.toString().toLowerCase(Locale.ROOT);
    int length = head.indexOf(LENGTH_FIELD);
    if (length < 0) {
      throw new IOException("an answer without a length: " + head);
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
      throw new EOFException("the answer breaks off");
    }
    return (char) character;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
