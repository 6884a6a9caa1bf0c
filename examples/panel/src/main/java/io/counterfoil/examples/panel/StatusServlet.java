package io.counterfoil.examples.panel;

import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Reports uptime, memory and the name of the caller's token. It reads the request and the JVM only, never the store.
 */
final class StatusServlet extends PanelServlet {
  private static final long serialVersionUID = 1L;

  private final long started = System.nanoTime();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isReadMethod(request, response)) {
      var accepted = (Verdict.Accepted) request.getAttribute(BearerFilter.ACCEPTED);
      send(response, 200, status(accepted));
    }
  }

  private byte[] status(Verdict.Accepted accepted) throws IOException {
    Runtime jvm = Runtime.getRuntime();
    return JsonResponses.success(json -> {
      json.writeNumberField(
          "uptimeSeconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
      json.writeStringField("jvm", System.getProperty("java.vm.name") + ' ' + Runtime.version());
      json.writeObjectFieldStart("memory");
      json.writeNumberField("usedBytes", jvm.totalMemory() - jvm.freeMemory());
      json.writeNumberField("maxBytes", jvm.maxMemory());
      json.writeEndObject();
      json.writeStringField("token", accepted.token().name());
    });
  }
}
