package io.counterfoil.host;

import io.counterfoil.Token;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Responds with the owner and the name of the token. */
@RestController
class Servers {

  @GetMapping("/servers")
  String list(@AuthenticationPrincipal Token token) {
    return token.owner() + '/' + token.name();
  }

  @PostMapping("/servers")
  String start(@AuthenticationPrincipal Token token) {
    return token.owner() + '/' + token.name();
  }

  @DeleteMapping("/servers")
  @PreAuthorize("hasAuthority('SCOPE_servers:delete')")
  String delete() {
    return "deleted";
  }

  @GetMapping("/servers/reports")
  String reports() {
    return "reports";
  }
}
