/**
 * Tokens in a host that has a login: users manage their own, bots come with them, and neither can do what is the other's.
 *
 * <p>To run it, from the folder of the whole project; with {@code --concealed}, strangers are told of nothing:
 *
 * <pre>
 * ./mvnw -q -Pquick -DskipTests -pl examples/login -am package
 * java -jar examples/login/target/counterfoil-example-login.jar
 * </pre>
 */
@NullMarked
package io.counterfoil.examples.login;

import org.jspecify.annotations.NullMarked;
