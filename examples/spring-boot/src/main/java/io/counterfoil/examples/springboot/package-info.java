/**
 * Tokens in a Spring Boot application, in the database of its {@code DataSource}.
 *
 * <p>To run it, from the folder of the whole project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/spring-boot -am package
 * java -jar examples/spring-boot/target/counterfoil-example-spring-boot.jar
 * </pre>
 *
 * <p>The same files are compiled and tested against Spring Boot 3.5 in {@code examples/spring-boot-3}.
 */
@NullMarked
package io.counterfoil.examples.springboot;

import org.jspecify.annotations.NullMarked;
