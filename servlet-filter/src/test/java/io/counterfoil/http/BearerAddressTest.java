package io.counterfoil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.memory.InMemoryTokenStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client address of a request. The token is bound to 192.0.2.0/24; 10.0.0.0/8 and ::1 are trusted proxies. */
class BearerAddressTest {
  private final TokenManager tokens =
      TokenManager.builder(new InMemoryTokenStore()).recordNoUses().build();
  private final String plaintext =
      tokens.create(NewToken.named("bound").allowedAddresses("192.0.2.0/24")).reveal();

  private Outcome check(ForwardedHeader field, String socket, String... lines) {
    BearerAuthenticator bearer = BearerAuthenticator.builder(tokens)
        .trustedProxies(field, "10.0.0.0/8", "::1")
        .build();
    FakeRequest request =
        FakeRequest.get("/").from(socket).field("Authorization", "Bearer " + plaintext);
    for (String line : lines) {
      request.field(field == ForwardedHeader.FORWARDED ? "forwarded" : "x-forwarded-for", line);
    }
    return bearer.check(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        // a client that is not a trusted proxy: the header is ignored
        "192.0.2.9    |                                  | true",
        "192.0.2.9    | 198.51.100.1                     | true",
        "198.51.100.1 | 192.0.2.9                        | false",
        "nowhere      | 192.0.2.9                        | false",
        // behind a trusted proxy: the last address that is not a trusted proxy counts
        "10.0.0.1     | 192.0.2.9                        | true",
        "::1          | 192.0.2.9                        | true",
        "10.0.0.1     | 198.51.100.1, 192.0.2.9          | true",
        "10.0.0.1     | 192.0.2.9, 198.51.100.1          | false",
        "10.0.0.1     | 192.0.2.9, 10.1.2.3, 10.0.0.2    | true",
        "10.0.0.1     | 192.0.2.9,198.51.100.1,10.1.2.3  | false",
        "10.0.0.1     | ::ffff:192.0.2.9                 | true",
        "10.0.0.1     | 192.0.2.9:4711                   | true",
        "10.0.0.1     | [::ffff:192.0.2.9]:4711          | true",
        "10.0.0.1     | ::ffff:192.0.2.9%eth0            | true",
        // quotation marks and backslashes have no meaning
        "10.0.0.1     | \", 192.0.2.9                   | true",
        "10.0.0.1     | \"x\\, 192.0.2.9              | true",
        "10.0.0.1     | \"192.0.2.9, 198.51.100.1\"    | false",
        "10.0.0.1     | \"192.0.2.9\"                  | false",
        // an invalid address is unknown, and addresses before it are ignored
        "10.0.0.1     | 192.0.2.9, unknown               | false",
        "10.0.0.1     | 192.0.2.9, 10.1.2.3, _hidden     | false",
        "10.0.0.1     | 192.0.2.9,                       | false",
        "10.0.0.1     | 192.0.2.9, 010.0.0.1             | false",
        "10.0.0.1     | 192.0.2.9:port                   | false",
        "10.0.0.1     | 192.0.2.9%eth0                   | false",
        "10.0.0.1     | ::ffff:192.0.2.9%                | false",
        "10.0.0.1     | [::ffff:192.0.2.9                | false",
        "10.0.0.1     | [192.0.2.9]x                     | false",
        "10.0.0.1     | localhost                        | false",
        "10.0.0.1     |                                  | false"
      })
  void x_forwarded_for_is_read_from_its_end_if_a_proxy_is_trusted(
      String socket, String line, boolean granted) {
    String[] lines = line == null ? new String[0] : new String[] {line};
    assertThat(check(ForwardedHeader.X_FORWARDED_FOR, socket, lines) instanceof Granted)
        .isEqualTo(granted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "for=192.0.2.9                                       | true",
        "For=\"192.0.2.9:4711\"                              | true",
        "for=\"[::ffff:192.0.2.9]:4711\";proto=https         | true",
        "for=\"192.0.2.9:_port-1\"                           | true",
        "proto=http; for=192.0.2.9 ;by=203.0.113.43          | true",
        "for=198.51.100.1, for=192.0.2.9;host=\"a,b;for=x\"  | true",
        "for=192.0.2.9, for=198.51.100.1                     | false",
        "for=192.0.2.9, for=10.1.2.3;by=10.0.0.1             | true",
        "for=192.0.2.9, for=unknown                          | false",
        "for=192.0.2.9, for=_SEVKISEK                        | false",
        "for=192.0.2.9, proto=https                          | false",
        "for=192.0.2.9;for=192.0.2.9                         | false",
        "host=\"for=192.0.2.9\"                              | false",
        "host=\"x, for=192.0.2.9                             | false",
        "host=\"\\\", for=192.0.2.9;x=\"\"                    | false",
        "192.0.2.9                                           | false",
        "for = 192.0.2.9                                     | false",
        "for=\"192.0.2.9                                     | false"
      })
  void forwarded_is_read_from_its_end_by_its_grammar(String line, boolean granted) {
    assertThat(check(ForwardedHeader.FORWARDED, "10.0.0.1", line) instanceof Granted)
        .isEqualTo(granted);
  }

  @Test
  void repeated_header_lines_form_one_list_in_order() {
    assertThat(check(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "198.51.100.1", "192.0.2.9"))
        .isInstanceOf(Granted.class);
    assertThat(check(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "192.0.2.9", "198.51.100.1"))
        .isNotInstanceOf(Granted.class);
  }

  @Test // P9
  void each_header_line_is_read_alone() {
    for (String forged : List.of("\"", "for=\"", "x=\"a", "\\")) {
      assertThat(check(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", forged, "192.0.2.9"))
          .isInstanceOf(Granted.class);
      assertThat(check(ForwardedHeader.FORWARDED, "10.0.0.1", forged, "for=192.0.2.9"))
          .isInstanceOf(Granted.class);
      assertThat(check(ForwardedHeader.FORWARDED, "10.0.0.1", "for=192.0.2.9", forged))
          .isNotInstanceOf(Granted.class);
    }
    assertThat(check(ForwardedHeader.FORWARDED, "10.0.0.1", "x=\"", "for=192.0.2.9;y=\""))
        .as("two halves are no quoted string")
        .isNotInstanceOf(Granted.class);
  }

  @Test
  void only_the_configured_header_counts() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(tokens)
        .trustedProxies(ForwardedHeader.FORWARDED, "10.0.0.0/8")
        .build();
    FakeRequest request = FakeRequest.get("/")
        .from("10.0.0.1")
        .field("X-Forwarded-For", "192.0.2.9")
        .field("Authorization", "Bearer " + plaintext);
    assertThat(bearer.check(request)).isNotInstanceOf(Granted.class);
  }

  @Test
  void by_default_no_proxy_is_trusted_and_without_an_address_a_bound_token_is_refused() {
    BearerAuthenticator bearer = BearerAuthenticator.builder(tokens).build();
    FakeRequest request = FakeRequest.get("/")
        .from("127.0.0.1")
        .field("X-Forwarded-For", "192.0.2.9")
        .field("Forwarded", "for=192.0.2.9")
        .field("Authorization", "Bearer " + plaintext);
    assertThat(bearer.check(request)).isNotInstanceOf(Granted.class);
    assertThat(bearer.check(List.of("Bearer " + plaintext))).isNotInstanceOf(Granted.class);
  }

  @Test
  void an_invalid_proxy_range_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BearerAuthenticator.builder(tokens)
            .trustedProxies(ForwardedHeader.FORWARDED, "10.0.0.0/8", "proxy.example.org"))
        .withMessageContaining("(expected: an IP address, or a range such as");
  }

  @Test
  void create_and_list_have_a_member_for_addresses() {
    ApiFixture fixture = new ApiFixture();
    String created = ApiFixture.text(fixture.send(FakeRequest.post(
        "/create", "{\"name\":\"b\",\"allowedAddresses\":[\"::1\",\"192.0.2.0/24\"]}")));
    assertThat(created).contains("\"allowedAddresses\":[\"0:0:0:0:0:0:0:1/128\",\"192.0.2.0/24\"]");
    assertThat(ApiFixture.text(fixture.send(FakeRequest.get(""))))
        .contains("\"allowedAddresses\":[\"0:0:0:0:0:0:0:1/128\",\"192.0.2.0/24\"]");
    for (String wrong : List.of("[]", "[\"x\"]", "\"::1\"", "[\"192.0.2.1/24\"]", "[1]", "null")) {
      fixture.assertRefused(
          FakeRequest.post("/create", "{\"name\":\"c\",\"allowedAddresses\":" + wrong + '}'), 400);
    }
  }
}
