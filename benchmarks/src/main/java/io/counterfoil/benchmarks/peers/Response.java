package io.counterfoil.benchmarks.peers;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/** An answer that nobody reads but for its status; used again and again. */
final class Response extends HttpServletResponseWrapper {
  private final ServletOutputStream nowhere = new Nowhere();
  private int status = SC_OK;

  Response() {
    super(Refusing.every(HttpServletResponse.class));
  }

  Response again() {
    status = SC_OK;
    return this;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int newStatus) {
    status = newStatus;
  }

  @Override
  public void setHeader(String name, String value) {}

  @Override
  public void addHeader(String name, String value) {}

  @Override
  public @Nullable String getHeader(String name) {
    return null;
  }

  @Override
  public boolean containsHeader(String name) {
    return false;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void resetBuffer() {}

  @Override
  public void setContentLength(int length) {}

  @Override
  public ServletOutputStream getOutputStream() {
    return nowhere;
  }

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public void write(int character) {}

    @Override
    public void write(byte[] bytes, int start, int length) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
