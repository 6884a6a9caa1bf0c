package io.counterfoil.examples.springboot;

import io.counterfoil.Verdict;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A public page, a page for every token, and pages for tokens with a scope. */
@RestController
class ServerController {

  @GetMapping("/public")
  String everybody() {
    return "Hello\n";
  }

  @GetMapping("/api/hello")
  String hello(@AuthenticationPrincipal Verdict.Accepted accepted) {
    return "Hello " + accepted.token().userName() + '\n';
  }

  @GetMapping("/api/servers")
  String servers() {
    return "One server\n";
  }

  @PostMapping("/api/servers/restart")
  @PreAuthorize("hasAuthority('SCOPE_servers:write')")
  String restart() {
    return "Restarted\n";
  }
}
