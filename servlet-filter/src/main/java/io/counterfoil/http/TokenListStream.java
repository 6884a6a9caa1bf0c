package io.counterfoil.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.counterfoil.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * The body of a list: its JSON in the envelope, in UTF-8. Each page of tokens is read when the pages before it have been
 * read from this stream, so at most one page is in memory, and a client that reads slowly occupies no connection of the
 * store. For use by one thread.
 */
final class TokenListStream extends InputStream {
  /** A page with fewer tokens is the last one. */
  static final int PAGE_SIZE = 500;

  private final Pages pages;
  private final TokenJson format;
  private final ByteArrayOutputStream json = new ByteArrayOutputStream();
  private final JsonGenerator generator;
  private byte[] chunk = {};
  private int position;
  private State state = State.FIRST_PAGE;
  private List<Token> page;

  /** Reads pages. */
  @FunctionalInterface
  interface Pages {
    /** Returns the tokens whose ids are greater than the given one, at most {@link #PAGE_SIZE}. */
    List<Token> after(long id) throws ApiException;
  }

  private enum State {
    FIRST_PAGE,
    MORE_PAGES,
    COMPLETE,
    FAILED
  }

  /**
   * Creates the body of a list.
   *
   * @param first the first page
   * @param pages reads the further pages
   * @param format writes the tokens
   */
  TokenListStream(List<Token> first, Pages pages, TokenJson format) {
    this.page = first;
    this.pages = pages;
    this.format = format;
    this.generator = Json.generator(json);
  }

  /** Returns the body of a list that consists of these tokens. */
  static byte[] bytes(List<Token> tokens, TokenJson format) {
    return Json.object(members -> {
      writeStart(members);
      for (Token token : tokens) {
        format.write(members, token);
      }
      members.writeEndArray();
    });
  }

  private static void writeStart(JsonGenerator members) throws IOException {
    members.writeBooleanField("success", true);
    members.writeArrayFieldStart("obj");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    while (position == chunk.length && state != State.COMPLETE) {
      fill();
    }
    if (length > 0 && position == chunk.length) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  /** A failure is final: if a later call could continue or end the list, it would have a gap. */
  private void fill() throws IOException {
    if (state == State.FAILED) {
      throw new BrokenListException();
    }
    try {
      writePage();
    } catch (Throwable failure) { // errors too, as in GuardedHandler
      state = State.FAILED;
      FailureLog.logBroken(failure);
      throw new BrokenListException();
    }
    chunk = json.toByteArray();
    json.reset();
    position = 0;
  }

  private void writePage() throws IOException, ApiException {
    if (state == State.FIRST_PAGE) {
      generator.writeStartObject();
      writeStart(generator);
    } else {
      page = pages.after(page.get(page.size() - 1).id());
    }
    for (Token token : page) {
      format.write(generator, token);
    }
    state = State.MORE_PAGES;
    if (page.size() < PAGE_SIZE) {
      generator.writeEndArray();
      generator.writeEndObject();
      state = State.COMPLETE;
    }
    generator.flush();
  }

  /** Has no cause and no stack trace, because the container logs it, and the failure is already logged. */
  private static final class BrokenListException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenListException() {
      super("The list of tokens is incomplete");
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
