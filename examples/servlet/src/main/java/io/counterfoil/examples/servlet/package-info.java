/**
 * API tokens in a servlet application that has a login: users log in and manage their own tokens, and their bots send these
 * tokens. A login is never accepted as a token, nor a token as a login.
 *
 * <p>To run it in a Tomcat of version 10.1 or 11, from the root of the project:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/servlet -am package
 * cp examples/servlet/target/counterfoil-example-servlet.war "$CATALINA_BASE/webapps/tokens.war"
 * </pre>
 *
 * <p>To run it in an embedded Jetty instead, which prints commands to try:
 *
 * <pre>
 * java -cp "examples/servlet/target/classes:examples/servlet/target/lib/*" io.counterfoil.examples.servlet.EmbeddedServer
 * </pre>
 *
 * <p>The database and the file with the users are in the folder {@code tokens-data} of the working directory. In Tomcat, a
 * {@code <Parameter name="folder" value="…" override="false"/>} in {@code conf/context.xml} sets another folder. With the
 * parameter {@code hideExistence}, or the argument {@code --hide-existence}, a client without a login or token receives 404,
 * as for a path that does not exist.
 *
 * <p><strong>Tomcat's own error page quotes the {@code Authorization} header of a request if it contains a control
 * character</strong>, before any application sees the request. Add this to the {@code Host} in {@code server.xml}:
 *
 * <pre>{@code
 * <Valve className="org.apache.catalina.valves.ErrorReportValve" showReport="false" showServerInfo="false"/>
 * }</pre>
 */
@NullMarked
package io.counterfoil.examples.servlet;

import org.jspecify.annotations.NullMarked;
