package io.counterfoil.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A server with a public page, pages for tokens, and the management API at {@code /api/tokens}. */
@SpringBootApplication(proxyBeanMethods = false)
public final class SpringBootExample {
  private SpringBootExample() {}

  /** Starts the server. */
  public static void main(String[] args) {
    SpringApplication.run(SpringBootExample.class, args);
  }
}
