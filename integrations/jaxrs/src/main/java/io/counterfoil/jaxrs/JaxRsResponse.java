package io.counterfoil.jaxrs;

import io.counterfoil.http.ApiResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A complete response of the library as a JAX-RS response. */
final class JaxRsResponse {
  private JaxRsResponse() {}

  static Response of(ApiResponse source) {
    Response.ResponseBuilder response = Response.status(source.status());
    source.headers().forEach(response::header);
    return response.entity(body(source)).build();
  }

  private static byte[] body(ApiResponse source) {
    try {
      return source.body().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
