package io.counterfoil.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.AddressRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the remote address that a container reports. */
class ServletApiRequestTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,              192.0.2.1",
    "0:0:0:0:0:0:0:1,        ::1",
    "[0:0:0:0:0:0:0:1],      ::1",
    "fe80:0:0:0:0:0:0:1%eth0,fe80::1",
    "[fe80::1%2],            fe80::1",
    "::ffff:192.0.2.1,       192.0.2.1"
  })
  void an_address_is_parsed_in_every_notation_of_the_containers(String written, String address) {
    assertThat(ServletApiRequest.address(written)).isEqualTo(AddressRange.address(address));
    assertThat(ServletApiRequest.address(written)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[]", "localhost", "@", "/run/socket", "[::1"})
  void an_invalid_address_is_empty(String written) {
    assertThat(ServletApiRequest.address(written)).isEmpty();
  }
}
