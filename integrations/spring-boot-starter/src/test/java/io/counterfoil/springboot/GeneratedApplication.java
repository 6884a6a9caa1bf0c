package io.counterfoil.springboot;

import io.counterfoil.http.ManagementPolicy;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application with each bean of the starter. It calls itself, prints the responses, and ends. */
@EnableAutoConfiguration
@Import(HelloApplication.class)
public class GeneratedApplication {
  @Bean
  ManagementPolicy policy() {
    return ManagementPolicy.tokensWith("tokens");
  }

  public static void main(String[] arguments) throws Exception {
    var context = SpringApplication.run(GeneratedApplication.class, arguments);
    try (Server server = new Server(context)) {
      System.out.println("without a token: " + server.get("/api/hello").statusCode());
      System.out.println(
          "with a token: " + server.get("/api/hello", server.tokenWith()).body());
      System.out.println(
          "management: " + server.get("/tokens", server.tokenWith("tokens")).statusCode());
      System.out.println("page: " + server.get("/page/").statusCode());
    }
  }
}
