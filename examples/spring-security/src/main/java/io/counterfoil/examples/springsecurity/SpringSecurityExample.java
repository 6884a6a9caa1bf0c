package io.counterfoil.examples.springsecurity;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A server with a public page, pages for tokens with a scope, and the management API at {@code /api/tokens}. */
@SpringBootApplication(proxyBeanMethods = false)
public final class SpringSecurityExample {
  private SpringSecurityExample() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    SpringApplication.run(SpringSecurityExample.class, args);
  }
}
