/**
 * API tokens with the HTTP server of the JDK, without the servlet API. To run it, from the root of the project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/jdk-server -am package
 * java -Dsun.net.httpserver.maxReqTime=10 -jar examples/jdk-server/target/counterfoil-example-jdk-server.jar
 * </pre>
 *
 * <p>By default, this server waits forever for the rest of an incomplete request. {@code maxReqTime} limits the wait to 10 seconds.
 */
@NullMarked
package io.counterfoil.examples.jdkserver;

import org.jspecify.annotations.NullMarked;
