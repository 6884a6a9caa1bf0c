/**
 * API tokens in a Spring Boot application with Spring Security: {@code hasAuthority("SCOPE_x")}, {@code @PreAuthorize} and
 * {@code @AuthenticationPrincipal} work for tokens. The tokens are in the database of the application's {@code DataSource}.
 *
 * <p>To use this in your application, copy {@link TokenAuthenticationFilter}, {@link TokenAuthentication} and {@link
 * TokenErrorHandler}, and adapt {@link SecurityConfiguration} and {@link TokenConfiguration}. To run the example, from the
 * root of the project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/spring-boot -am package
 * java -jar examples/spring-boot/target/counterfoil-example-spring-boot.jar
 * </pre>
 *
 * <p>The build also compiles and tests these sources with Spring Boot 3.5 and Spring Security 6.5.
 */
@NullMarked
package io.counterfoil.examples.springboot;

import org.jspecify.annotations.NullMarked;
