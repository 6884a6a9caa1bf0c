package io.counterfoil.examples.panel;

/** Commands that a user can paste into a terminal. */
final class ExampleCommands {
  private ExampleCommands() {}

  /** Returns the commands for the panel at {@code url}, which ends with a slash. */
  static String toTry(String url) {
    return """
        Manage tokens in a browser: %1$spanel/settings/tokens/

        Or try it in another terminal, after TOKEN=<the token>

        curl -H "Authorization: Bearer $TOKEN" %1$spanel/api/server/status
        curl -H "Authorization: Bearer $TOKEN" %1$spanel/api/setting/apiTokens
        curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
             -d '{"name":"central-panel-a"}' %1$spanel/api/setting/apiTokens/create
        """.formatted(url);
  }
}
