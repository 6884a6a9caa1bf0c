package io.counterfoil.testing;

import static io.counterfoil.testing.BearerCase.Answer.INVALID;
import static io.counterfoil.testing.BearerCase.Answer.LET_IN;
import static io.counterfoil.testing.BearerCase.Answer.MISSING;
import static io.counterfoil.testing.BearerCase.Answer.NO_REQUEST;
import static io.counterfoil.testing.BearerCase.Answer.REPEATED;
import static io.counterfoil.testing.BearerCase.Answer.TOO_LARGE;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A row of the table of credentials (groups B and C): field lines of a request, and what their sender hears.
 *
 * @param lines {@code Name: value}; in a value, {@code TOKEN} stands for a valid plaintext
 * @param answer what the check says of exactly these values
 * @param onTheWire what is said instead by a container that reads the lines in another way, by how its name starts
 */
public record BearerCase(List<String> lines, Answer answer, Map<String, Answer> onTheWire) {

  /** All that can be heard. */
  public enum Answer {
    LET_IN(200, "", ""),
    MISSING(401, "Bearer realm=\"api\"", "a valid API token is needed"),
    INVALID(401, "Bearer realm=\"api\", error=\"invalid_token\"", "a valid API token is needed"),
    REPEATED(
        400,
        "Bearer realm=\"api\", error=\"invalid_request\"",
        "the Authorization field may be sent once only"),

    /** Said by the container, of what is not HTTP: no filter runs. */
    NO_REQUEST(400, "", ""),
    /** Said by the container, of a head that is larger than it reads: no filter runs. */
    TOO_LARGE(431, "", "");

    public final int status;
    public final String challenge;
    private final String message;

    Answer(int status, String challenge, String message) {
      this.status = status;
      this.challenge = challenge;
      this.message = message;
    }

    public String body() {
      return "{\"success\":false,\"msg\":\"" + message + "\"}";
    }

    /** Says whether the check says it, and not the container. */
    public boolean isRefusal() {
      return !challenge.isEmpty();
    }
  }

  private static final int MIB = 1 << 20;
  private static final String ALL = "";

  /** The table. */
  public static Stream<BearerCase> all() {
    return Stream.of(
            // B1, B3
            values(
                LET_IN,
                "Bearer TOKEN",
                "bearer TOKEN",
                "BEARER TOKEN",
                "bEaReR TOKEN",
                "Bearer    TOKEN"),
            lines(LET_IN, "authorization: bearer TOKEN", "AUTHORIZATION: BEARER  TOKEN"),

            // B2, C1
            values(
                MISSING,
                "",
                " ",
                "Basic TOKEN",
                "Token TOKEN",
                "TOKEN",
                "Bear TOKEN",
                "Bearer2 TOKEN",
                "Bearer-Token TOKEN",
                "Bearer_TOKEN",
                "secret-token:TOKEN", // B8
                "Basic Bearer TOKEN",
                "\u0299earer TOKEN",
                "\uff22earer TOKEN",
                "Be\u00e4rer TOKEN"),

            // B5: RFC 6750 sections 2.2 and 2.3, RFC 9700 section 4.3.2
            lines(
                MISSING,
                "Proxy-Authorization: Bearer TOKEN",
                "X-Api-Key: TOKEN",
                "X-Auth-Token: TOKEN",
                "X-Authorization: Bearer TOKEN",
                "Cookie: access_token=TOKEN; Authorization=Bearer TOKEN; token=TOKEN",
                "WWW-Authenticate: Bearer TOKEN",
                "Authentication: Bearer TOKEN",
                "Authorizatio: Bearer TOKEN",
                "Authorizations: Bearer TOKEN",
                "X-Forwarded-Authorization: Bearer TOKEN",
                "X-Forwarded-User: default\r\nX-User-Id: 1\r\nX-Remote-User: default",
                "Accept: text/html", // C5: whoever wants a page gets the envelope
                "Accept: application/xml;q=1, */*;q=0"),

            // B2, B3, C2
            values(
                INVALID,
                "Bearer",
                "Bearer ",
                "Bearer     ",
                "Bearer\tTOKEN",
                "Bearer\t TOKEN",
                "Bearer\u00a0TOKEN",
                "Bearer\u2003TOKEN",
                "Bearer TOKEN TOKEN",
                "Bearer Bearer TOKEN",
                "Bearer \"TOKEN\"",
                "Bearer 'TOKEN'",
                "Bearer <TOKEN>",
                "Bearer TOKEN,",
                "Bearer ,TOKEN",
                "Bearer, TOKEN",
                "Bearer:TOKEN",
                "Bearer=TOKEN",
                "Bearer TOKEN, Basic eDp5",
                "Bearer TOKEN, Bearer TOKEN",
                "Bearer token=TOKEN",
                "Bearer token=\"TOKEN\"",
                "Bearer realm=\"api\", token=\"TOKEN\"",
                "Bearer TOKEN;v=1",
                "Bearer %43TOKEN",
                "Bearer secret-token:TOKEN", // B8
                "Bearer TOKEN\u00e9",
                "Bearer TOKEN\u0080",
                "Bearer TOK\u0415N",
                "Bearer \uff34OKEN",
                "Bearer =",
                "Bearer ====",
                "Bearer a=b",
                "Bearer =TOKEN",
                "Bearer TOKEN=", // a b64token, but no token of ours
                "Bearer TOKEN-TOKEN",
                "Bearer -._~+/==",
                "Bearer " + "a".repeat(255),
                "Bearer " + "a".repeat(256),
                "Bearer cf_0000000000000000000000000000000000000000000000000"),

            // B4
            lines(
                REPEATED,
                "Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN",
                "Authorization: Bearer TOKEN\r\nAuthorization: Bearer x",
                "Authorization: Bearer x\r\nAuthorization: Bearer TOKEN",
                "Authorization: Bearer TOKEN\r\nX: y\r\nauthorization: Basic eDp5",
                "Authorization: Basic eDp5\r\nAUTHORIZATION: Bearer TOKEN",
                "Authorization: Basic eDp5\r\nAuthorization: Basic eDp5",
                "Authorization: \r\nAuthorization: Bearer TOKEN",
                "Authorization: Bearer TOKEN\r\nAuthorization: ",
                "Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN\r\nAuthorization: x"),

            // White space around a value is no part of it (RFC 9110 section 5.5): a container takes
            // it
            // off, the check does not.
            values(MISSING, " Bearer TOKEN", "\tBearer TOKEN").map(on(ALL, LET_IN)),
            values(INVALID, "Bearer TOKEN ", "Bearer TOKEN\t", "Bearer TOKEN \t ")
                .map(on(ALL, LET_IN)),

            // B3: Undertow drops a tab that follows a blank.
            values(INVALID, "Bearer \tTOKEN").map(on("undertow", LET_IN)),

            // B2, C4, L2: RFC 9110 section 5.5 has control bytes refused.
            values(
                    INVALID,
                    "Bearer TOKEN\u0000",
                    "Bearer \u0000TOKEN",
                    "Bearer TOKEN\u0001",
                    "Bearer TOKEN\b",
                    "Bearer TOKEN\u000b",
                    "Bearer \u001bTOKEN",
                    "Bearer \u007fTOKEN",
                    "Bearer TOKEN\u007f",
                    "Bearer TOKEN\r",
                    "Bearer TOKEN\rX: y")
                .map(on(ALL, NO_REQUEST)),
            lines(
                    MISSING,
                    "Authorization : Bearer TOKEN",
                    "Authorization\t: Bearer TOKEN",
                    "Authorization\u0000: Bearer TOKEN",
                    "(Authorization): Bearer TOKEN",
                    "Authoriza\u00e9tion: Bearer TOKEN",
                    "Authorization Bearer TOKEN")
                .map(on(ALL, NO_REQUEST)),

            // RFC 9112 section 5.2: a folded line is refused, or what folds it is taken for blanks.
            values(INVALID, "Bearer\r\n TOKEN")
                .map(on("jetty", NO_REQUEST))
                .map(on("tomcat", LET_IN))
                .map(on("undertow", LET_IN)),
            values(INVALID, "Bearer \r\n\tTOKEN")
                .map(on("jetty", NO_REQUEST))
                .map(on("undertow", LET_IN)),
            values(INVALID, "Bearer TOKEN\r\n X: y").map(on("jetty", NO_REQUEST)),
            lines(MISSING, "X: y\r\n Authorization: Bearer TOKEN").map(on("jetty", NO_REQUEST)),

            // RFC 9112 section 2.2: a line feed alone may end a line.
            values(INVALID, "Bearer TOKEN\nX: y", "Bearer TOKEN\n")
                .map(on("jetty", LET_IN))
                .map(on("tomcat", LET_IN))
                .map(on("undertow", NO_REQUEST)),
            values(INVALID, "Bearer\nTOKEN").map(on(ALL, NO_REQUEST)),

            // B7, K1
            Stream.of(
                    values(INVALID, "Bearer " + "a".repeat(MIB), "Bearer " + "=".repeat(MIB)),
                    values(MISSING, "a".repeat(MIB), "a,".repeat(MIB / 2)),
                    values(LET_IN, "Bearer " + " ".repeat(MIB) + "TOKEN"))
                .flatMap(rows -> rows)
                .map(on("jetty", TOO_LARGE))
                .map(on("tomcat", NO_REQUEST))
                .map(on("undertow", NO_REQUEST)))
        .flatMap(rows -> rows);
  }

  /** Returns what is heard from that container. */
  public Answer from(String container) {
    return onTheWire.entrySet().stream()
        .filter(entry -> container.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(answer);
  }

  private static Stream<BearerCase> values(Answer answer, String... values) {
    return lines(
        answer, Arrays.stream(values).map(v -> "Authorization: " + v).toArray(String[]::new));
  }

  private static Stream<BearerCase> lines(Answer answer, String... rows) {
    return Arrays.stream(rows)
        .map(row -> new BearerCase(List.of(row.split("\r\n(?![ \t])", -1)), answer, Map.of()));
  }

  private static UnaryOperator<BearerCase> on(String container, Answer answer) {
    return row -> {
      Map<String, Answer> all = new LinkedHashMap<>(row.onTheWire);
      all.put(container, answer);
      return new BearerCase(row.lines, row.answer, all);
    };
  }

  /** As a test is named: in ASCII, without control characters, and not for ever. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    String.join(" | ", lines)
        .chars()
        .limit(100)
        .forEach(c -> text.append(
            c >= ' ' && c < 0x7f ? String.valueOf((char) c) : String.format("<%02x>", c)));
    return text.toString();
  }
}
