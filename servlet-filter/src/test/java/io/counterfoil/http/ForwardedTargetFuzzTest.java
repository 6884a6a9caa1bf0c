package io.counterfoil.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** D2, D3, N2: the target of a gateway. No header causes an exception. */
class ForwardedTargetFuzzTest {
  private static Optional<String> path(String uri) {
    FakeRequest request =
        FakeRequest.get("").field("X-Forwarded-Method", "GET").field("X-Forwarded-Uri", uri);
    return ForwardedTarget.of(request).map(ForwardedTarget::path);
  }

  /** The strictest reading: nothing that any server decodes twice, cuts off, merges or resolves. */
  private static boolean isPlain(String path) {
    List<String> segments = List.of(path.substring(1).split("/", -1));
    return path.startsWith("/")
        && path.matches("[^\\x00-\\x1f\\x7f-\\x9f;%\\\\?#\\ufffd]*")
        && segments.stream().noneMatch(s -> s.matches("\\.{1,2}|\\*"))
        && (path.equals("/")
            || segments.stream().limit(segments.size() - 1L).noneMatch(String::isEmpty));
  }

  @Property
  void any_uri(@ForAll String uri) {
    path(uri).ifPresent(path -> assertThat(isPlain(path)).isTrue());
    path('/' + uri).ifPresent(path -> assertThat(isPlain(path)).isTrue());
  }

  @Property
  void a_path_is_read_as_by_the_uri_parser_of_the_jdk_or_not_at_all(@ForAll("uris") String uri) {
    Optional<String> path = path(uri);
    String raw = uri.replaceFirst("(?s)\\?.*", "");
    boolean decodable = !raw.matches("(?s).*%(?![0-9a-fA-F]{2}).*") && raw.matches("[!-~]*");
    String once = decodable ? URLDecoder.decode(raw.replace("+", "%2B"), UTF_8) : "";
    boolean legal = decodable && !raw.matches(".*%2[fF].*") && !once.isEmpty() && isPlain(once);
    assertThat(path).isEqualTo(legal ? Optional.of(once) : Optional.empty());
    try {
      String jdk = new URI(uri).getPath();
      path.ifPresent(ours -> assertThat(ours).isEqualTo(jdk));
    } catch (URISyntaxException stricter) {
      // no server of the JDK reads it at all
    }
    Statistics.collect(path.isPresent());
  }

  @Property
  void every_unambiguous_path_is_found_again_in_its_encoding(@ForAll String text) {
    String path = '/' + text;
    String encoded = PercentEncoding.encode(path);
    boolean lossless = UTF_8.newEncoder().canEncode(text);
    assertThat(path(encoded))
        .isEqualTo(
            lossless && isPlain(path) ? Optional.of(path) : path(encoded).filter(p -> !lossless));
  }

  @Property
  void every_text_is_encoded_as_a_header_value_and_decoded_to_itself(@ForAll("texts") String text) {
    String encoded = PercentEncoding.encode(text);
    assertThat(encoded).matches("[0-9A-Za-z._~:@/*%-]*").isNotEqualTo("-");
    assertThat(PercentEncoding.decode(encoded)).contains(text);
    assertThat(URLDecoder.decode(encoded, UTF_8)).isEqualTo(text);
  }

  @Property
  void any_headers_of_both_families_name_one_target_or_none(
      @ForAll("headers") List<Tuple.Tuple2<String, String>> headers) {
    FakeRequest request = FakeRequest.get("");
    headers.forEach(header -> request.field(header.get1(), header.get2()));
    ForwardedTarget.of(request).ifPresent(target -> {
      assertThat(headers).extracting(Tuple.Tuple2::get1).doesNotHaveDuplicates();
      assertThat(headers)
          .filteredOn(header -> header.get1().endsWith("Method"))
          .extracting(Tuple.Tuple2::get2)
          .containsOnly(target.method());
      assertThat(headers)
          .filteredOn(header -> !header.get1().endsWith("Method"))
          .extracting(header -> header.get2().replace("http://h", "").replace("?q", ""))
          .containsOnly(target.path());
    });
  }

  @Provide
  Arbitrary<List<Tuple.Tuple2<String, String>>> headers() {
    Arbitrary<Tuple.Tuple2<String, String>> methods = Combinators.combine(
            Arbitraries.of("X-Forwarded-Method", "X-Original-Method"),
            Arbitraries.frequency(Tuple.of(9, "GET"), Tuple.of(1, "POST"), Tuple.of(1, "")))
        .as(Tuple::of);
    Arbitrary<Tuple.Tuple2<String, String>> uris = Combinators.combine(
            Arbitraries.of("X-Forwarded-Uri", "X-Original-URI", "X-Original-URL"),
            Arbitraries.frequency(
                Tuple.of(9, "/a"),
                Tuple.of(3, "/a?q"),
                Tuple.of(3, "http://h/a"),
                Tuple.of(1, "/b"),
                Tuple.of(1, "/a/"),
                Tuple.of(1, "/../a"),
                Tuple.of(1, "")))
        .as(Tuple::of);
    return Arbitraries.oneOf(methods, uris).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().all().filter(UTF_8.newEncoder()::canEncode);
  }

  @Provide
  Arbitrary<String> uris() {
    Arbitrary<String> plain =
        Arbitraries.of("/x", "/y", "/%78", "x", ".y", "%C3%A4", "+", "~", "%20");
    Arbitrary<String> nasty = Arbitraries.of(
        "/",
        "%",
        "%2",
        "%2f",
        "%2F",
        "%5c",
        "\\",
        ";",
        "%3b",
        "/.",
        "/..",
        "/%2e",
        "%2e",
        "?",
        "#",
        "%23",
        "%3f",
        "%25",
        "2e",
        "%00",
        "%0a",
        "\u00e4",
        "%c3",
        "%c0%af",
        "*",
        "/*",
        " ",
        "\n",
        "http:",
        "%ef%bf%bd");
    return Arbitraries.frequencyOf(Tuple.of(6, plain), Tuple.of(1, nasty))
        .list()
        .ofMaxSize(6)
        .map(parts -> '/' + String.join("", parts));
  }
}
