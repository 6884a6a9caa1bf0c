package io.counterfoil.examples.mcp;

import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpToolParam;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Component;

/** A tool for every token that may use the server, and a tool for tokens with one more scope. */
@Component
class ServerTools {

  @McpTool(name = "list-servers", description = "Lists the servers")
  String list() {
    return "alpha, beta";
  }

  @McpTool(name = "restart-server", description = "Restarts a server")
  @PreAuthorize("hasAuthority('SCOPE_servers:write')")
  String restart(@McpToolParam(description = "The name of the server") String name) {
    return "Restarted " + name;
  }
}
