package io.counterfoil.examples.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests read in the answers of the panel. */
final class Responses {
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"(cf_[0-9A-Za-z]{49})\"");

  private Responses() {}

  /** Every answer but the welcome is JSON in the envelope, not to be kept, and sets no cookie. */
  static void assertEnvelope(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"success\":" + (status == 200)).endsWith("}");
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "server");
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
