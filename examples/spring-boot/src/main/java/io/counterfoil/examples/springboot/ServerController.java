package io.counterfoil.examples.springboot;

import io.counterfoil.Token;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A public page, and an API that needs tokens. */
@RestController
class ServerController {
  private final JdbcClient database;

  ServerController(JdbcClient database) {
    this.database = database;
  }

  @GetMapping("/")
  String everybody() {
    return "Hello\n";
  }

  @GetMapping("/api/me")
  Map<String, String> me(@AuthenticationPrincipal Token token) {
    return Map.of("user", token.userName());
  }

  @GetMapping("/api/servers")
  @SuppressWarnings("NullAway") // no name is null
  List<String> servers() {
    return database
        .sql("SELECT name FROM servers ORDER BY name")
        .query(String.class)
        .list();
  }

  @PostMapping("/api/servers/restart")
  Map<String, Boolean> restart() {
    return Map.of("restarted", true);
  }
}
