package io.counterfoil.springboot.test;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Sends a request of MockMvc with an API token.
 *
 * {@snippet file="io/counterfoil/host/ServersTest.java" region="sample"}
 *
 * <p>The token is created in the {@link TokenManager} of the application, and the request has its plaintext in the {@code
 * Authorization} header, in place of any other value. So the request passes through all checks of the application: the bearer
 * check, {@code RouteScopes}, the rules of Spring Security and method security. A response is the one that a real client gets. A
 * CSRF token is not needed, because the application does not require one from requests with a token. It works with and without
 * Spring Security.
 *
 * <p>Requests with equal properties use the same token, unless a test revokes or rotates it in between. It is deleted when the
 * application context is closed. To test the response to a revoked token, create that token with the {@link TokenManager}.
 *
 * <p>If the context of MockMvc has no {@link TokenManager}, the request throws {@link IllegalStateException}. In a
 * {@code @WebMvcTest}, there is one in memory. Immutable; safe for use by many threads.
 */
public final class ApiTokenRequestPostProcessor implements RequestPostProcessor {
  private final TestToken properties;

  private ApiTokenRequestPostProcessor(TestToken properties) {
    this.properties = properties;
  }

  /** Returns a post-processor that sends a token without owner and without scopes. */
  public static ApiTokenRequestPostProcessor apiToken() {
    return new ApiTokenRequestPostProcessor(TestToken.DEFAULT);
  }

  /**
   * Sets the name of the token. By default, each token has a name that no other token has.
   *
   * <p>If the owner has a token of that name that no test has created, the request throws {@link IllegalStateException}.
   *
   * @throws IllegalArgumentException under the conditions of {@link NewToken#named}
   */
  public ApiTokenRequestPostProcessor name(String name) {
    NewToken checked = NewToken.named(name); // the empty string too
    return with(new TestToken(checked.name(), properties.owner(), properties.scopes()));
  }

  /**
   * Sets the owner of the token. The default is the empty owner.
   *
   * @throws IllegalArgumentException under the conditions of {@link NewToken#owner(String)}
   */
  public ApiTokenRequestPostProcessor owner(String owner) {
    return with(new TestToken(properties.name(), owner, properties.scopes()));
  }

  /**
   * Sets the scopes of the token, and replaces those that were set before. The default is no scopes.
   *
   * @param scopes at least one scope, without {@code SCOPE_}
   * @throws IllegalArgumentException under the conditions of {@link NewToken#scopes(String...)}
   */
  public ApiTokenRequestPostProcessor scopes(String... scopes) {
    Set<String> checked = NewToken.named("test").scopes(scopes).scopes(); // none too
    return with(new TestToken(properties.name(), properties.owner(), checked));
  }

  /** Makes the token unrestricted: its only scope is {@link Token#UNRESTRICTED}. */
  public ApiTokenRequestPostProcessor unrestricted() {
    return scopes(Token.UNRESTRICTED);
  }

  private static ApiTokenRequestPostProcessor with(TestToken properties) {
    return new ApiTokenRequestPostProcessor(properties);
  }

  /** Called by MockMvc. */
  @Override
  public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
    String value = tokens(request.getServletContext()).token(properties).authorizationHeader();
    request.removeHeader(HttpHeaders.AUTHORIZATION);
    request.addHeader(HttpHeaders.AUTHORIZATION, value);
    return request;
  }

  private static TestTokens tokens(ServletContext servlets) {
    WebApplicationContext context = WebApplicationContextUtils.getWebApplicationContext(servlets);
    if (context == null || context.getBeanProvider(TokenManager.class).getIfAvailable() == null) {
      throw new IllegalStateException(
          "apiToken() needs a bean of type TokenManager in the context of MockMvc");
    }
    return TestTokens.of(context);
  }
}
