package io.counterfoil.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A server with one page, {@code /api/hello}, and the management API at {@code /api/tokens}. */
@SpringBootApplication(proxyBeanMethods = false)
public final class SpringBootExample {
  private SpringBootExample() {}

  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    SpringApplication.run(SpringBootExample.class, args);
  }
}
