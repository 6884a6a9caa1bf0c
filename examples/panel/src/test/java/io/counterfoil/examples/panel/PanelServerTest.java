package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.memory.InMemoryTokenStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server with a store that can be observed and made to fail. */
class PanelServerTest {
  private final TokenStore store = spy(new InMemoryTokenStore());
  private final TokenManager tokens = TokenManager.builder(store).build();
  private PanelServer server;
  private String plaintext;

  @BeforeEach
  void start() throws Exception {
    server = PanelServer.bind("127.0.0.1", 0);
    server.start(tokens);
    plaintext = tokens.create(NewToken.named("bot")).reveal();
    clearInvocations(store);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void the_status_calls_the_store_once_to_find_the_token() throws Exception {
    assertThat(get(PanelProcess.STATUS).statusCode()).isEqualTo(200);
    verify(store).findByHash(any());
    verifyNoMoreInteractions(store);
  }

  @Test // I1, I2
  void a_failing_store_is_503_everywhere_below_the_api() throws Exception {
    doThrow(new TokenStoreException("the database is away", new IllegalStateException("secret")))
        .when(store)
        .findByHash(any());
    for (String path : new String[] {PanelProcess.STATUS, PanelProcess.API, "/panel/api/none"}) {
      HttpResponse<String> answer = get(path);
      Responses.assertEnvelope(answer, 503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(answer.body()).doesNotContain("database", "secret");
    }
  }

  @Test // L2: HttpServlet would answer TRACE with the request, including the token
  void trace_is_refused_everywhere_and_echoes_nothing() throws Exception {
    for (String path : new String[] {
      "/",
      PanelProcess.STATUS,
      PanelProcess.API,
      ManagementPage.PATH,
      ManagementPage.PATH + "page.js"
    }) {
      HttpResponse<String> answer = send("TRACE", path);
      Responses.assertEnvelope(answer, 405);
      assertThat(answer.headers().map() + answer.body()).doesNotContain(plaintext);
    }
    Responses.assertEnvelope(send("TRACE", "/none"), 404);
  }

  @Test
  void an_address_of_version_6_is_written_in_brackets() {
    assertThat(PanelServer.url("::1", 8080)).isEqualTo("http://[::1]:8080/");
    assertThat(PanelServer.url("localhost", 8080)).isEqualTo("http://localhost:8080/");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url()).resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + plaintext)
                .build(),
            BodyHandlers.ofString());
  }
}
