/**
 * API tokens in a Javalin application. To run it, from the root of the project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/javalin -am package
 * java -jar examples/javalin/target/counterfoil-example-javalin.jar
 * </pre>
 */
@NullMarked
package io.counterfoil.examples.javalin;

import org.jspecify.annotations.NullMarked;
