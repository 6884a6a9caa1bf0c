/**
 * Tokens as Spring Security sees them: {@code hasAuthority("SCOPE_x")}, {@code @PreAuthorize}, {@code
 * @AuthenticationPrincipal}.
 *
 * <p>To be copied: {@link TokenAuthenticationFilter}, {@link TokenAuthentication}, {@link TokenRefusals}. To run it, from
 * the folder of the whole project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/spring-security -am package
 * java -jar examples/spring-security/target/counterfoil-example-spring-security.jar
 * </pre>
 *
 * <p>The same files are compiled and tested against Spring Boot 3.5 and its Spring Security 6.5 in {@code
 * examples/spring-security-3}.
 */
@NullMarked
package io.counterfoil.examples.springsecurity;

import org.jspecify.annotations.NullMarked;
