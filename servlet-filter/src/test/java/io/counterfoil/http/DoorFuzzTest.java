package io.counterfoil.http;

import static io.counterfoil.http.ApiFixture.text;
import static io.counterfoil.http.FakeRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.http.BearerAuthenticator.Granted;
import io.counterfoil.http.BearerAuthenticator.Outcome;
import io.counterfoil.http.BearerAuthenticator.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** B5, B6, N2: any doors and any header lines. No exception, no second credential, nothing of the request in a response. */
class DoorFuzzTest {
  private final ApiFixture fixture = new ApiFixture();
  private final String plaintext = fixture.tokens.create(NewToken.named("ci")).reveal();

  /** A header line. */
  record Line(String name, String value) {}

  @Property
  void a_request_is_let_in_if_it_has_exactly_one_credential_and_that_is_valid(
      @ForAll("doors") Set<Door> open, @ForAll("lines") List<Line> lines) {
    BearerAuthenticator.Builder builder = BearerAuthenticator.builder(fixture.tokens);
    open.forEach(door -> door.open(builder));
    FakeRequest request = get("/");
    lines.forEach(line -> request.field(line.name, line.value));
    Outcome outcome = builder.build().check(request);
    List<Boolean> credentials = credentials(open, lines);
    assertThat(outcome instanceof Granted).isEqualTo(credentials.size() == 1 && credentials.get(0));
    if (outcome instanceof Refused refused) {
      ApiResponse answer = refused.answer();
      assertThat(answer.status()).isEqualTo(credentials.size() > 1 ? 400 : 401);
      assertThat(answer.headers() + text(answer)).doesNotContain("cf_", plaintext, "s3cret");
    }
    Statistics.collect(credentials.size() > 1 ? "several" : credentials.toString());
  }

  /** Whether each credential is valid, by a description of the grammar that is independent of the code under test. */
  private List<Boolean> credentials(Set<Door> open, List<Line> lines) {
    List<Boolean> all = new ArrayList<>();
    List<String> authorization = new ArrayList<>();
    for (Line line : lines) {
      String name = line.name.toLowerCase(Locale.ROOT);
      if (name.equals("authorization")) {
        authorization.add(line.value);
      } else if (name.equals("x-api-key") && open.contains(Door.HEADER)) {
        all.add(line.value.equals(plaintext));
      }
    }
    if (authorization.size() > 1) {
      authorization.forEach(value -> all.add(false));
    } else if (authorization.size() == 1) {
      String value = authorization.get(0);
      String schemes = open.contains(Door.SCHEME) ? "Bearer|Token" : "Bearer";
      if (matches("(" + schemes + ")([^A-Za-z0-9_-].*)?", value)) {
        all.add(matches("(" + schemes + ") +" + "(?-i:" + Pattern.quote(plaintext) + ")", value));
      } else if (open.contains(Door.BASIC) && matches("Basic([^A-Za-z0-9_-].*)?", value)) {
        all.add(value.replaceFirst("(?i)^Basic +", "Basic ").equals(Door.basic("u:" + plaintext)));
      }
    }
    return all;
  }

  private static boolean matches(String pattern, String value) {
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(value)
        .matches();
  }

  @Property
  void any_text_in_any_field(
      @ForAll("doors") Set<Door> open, @ForAll("names") String name, @ForAll String value) {
    BearerAuthenticator.Builder builder = BearerAuthenticator.builder(fixture.tokens);
    open.forEach(door -> door.open(builder));
    for (String prefix : List.of("", "Bearer ", "Token ", "Basic ")) {
      assertThat(builder.build().check(get("/").field(name, prefix + value)))
          .isInstanceOf(Refused.class);
    }
  }

  @Provide
  Arbitrary<Set<Door>> doors() {
    return Arbitraries.of(Door.class).set();
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        "Authorization",
        "authorization",
        "X-API-Key",
        "x-api-key",
        "X-Token",
        "Proxy-Authorization",
        "Cookie");
  }

  @Provide
  Arbitrary<List<Line>> lines() {
    Arbitrary<String> values = Arbitraries.of(
        plaintext,
        plaintext,
        "Bearer " + plaintext,
        "bearer   " + plaintext,
        "Token " + plaintext,
        "TOKEN " + plaintext,
        Door.basic("u:" + plaintext),
        Door.basic("u:" + plaintext + ' '),
        Door.basic("u" + plaintext),
        "Basic " + plaintext,
        "Basic",
        "Bearer",
        "Bearer s3cret",
        "Token\t" + plaintext,
        "Tokens " + plaintext,
        ' ' + plaintext,
        plaintext + ',' + plaintext,
        "s3cret",
        "");
    return Combinators.combine(names(), values).as(Line::new).list().ofMaxSize(4);
  }
}
