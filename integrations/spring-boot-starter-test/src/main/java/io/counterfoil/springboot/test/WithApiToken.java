package io.counterfoil.springboot.test;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.springboot.ApiTokenAuthentication;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test as a caller with an API token. It needs Spring Security and {@code spring-security-test}.
 *
 * {@snippet file="io/counterfoil/host/ServersTest.java" region="sample"}
 *
 * <p>The {@code Authentication} of the test is an {@link ApiTokenAuthentication}, so method security can be tested without any
 * request. The token is created in the {@code TokenManager} of the application, or in memory if there is none. It is deleted when
 * the application context is closed. Tests with equal annotations use the same token, unless one of them revokes or rotates it.
 *
 * <p>Each request of a MockMvc that Spring Boot has configured has the token in its {@code Authorization} header, like a request
 * with {@link ApiTokenRequestPostProcessor#apiToken}, and passes through the same checks. The header is not added if the request
 * has one already, or if a post-processor such as {@code user("ann")} or {@code anonymous()} has replaced the authentication.
 *
 * <p>On a class, it applies to each test of the class, of its subclasses and of its nested classes, unless a method or a nested
 * class has another one. It can be a meta-annotation.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@WithSecurityContext(factory = WithApiTokenSecurityContextFactory.class)
public @interface WithApiToken {

  /**
   * The name of the token, as in {@link NewToken#named}. By default, each token has a name that no other token has. If the owner
   * has a token of that name that no test has created, the test fails.
   */
  String name() default "";

  /** The owner of the token, as in {@link NewToken#owner(String)}. The default is the empty owner. */
  String owner() default "";

  /**
   * The scopes of the token, without {@code SCOPE_}. The default is no scopes. The scope {@link Token#UNRESTRICTED} makes the
   * token unrestricted. Outside requests, such a token also has the scopes of the {@code RouteScopes} bean as authorities, if
   * there is one.
   */
  String[] scopes() default {};
}
