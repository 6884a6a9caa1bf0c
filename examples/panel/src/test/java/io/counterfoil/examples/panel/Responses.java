package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Assertions on the panel's responses. */
final class Responses {
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"(cf_[0-9A-Za-z]{49})\"");

  private Responses() {}

  /** Asserts that a response has the JSON format of all responses except the welcome text, is not cached, and sets no cookie. */
  static void assertEnvelope(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"success\":" + (status == 200)).endsWith("}");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "server");
  }

  static String id(HttpResponse<String> created) {
    return first(ID, created.body());
  }

  static String plaintext(HttpResponse<String> created) {
    return first(TOKEN, created.body());
  }

  private static String first(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    assertThat(matcher.find()).as(body).isTrue();
    return matcher.group(1);
  }
}
