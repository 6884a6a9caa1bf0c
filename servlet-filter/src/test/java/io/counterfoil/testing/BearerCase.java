package io.counterfoil.testing;

import static io.counterfoil.testing.BearerCase.Response.ACCEPTED;
import static io.counterfoil.testing.BearerCase.Response.BAD_REQUEST;
import static io.counterfoil.testing.BearerCase.Response.INVALID;
import static io.counterfoil.testing.BearerCase.Response.MISSING;
import static io.counterfoil.testing.BearerCase.Response.REPEATED;
import static io.counterfoil.testing.BearerCase.Response.TOO_LARGE;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A test case for credentials (requirement groups B and C): header lines of a request, and the expected response.
 *
 * @param lines header lines {@code Name: value}, in which {@code TOKEN} stands for a valid plaintext
 * @param response the response of the bearer check to exactly these values
 * @param onTheWire the responses of containers that parse the lines differently, by the start of the container's name
 */
public record BearerCase(List<String> lines, Response response, Map<String, Response> onTheWire) {

  /** All possible responses. */
  public enum Response {
    ACCEPTED(200, "", ""),
    MISSING(401, "Bearer realm=\"api\"", "a valid API token is needed"),
    INVALID(401, "Bearer realm=\"api\", error=\"invalid_token\"", "a valid API token is needed"),
    REPEATED(
        400,
        "Bearer realm=\"api\", error=\"invalid_request\"",
        "the Authorization field may be sent once only"),

    /** The container's response to a request that is not HTTP; no filter runs. */
    BAD_REQUEST(400, "", ""),
    /** The container's response to headers over its limit; no filter runs. */
    TOO_LARGE(431, "", "");

    public final int status;
    public final String challenge;
    private final String message;

    Response(int status, String challenge, String message) {
      this.status = status;
      this.challenge = challenge;
      this.message = message;
    }

    public String body() {
      return "{\"success\":false,\"msg\":\"" + message + "\"}";
    }

    /** Returns whether the response comes from the bearer check and not from the container. */
    public boolean isRefusal() {
      return !challenge.isEmpty();
    }
  }

  private static final int MIB = 1 << 20;
  private static final String ALL = "";

  /** Returns all test cases. */
  public static Stream<BearerCase> all() {
    return Stream.of(
            // B1, B3
            values(
                ACCEPTED,
                "Bearer TOKEN",
                "bearer TOKEN",
                "BEARER TOKEN",
                "bEaReR TOKEN",
                "Bearer    TOKEN"),
            lines(ACCEPTED, "authorization: bearer TOKEN", "AUTHORIZATION: BEARER  TOKEN"),

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
                "Accept: text/html", // C5: JSON even if the client asks for HTML
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
                "Bearer TOKEN=", // a b64token, but not in our format
                "Bearer TOKEN-TOKEN",
                "Bearer -._~+/==",
                "Bearer " + "a".repeat(256),
                "Bearer " + "a".repeat(257),
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

            // RFC 9110 section 5.5: outer white space is not part of a value.
            // A container removes it, but the bearer check does not.
            values(MISSING, " Bearer TOKEN", "\tBearer TOKEN").map(on(ALL, ACCEPTED)),
            values(INVALID, "Bearer TOKEN ", "Bearer TOKEN\t", "Bearer TOKEN \t ")
                .map(on(ALL, ACCEPTED)),

            // B3: Undertow removes a tab after a space.
            values(INVALID, "Bearer \tTOKEN").map(on("undertow", ACCEPTED)),

            // B2, C4, L2: a recipient rejects CR, LF and NUL or replaces them (RFC 9110 section
            // 5.5).
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
                .map(on(ALL, BAD_REQUEST)),
            lines(
                    MISSING,
                    "Authorization : Bearer TOKEN",
                    "Authorization\t: Bearer TOKEN",
                    "Authorization\u0000: Bearer TOKEN",
                    "(Authorization): Bearer TOKEN",
                    "Authoriza\u00e9tion: Bearer TOKEN",
                    "Authorization Bearer TOKEN")
                .map(on(ALL, BAD_REQUEST)),

            // RFC 9112 section 5.2: a folded line is refused, or unfolded with spaces.
            values(INVALID, "Bearer\r\n TOKEN")
                .map(on("jetty", BAD_REQUEST))
                .map(on("tomcat", ACCEPTED))
                .map(on("undertow", ACCEPTED)),
            values(INVALID, "Bearer \r\n\tTOKEN")
                .map(on("jetty", BAD_REQUEST))
                .map(on("undertow", ACCEPTED)),
            values(INVALID, "Bearer TOKEN\r\n X: y").map(on("jetty", BAD_REQUEST)),
            lines(MISSING, "X: y\r\n Authorization: Bearer TOKEN").map(on("jetty", BAD_REQUEST)),

            // RFC 9112 section 2.2: a line feed alone may end a line.
            values(INVALID, "Bearer TOKEN\nX: y", "Bearer TOKEN\n")
                .map(on("jetty", ACCEPTED))
                .map(on("tomcat", ACCEPTED))
                .map(on("undertow", BAD_REQUEST)),
            values(INVALID, "Bearer\nTOKEN").map(on(ALL, BAD_REQUEST)),

            // B7, K1
            Stream.of(
                    values(INVALID, "Bearer " + "a".repeat(MIB), "Bearer " + "=".repeat(MIB)),
                    values(MISSING, "a".repeat(MIB), "a,".repeat(MIB / 2)),
                    values(ACCEPTED, "Bearer " + " ".repeat(MIB) + "TOKEN"))
                .flatMap(cases -> cases)
                .map(on("jetty", TOO_LARGE))
                .map(on("tomcat", BAD_REQUEST))
                .map(on("undertow", BAD_REQUEST)))
        .flatMap(cases -> cases);
  }

  /** Returns the response that is expected from that container. */
  public Response from(String container) {
    return onTheWire.entrySet().stream()
        .filter(entry -> container.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(response);
  }

  private static Stream<BearerCase> values(Response response, String... values) {
    return lines(
        response, Arrays.stream(values).map(v -> "Authorization: " + v).toArray(String[]::new));
  }

  private static Stream<BearerCase> lines(Response response, String... cases) {
    return Arrays.stream(cases)
        .map(
            lines -> new BearerCase(List.of(lines.split("\r\n(?![ \t])", -1)), response, Map.of()));
  }

  private static UnaryOperator<BearerCase> on(String container, Response response) {
    return testCase -> {
      Map<String, Response> all = new LinkedHashMap<>(testCase.onTheWire);
      all.put(container, response);
      return new BearerCase(testCase.lines, testCase.response, all);
    };
  }

  /** Returns a name for test reports: printable ASCII, shortened. */
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
