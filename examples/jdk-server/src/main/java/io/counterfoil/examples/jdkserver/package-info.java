/**
 * Tokens on the JDK's own HTTP server, without a servlet class.
 *
 * <p>To run it, from the folder of the whole project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/jdk-server -am package
 * java -Dsun.net.httpserver.maxReqTime=10 -jar examples/jdk-server/target/counterfoil-example-jdk-server.jar
 * </pre>
 *
 * <p>Left to itself, that server waits for ever for a request that is never finished; hence the ten seconds.
 */
@NullMarked
package io.counterfoil.examples.jdkserver;

import org.jspecify.annotations.NullMarked;
