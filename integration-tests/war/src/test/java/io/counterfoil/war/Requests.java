package io.counterfoil.war;

/** Requests to the application, byte for byte. */
final class Requests {
  private Requests() {}

  static String get(String page, String... headers) {
    return request("GET", page, headers) + "\r\n";
  }

  static String post(String page, String json, String... headers) {
    return request("POST", page, headers) + "Content-Type: application/json\r\nContent-Length: "
        + json.length() + "\r\n\r\n" + json;
  }

  static String bearer(String plaintext) {
    return "Authorization: Bearer " + plaintext;
  }

  private static String request(String method, String page, String... headers) {
    StringBuilder request = new StringBuilder(method + " /tokens/" + page + " HTTP/1.1\r\n");
    request.append("Host: localhost\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return request.toString();
  }
}
