package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.counterfoil.NewToken;
import io.counterfoil.StoredToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.testing.BrokenStore;
import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testkit.ForwardingTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a long list is created page by page, while a client reads it. */
class TokenListStreamTest {

  /** A store with many copies of one row. It counts the pages that are read. */
  static final class ManyTokens extends ForwardingTokenStore {
    private final StoredToken row;
    private final int size;
    private int pages;

    ManyTokens(int size) {
      super(new InMemoryTokenStore());
      this.size = size;
      TokenManager.builder(delegate)
          .build()
          .create(NewToken.named("n".repeat(64)).owner("ann"));
      row = delegate.findById(1).orElseThrow();
    }

    @Override
    public List<StoredToken> list(TokenQuery query, long afterId, int limit) {
      pages++;
      return LongStream.rangeClosed(afterId + 1, Math.min(size, afterId + limit))
          .mapToObj(row::withId)
          .toList();
    }
  }

  private static ApiResponse list(TokenStore store) {
    return TokenApi.of(
            TokenManager.builder(store).build(), request -> Optional.of(Caller.user("ann")))
        .handle(get(""));
  }

  @Test // P6
  void sixty_thousand_tokens_are_read_page_by_page_as_the_client_reads() throws IOException {
    ManyTokens store = new ManyTokens(60_000);
    ApiResponse response = list(store);
    assertThat(store.pages).isOne(); // before the status is sent
    InputStream body = response.body();
    int bytes = 0;
    int pageBytes = 500 * 100;
    byte[] part = new byte[1000];
    for (int read = body.read(part); read >= 0; read = body.read(part)) {
      bytes += read;
      assertThat(store.pages).isLessThanOrEqualTo(2 + bytes / pageBytes);
    }
    assertThat(bytes).isGreaterThan(60_000 * 100);
    assertThat(store.pages).isEqualTo(121);
  }

  @ParameterizedTest // E1
  @ValueSource(ints = {0, 1, 499, 500, 501, 1000, 1001})
  void the_body_is_the_same_whatever_the_number_of_pages_and_the_size_of_a_read(int size)
      throws IOException {
    ApiResponse response = list(new ManyTokens(size));
    StringBuilder expected = new StringBuilder("{\"success\":true,\"obj\":[");
    String member =
        text(list(new ManyTokens(1))).replaceFirst("^.*\\[", "").replaceFirst("]}$", "");
    IntStream.rangeClosed(1, size)
        .forEach(id -> expected
            .append(id == 1 ? "" : ",")
            .append(member.replace("\"id\":1,", "\"id\":" + id + ',')));
    expected.append("]}");
    assertThat(text(response)).isEqualTo(expected.toString());
    InputStream body = response.body();
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    for (int b = body.read(); b >= 0; b = body.read()) {
      single.write(b);
    }
    assertThat(single).hasToString(expected.toString());
    assertThat(body.read()).isEqualTo(-1);
    assertThat(response.contentLength().isPresent()).isEqualTo(size < 500);
  }

  @ParameterizedTest // I2, L1
  @MethodSource("io.counterfoil.testing.BrokenStore#failures")
  void a_later_failure_breaks_the_body_off_for_good_and_is_logged_once(Throwable failure)
      throws IOException {
    ManyTokens store = new ManyTokens(1001);
    ApiResponse response = list(BrokenStore.failingAfterFirstPage(store, "ann", failure));
    assertThat(response.status()).isEqualTo(200);
    InputStream body = response.body();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    String log = CapturedLog.of(() -> {
      assertThatThrownBy(() -> body.transferTo(sent))
          .isInstanceOf(IOException.class)
          .hasNoCause()
          .hasMessage("The list of tokens is incomplete");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(body::read).isInstanceOf(IOException.class);
      }
    });
    assertThat(sent.toString(UTF_8)).contains("\"id\":500,").doesNotContain("\"id\":501,", "]");
    assertThat(log)
        .containsOnlyOnce("Broke off a response")
        .containsOnlyOnce(" ERROR ")
        .doesNotContain(BrokenStore.SECRET);
  }
}
