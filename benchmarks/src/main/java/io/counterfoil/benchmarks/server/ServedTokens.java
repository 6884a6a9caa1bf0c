package io.counterfoil.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tokens of a measured server.
 *
 * @param plaintexts the plaintexts of all tokens
 */
record ServedTokens(TokenStore store, TokenManager manager, List<String> plaintexts) {

  /** Creates tokens in a store, with the default settings. */
  static ServedTokens in(TokenStore store, int tokens) {
    return in(store, TokenManager.builder(store).build(), tokens);
  }

  static ServedTokens in(TokenStore store, TokenManager manager, int tokens) {
    return new ServedTokens(
        store,
        manager,
        IntStream.range(0, tokens)
            .mapToObj(i -> manager.create(NewToken.named("token-" + i)).reveal())
            .toList());
  }

  /** Returns the bytes of one HTTP request for each token. */
  static List<byte[]> requests(List<String> plaintexts) {
    return plaintexts.stream()
        .map(plaintext ->
            "GET " + PageServlet.PATH + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
                + "Authorization: Bearer " + plaintext + "\r\n\r\n")
        .map(request -> request.getBytes(US_ASCII))
        .toList();
  }
}
