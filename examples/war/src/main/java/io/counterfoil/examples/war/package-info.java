/**
 * Tokens in a web application that its {@code web.xml} describes. To make the file and run it in a Tomcat of version 10.1 or 11:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/war -am package
 * cp examples/war/target/counterfoil-example-war.war "$CATALINA_BASE/webapps/tokens.war"
 * </pre>
 *
 * <p>{@code logs/localhost.….log} then names the file that holds the first token; with {@code Authorization: Bearer …} it
 * opens {@code http://localhost:8080/tokens/api/hello}. The database is in {@code tokens-data} below the folder in which Tomcat
 * was started, or where a {@code <Parameter name="folder" value="…" override="false"/>} in its {@code conf/context.xml} says.
 *
 * <p><strong>Tomcat's own error page shows the {@code Authorization} line of a request if a control character is in it</strong>,
 * before any application is asked. Have the {@code Host} in its {@code server.xml} say less:
 *
 * <pre>{@code
 * <Valve className="org.apache.catalina.valves.ErrorReportValve" showReport="false" showServerInfo="false"/>
 * }</pre>
 */
@NullMarked
package io.counterfoil.examples.war;

import org.jspecify.annotations.NullMarked;
