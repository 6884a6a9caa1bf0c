package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/** The request cache of browsers, with and without a bearer token. */
class NoBearerRequestCacheTest {
  private static final HttpServletRequest BROWSER = request(List.of("Basic YTpi"));
  private static final HttpServletRequest BEARER = request(List.of("Bearer x"));
  private static final HttpServletResponse RESPONSE = proxy(HttpServletResponse.class, List.of());

  private final Browsers browsers = new Browsers();
  private final RequestCache cache = new NoBearerRequestCache(browsers);

  @Test
  void a_browser_uses_the_cache() {
    cache.saveRequest(BROWSER, RESPONSE);
    assertThat(cache.getRequest(BROWSER, RESPONSE)).isNotNull();
    assertThat(cache.getMatchingRequest(BROWSER, RESPONSE)).isSameAs(BROWSER);
    cache.removeRequest(BROWSER, RESPONSE);
    assertThat(browsers.calls).containsExactly("save", "get", "match", "remove");
  }

  @Test
  void a_request_with_a_bearer_token_neither_saves_nor_reads_a_request() {
    cache.saveRequest(BEARER, RESPONSE);
    assertThat(cache.getRequest(BEARER, RESPONSE)).isNull();
    assertThat(cache.getMatchingRequest(BEARER, RESPONSE)).isNull();
    assertThat(browsers.calls).isEmpty();
  }

  /** Records the calls. */
  private static final class Browsers implements RequestCache {
    final List<String> calls = new ArrayList<>();

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
      calls.add("save");
    }

    @Override
    public SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
      calls.add("get");
      return new SimpleSavedRequest("/");
    }

    @Override
    public HttpServletRequest getMatchingRequest(
        HttpServletRequest request, HttpServletResponse response) {
      calls.add("match");
      return request;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
      calls.add("remove");
    }
  }

  private static HttpServletRequest request(List<String> authorization) {
    return proxy(HttpServletRequest.class, authorization);
  }

  /** Returns an object whose fields have these values, and which has no attributes. */
  @SuppressWarnings("ReferenceEquality") // as Object.equals does
  private static <T> T proxy(Class<T> type, List<String> fields) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, args) -> switch (method.getName()) {
          case "getHeaders" -> Collections.enumeration(fields);
          case "toString" -> type.getSimpleName() + fields;
          case "equals" -> proxy == args[0];
          default -> null;
        }));
  }
}
