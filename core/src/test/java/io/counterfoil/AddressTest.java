package io.counterfoil;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.Verdict.Accepted;
import io.counterfoil.Verdict.Reason;
import io.counterfoil.Verdict.Rejected;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with allowed addresses. */
@Tag("locale")
class AddressTest {
  private final MapStore store = new MapStore();
  private final TokenManager tokens = TokenManager.builder(store).recordNoUses().build();

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24,        192.0.2.0,              true",
    "192.0.2.0/24,        192.0.2.255,            true",
    "192.0.2.0/24,        192.0.3.0,              false",
    "192.0.2.7,           192.0.2.7,              true",
    "192.0.2.7,           192.0.2.6,              false",
    "192.0.2.128/25,      192.0.2.127,            false",
    "0.0.0.0/0,           255.255.255.255,        true",
    "0.0.0.0/0,           ::1,                    false",
    "2001:db8::/32,       2001:db8:ffff::1,       true",
    "2001:db8::/32,       2001:db9::,             false",
    "2001:db8::/33,       2001:db8:8000::,        false",
    "::1,                 ::1,                    true",
    "::/0,                192.0.2.1,              false",
    "192.0.2.0/24,        ::ffff:192.0.2.9,       true",
    "::ffff:192.0.2.0/120,192.0.2.9,              true",
    "::ffff:c000:200/120, 192.0.2.9,              true",
    "::ffff:192.0.2.0/120,192.0.3.9,              false"
  })
  void a_range_has_the_addresses_that_begin_with_its_bits(
      String range, String address, boolean contained) {
    assertThat(AddressRange.parse(range).contains(address(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/24",
        "192.0.2.1/24",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/",
        "192.0.2.0/24/24",
        "192.0.2.0/ 24",
        "192.0.2.0/024",
        "192.0.2",
        "192.0.2.0.0",
        "192.0.2.01",
        "0xc0.0.2.1",
        "3221225985",
        "256.0.0.1",
        "192.0.2.\u0661",
        " 192.0.2.1",
        "192.0.2.1\n",
        "localhost",
        "example.org",
        "abc",
        ".:1",
        ":",
        ":::",
        "1:2",
        "fe80::1%eth0",
        "[::1]",
        "2001:db8::1/32",
        "2001:db8::/129",
        "::ffff:192.0.2.0/95",
        "::ffff:192.0.2.0/24"
      })
  void an_invalid_range_is_rejected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressRange.parse(text))
        .withMessageContaining("(expected: an IP address, or a range such as");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("n").allowedAddresses("::1", text));
  }

  @Property
  void a_range_has_its_first_and_last_address_and_not_the_one_before(
      @ForAll @Size(16) byte[] sixteen, @ForAll boolean ipv4, @ForAll @IntRange(max = 128) int bits)
      throws Exception {
    byte[] bytes = InetAddress.getByAddress(ipv4 ? Arrays.copyOf(sixteen, 4) : sixteen)
        .getAddress(); // 4 bytes for an IPv4-mapped address
    int prefix = Math.min(bits, bytes.length * Byte.SIZE);
    byte[] first = bytes.clone();
    byte[] last = bytes.clone();
    for (int i = prefix; i < bytes.length * Byte.SIZE; i++) {
      first[i / 8] &= (byte) ~(0x80 >> i % 8);
      last[i / 8] |= (byte) (0x80 >> i % 8);
    }
    // An IPv4-mapped address is an IPv4 address, and in no range of IPv6 addresses.
    Assume.that(InetAddress.getByAddress(last).getAddress().length == bytes.length);
    InetAddress start = InetAddress.getByAddress(first);
    AddressRange range = AddressRange.parse(start.getHostAddress() + '/' + prefix);
    assertThat(AddressRange.parse(range.toString())).isEqualTo(range);
    assertThat(range.contains(start)).isTrue();
    assertThat(range.contains(InetAddress.getByAddress(last))).isTrue();
    if (prefix > 0) {
      first[(prefix - 1) / 8] ^= (byte) (0x80 >> (prefix - 1) % 8);
      assertThat(range.contains(InetAddress.getByAddress(first))).isFalse();
    }
  }

  @Property // a name lookup would take long and would sometimes succeed
  void arbitrary_text_is_not_an_address(@ForAll String text) {
    assertThat(AddressRange.address(text)).isEmpty();
  }

  @Test
  void a_token_is_accepted_from_its_addresses_only() {
    NewToken newToken = NewToken.named("ci").allowedAddresses("192.0.2.0/24", "2001:db8::/32");
    CreatedToken created = tokens.create(newToken);
    assertThat(created.token().allowedAddresses())
        .containsExactly("192.0.2.0/24", "2001:db8:0:0:0:0:0:0/32");
    assertThat(tokens.find(1)).contains(created.token());
    String plaintext = created.reveal();
    assertThat(tokens.authenticate(plaintext, address("192.0.2.9"))).isInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(plaintext, address("2001:db8::9"))).isInstanceOf(Accepted.class);
    Rejected elsewhere = new Rejected(Reason.ADDRESS_NOT_ALLOWED, OptionalLong.of(1));
    assertThat(tokens.authenticate(plaintext, address("192.0.3.9"))).isEqualTo(elsewhere);
    assertThat(tokens.authenticate(plaintext)).as("from nowhere").isEqualTo(elsewhere);
  }

  @Test
  void a_token_without_addresses_is_accepted_from_anywhere() {
    String plaintext = tokens.create(NewToken.named("ci")).reveal();
    assertThat(tokens.authenticate(plaintext, address("192.0.2.9"))).isInstanceOf(Accepted.class);
    assertThat(tokens.authenticate(plaintext)).isInstanceOf(Accepted.class);
  }

  @Test // A9: a row that a newer version wrote is rejected without an exception
  void an_unreadable_range_contains_no_address() {
    String plaintext =
        tokens.create(NewToken.named("ci").allowedAddresses("192.0.2.1")).reveal();
    String[] words = store.findById(1).orElseThrow().text().split(" ");
    words[9] =
        '=' + Base64.getUrlEncoder().withoutPadding().encodeToString("eu-west".getBytes(US_ASCII));
    store.replace(1, row -> StoredToken.ofText(String.join(" ", words)));
    assertThat(tokens.authenticate(plaintext, address("192.0.2.1")))
        .isEqualTo(new Rejected(Reason.ADDRESS_NOT_ALLOWED, OptionalLong.of(1)));
  }

  @Test
  void a_rotation_keeps_the_addresses() {
    tokens.create(NewToken.named("ci").allowedAddresses("192.0.2.1"));
    CreatedToken rotated = tokens.rotate(1, Duration.ZERO).orElseThrow();
    assertThat(rotated.token().allowedAddresses()).isEqualTo(Set.of("192.0.2.1/32"));
    assertThat(tokens.authenticate(rotated.reveal())).isNotInstanceOf(Accepted.class);
  }

  @Test
  void more_addresses_than_a_store_keeps_are_refused() {
    String[] many = IntStream.range(100, 170).mapToObj(i -> "192.0.2." + i).toArray(String[]::new);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewToken.named("n").allowedAddresses(many))
        .withMessage("allowedAddresses: 1049 characters (expected: at most 1000)");
  }

  private static InetAddress address(String text) {
    return AddressRange.address(text).orElseThrow();
  }

  @Test
  void the_address_is_determined_only_for_a_token_with_allowed_addresses() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<Optional<InetAddress>> from = () -> {
      asked.incrementAndGet();
      return Optional.of(address("192.0.2.1"));
    };
    String free = tokens.create(NewToken.named("free")).reveal();
    String bound =
        tokens.create(NewToken.named("bound").allowedAddresses("192.0.2.0/24")).reveal();
    assertThat(tokens.authenticate("nonsense", from)).isInstanceOf(Rejected.class);
    assertThat(tokens.authenticate(free, from)).isInstanceOf(Accepted.class);
    assertThat(asked).hasValue(0);
    assertThat(tokens.authenticate(bound, from)).isInstanceOf(Accepted.class);
    assertThat(asked).hasValue(1);
  }
}
