/** An MCP server of Spring AI that is guarded by API tokens. Its README shows how a client sends its token. */
@NullMarked
package io.counterfoil.examples.mcp;

import org.jspecify.annotations.NullMarked;
