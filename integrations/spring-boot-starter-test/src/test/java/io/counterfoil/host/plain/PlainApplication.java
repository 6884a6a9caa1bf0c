package io.counterfoil.host.plain;

import java.security.Principal;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application without Spring Security, and its only controller. It has a package of its own, because Spring Boot reads all
 * classes of its package, and the others there need Spring Security.
 */
@Configuration
@EnableAutoConfiguration
@RestController
public class PlainApplication {

  @PostMapping("/servers")
  public String start(Principal user) {
    return user.getName();
  }
}
