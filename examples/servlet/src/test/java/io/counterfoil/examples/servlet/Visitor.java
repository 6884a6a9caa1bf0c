package io.counterfoil.examples.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client that sends the same header fields with each request: a cookie, a token, both or neither. */
record Visitor(String url, Map<String, List<String>> fields) {
  static final String CSRF = "X-CSRF-Token";

  Visitor with(String field, String... values) {
    Map<String, List<String>> more = new HashMap<>(fields);
    more.put(field, List.of(values));
    return new Visitor(url, more);
  }

  Visitor without(String field) {
    Map<String, List<String>> fewer = new HashMap<>(fields);
    fewer.remove(field);
    return new Visitor(url, fewer);
  }

  /** Returns the only value of a header field of this visitor. */
  String value(String field) {
    return fields.get(field).get(0);
  }

  Visitor withToken(String plaintext) {
    return with("Authorization", "Bearer " + plaintext);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return with("Content-Type", "application/json").send("POST", path, json);
  }

  HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    fields.forEach((field, values) -> values.forEach(value -> request.header(field, value)));
    // A new connection for each request: the server closes a connection after a body that it has
    // not read.
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
