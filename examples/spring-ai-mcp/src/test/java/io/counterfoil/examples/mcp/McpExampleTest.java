package io.counterfoil.examples.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The MCP server, with the client of the MCP SDK and with plain requests. */
class McpExampleTest {
  private static final String INITIALIZE = """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

  @TempDir
  static Path folder;

  private static ConfigurableApplicationContext context;
  private static TokenManager tokens;

  @BeforeAll
  static void start() {
    context = SpringApplication.run(
        McpExample.class,
        "--server.port=0",
        "--spring.datasource.url=jdbc:h2:async:" + folder.resolve("tokens") + ";WRITE_DELAY=0",
        "--counterfoil.first-token-file=" + folder.resolve("first-token.txt"));
    tokens = context.getBean(TokenManager.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void a_client_with_a_token_lists_and_calls_tools() {
    try (McpSyncClient client = client(tokenWith("mcp"))) {
      assertThat(client.initialize().serverInfo().name()).isEqualTo("servers");
      assertThat(client.listTools().tools())
          .extracting(Tool::name)
          .containsExactlyInAnyOrder("list-servers", "restart-server");
      assertThat(text(client.callTool(call("list-servers", Map.of())))).contains("alpha, beta");
    }
  }

  @Test
  void the_first_token_may_call_every_tool() throws Exception {
    String first = Files.readString(folder.resolve("first-token.txt")).strip();
    try (McpSyncClient client = client(first)) {
      client.initialize();
      assertThat(text(client.callTool(call("restart-server", Map.of("name", "alpha")))))
          .contains("Restarted alpha");
    }
  }

  @Test
  void a_tool_may_need_a_scope_of_its_own() {
    CallToolRequest restart = call("restart-server", Map.of("name", "alpha"));
    try (McpSyncClient client = client(tokenWith("mcp"))) {
      client.initialize();
      CallToolResult denied = client.callTool(restart);
      assertThat(denied.isError()).isTrue();
      assertThat(text(denied)).contains("Access Denied").doesNotContain("Restarted");
    }
    try (McpSyncClient client = client(tokenWith("mcp", "servers:write"))) {
      client.initialize();
      assertThat(client.callTool(restart).isError()).isFalse();
    }
  }

  @Test
  void a_request_without_a_token_is_rejected_with_a_challenge() throws Exception {
    assertRejected(send(request()), 401, "Bearer realm=\"api\"");
  }

  @Test
  void a_token_without_the_scope_is_rejected_with_the_name_of_the_scope() throws Exception {
    assertRejected(
        send(request().header("Authorization", "Bearer " + tokenWith("servers:write"))),
        403,
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"mcp\"");
  }

  @Test
  void a_disabled_token_is_rejected_at_the_next_call() throws Exception {
    String token = tokenWith("mcp");
    try (McpSyncClient client = client(token)) {
      client.initialize();
      tokens.disable(tokens.list().reduce((one, next) -> next).orElseThrow().id());
      assertThatThrownBy(() -> client.callTool(call("list-servers", Map.of())));
    }
    assertRejected(
        send(request().header("Authorization", "Bearer " + token)),
        401,
        "Bearer realm=\"api\", error=\"invalid_token\"");
  }

  private static String tokenWith(String... scopes) {
    NewToken token = NewToken.named(UUID.randomUUID().toString()).scopes(scopes);
    return tokens.create(token).reveal();
  }

  private static McpSyncClient client(String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
    return McpClient.sync(HttpClientStreamableHttpTransport.builder(url())
            .requestBuilder(request)
            .build())
        .build();
  }

  private static CallToolRequest call(String tool, Map<String, Object> arguments) {
    return CallToolRequest.builder(tool).arguments(arguments).build();
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  private static HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create(url() + "/mcp"))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(INITIALIZE));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String url() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  private static void assertRejected(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().map()).doesNotContainKey("set-cookie");
  }
}
