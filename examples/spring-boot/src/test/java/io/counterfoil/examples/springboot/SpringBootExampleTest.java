package io.counterfoil.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management API, the paths and the database of the example, over HTTP. */
class SpringBootExampleTest {
  private final RunningApplication server = RunningApplication.shared();
  private final TokenManager tokens = server.bean(TokenManager.class);

  @Test
  void tokens_are_managed() throws Exception {
    String admin = server.tokenWith("*");
    HttpResponse<String> created =
        server.postJson("/api/tokens/create", "{\"name\":\"new\"}", admin);
    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(created.body()).contains("\"token\":\"cf_");

    long id = tokens.find("ann", "new").orElseThrow().id();
    assertThat(
            server.postJson("/api/tokens/create", "{\"name\":\"new\"}", admin).statusCode())
        .isEqualTo(409);
    assertThat(server
            .postJson("/api/tokens/setEnabled/" + id, "{\"enabled\":false}", admin)
            .statusCode())
        .isEqualTo(200);
    assertThat(server.get("/api/tokens", admin).body())
        .contains("\"name\":\"new\",\"enabled\":false")
        .doesNotContain("cf_");
    assertThat(server.postJson("/api/tokens/delete/" + id, "", admin).statusCode())
        .isEqualTo(200);
    assertThat(tokens.find(id)).isEmpty();
  }

  @Test
  void no_other_way_to_write_the_path_leads_around_the_rules() throws Exception {
    for (String path : Paths.SPELLINGS_OF_HELLO) {
      assertThat(
              server.sendRaw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
          .as(path)
          .containsPattern("^HTTP/1.1 40[01] ")
          .doesNotContain("Hello");
    }
  }

  @Test
  void tokens_and_their_last_use_survive_a_restart(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:async:" + folder.resolve("tokens") + ";WRITE_DELAY=0";
    String plaintext;
    try (RunningApplication first = RunningApplication.start(SpringBootExample.class, url)) {
      plaintext = "Bearer "
          + first
              .bean(TokenManager.class)
              .create(NewToken.named("a").owner("ann"))
              .reveal();
      assertThat(first.get("/api/hello", plaintext).statusCode()).isEqualTo(200);
    }
    try (RunningApplication second = RunningApplication.start(SpringBootExample.class, url)) {
      List<Token> kept = second.bean(TokenManager.class).list().toList();
      assertThat(kept).extracting(Token::name).containsExactly("bootstrap", "a");
      assertThat(kept.get(1).lastUsedAt()).isPresent();
      assertThat(second.get("/api/hello", plaintext).body()).isEqualTo("Hello ann\n");
    }
  }
}
