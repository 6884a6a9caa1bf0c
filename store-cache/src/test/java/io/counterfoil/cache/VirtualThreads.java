package io.counterfoil.cache;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Creates virtual threads by reflection, because Java 17 has none. Finds virtual threads that pinned their carrier thread. */
final class VirtualThreads {
  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final String LIBRARY = "io.counterfoil.";

  private VirtualThreads() {}

  static ThreadFactory factory() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Method factory = Class.forName("java.lang.Thread$Builder").getMethod("factory");
    return (ThreadFactory) factory.invoke(builder);
  }

  /**
   * Returns all events, however short, in which a virtual thread pinned its carrier while code of the library was on its stack.
   */
  static List<RecordedEvent> pinnedDuring(Callable<?> action) throws Exception {
    Path file = Files.createTempFile("pinned", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
      recording.start();
      action.call();
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(VirtualThreads::isPinnedInLibrary)
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static boolean isPinnedInLibrary(RecordedEvent event) {
    return event.getEventType().getName().equals(PINNED)
        && event.getStackTrace().getFrames().stream().anyMatch(VirtualThreads::isInLibrary);
  }

  private static boolean isInLibrary(RecordedFrame frame) {
    return frame.getMethod().getType().getName().startsWith(LIBRARY);
  }
}
