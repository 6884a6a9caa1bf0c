/**
 * API tokens with the HTTP server of the JDK, without the servlet API. To run it, from the root of the project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/jdk-server -am package
 * java -Dsun.net.httpserver.maxReqTime=10 -jar examples/jdk-server/target/counterfoil-example-jdk-server.jar
 * </pre>
 *
 * <p>By default, that server waits forever for a request that never ends. {@code maxReqTime} limits this to 10 seconds.
 */
@NullMarked
package io.counterfoil.examples.jdkserver;

import org.jspecify.annotations.NullMarked;
