package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/** Describes the panel in a few lines and shows commands to try. */
final class WelcomeServlet extends PanelServlet {
  private static final long serialVersionUID = 1L;

  private static final String GREETING = """
      This is the Counterfoil panel: a server whose API accepts only requests with a token.
      The panel printed its first token when it started for the first time.

      """;

  private final transient Supplier<String> url;

  WelcomeServlet(Supplier<String> url) {
    this.url = url;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (isReadMethod(request, response)) {
      byte[] text = (GREETING + ExampleCommands.toTry(url.get())).getBytes(UTF_8);
      send(response, 200, "text/plain;charset=utf-8", text);
    }
  }
}
