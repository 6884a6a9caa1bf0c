package io.counterfoil.examples.servlet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Begins a session for <code>{"user":"ann","password":"…"}</code>. */
final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final JsonFactory JSON = JsonFactory.builder()
      .streamReadConstraints(
          StreamReadConstraints.builder().maxDocumentLength(1_000).build())
      .build();

  private final transient Users users;

  LoginServlet(Users users) {
    this.users = users;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("POST")) {
      Responses.wrongMethod(response, "POST");
    } else if (!"application/json".equals(request.getContentType())) {
      // There is no session yet, so no CSRF token. A page of another site cannot send this content
      // type, so it cannot log a user in as somebody else (CWE-352).
      Responses.failure(response, 415, "the body must be sent as application/json");
    } else {
      logIn(request, response);
    }
  }

  private void logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      Map<String, String> sent = members(request.getInputStream());
      String user = sent.getOrDefault("user", "");
      if (users.hasPassword(user, sent.getOrDefault("password", ""))) {
        Login.begin(request, user);
        Responses.send(response, 200, "{\"success\":true}");
      } else {
        Responses.failure(response, 403, "the user or the password is wrong");
      }
    } catch (JsonProcessingException e) {
      Responses.failure(response, 400, "the body is not JSON, or too long");
    }
  }

  private static Map<String, String> members(InputStream body) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        members.put(name, Objects.requireNonNullElse(json.nextTextValue(), ""));
      }
    }
    return members;
  }
}
