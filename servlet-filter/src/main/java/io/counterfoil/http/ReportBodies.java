package io.counterfoil.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Reads the bodies of reports. The signature of a report can be verified only when its whole body has arrived, so
 * strangers can make the server buffer bodies too.
 *
 * <p>Therefore at most 16 bodies of more than 16 KiB are in memory at the same time. Another one is refused with 503,
 * not 429: its sender may have sent nothing else. A body of up to 16 KiB is always read, so that clients that occupy all
 * 16 places by sending slowly do not keep ordinary reports out. They lose their places after 30 seconds, when further
 * bytes arrive or the container's own read timeout ends.
 */
final class ReportBodies {
  /** In bytes: enough for a few thousand plaintexts. */
  static final int LIMIT = 1024 * 1024;

  static final int MAX_LARGE = 16;

  /** GitHub waits this long for the response, so a slower body is of no use. */
  static final Duration MAX_TIME = Duration.ofSeconds(30);

  private final Semaphore places = new Semaphore(MAX_LARGE);
  private final LongSupplier nanos;

  ReportBodies(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** What is done with a body while it occupies its place. */
  @FunctionalInterface
  interface Use<T> {
    T apply(byte[] body) throws ApiException;
  }

  /** Reads a body and passes it on. */
  <T> T read(ApiRequest request, Use<T> use) throws ApiException {
    try (Place place = new Place()) {
      return use.apply(RequestBody.bytes(request, LIMIT, body -> read(body, place)));
    }
  }

  private byte[] read(InputStream body, Place place) throws IOException, ApiException {
    byte[] start = body.readNBytes(RequestBody.LIMIT + 1);
    if (start.length <= RequestBody.LIMIT) {
      return start;
    }
    place.take();
    byte[] rest = new TimedStream(body).readNBytes(LIMIT + 1 - start.length);
    byte[] all = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }

  /** The place of a large body. Closing it is harmless if it was not taken. */
  private final class Place implements AutoCloseable {
    private boolean isTaken;

    void take() throws ApiException {
      if (!places.tryAcquire()) {
        throw new ApiException(Responses.TOO_MANY_LARGE_BODIES);
      }
      isTaken = true;
    }

    @Override
    public void close() {
      if (isTaken) {
        places.release();
      }
    }
  }

  /** A stream that throws at the first byte that arrives too late. */
  private final class TimedStream extends FilterInputStream {
    private final long start = nanos.getAsLong();

    TimedStream(InputStream body) {
      super(body);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (nanos.getAsLong() - start > MAX_TIME.toNanos()) {
        throw new SocketTimeoutException("The body did not arrive in time");
      }
      return count;
    }
  }
}
