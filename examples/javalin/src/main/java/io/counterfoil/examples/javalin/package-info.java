/**
 * Tokens in a Javalin application.
 *
 * <p>To run it, from the folder of the whole project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/javalin -am package
 * java -jar examples/javalin/target/counterfoil-example-javalin.jar
 * </pre>
 */
@NullMarked
package io.counterfoil.examples.javalin;

import org.jspecify.annotations.NullMarked;
