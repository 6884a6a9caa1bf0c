package io.counterfoil.springboot;

import java.util.Map;
import org.springframework.boot.json.JsonParserFactory;

/** Reads JSON with whichever library the present version of Spring Boot has. */
final class Json {
  private Json() {}

  static Map<String, Object> object(String json) {
    return JsonParserFactory.getJsonParser().parseMap(json);
  }
}
