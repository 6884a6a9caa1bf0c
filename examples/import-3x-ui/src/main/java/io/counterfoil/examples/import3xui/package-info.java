/**
 * A command that takes the tokens of a 3x-ui panel over, so that plaintexts in the field keep working:
 *
 * <pre>{@code
 * ./mvnw -q package -DskipTests -pl examples/import-3x-ui -am
 * java -jar examples/import-3x-ui/target/counterfoil-import-3x-ui.jar \
 *     --from=/etc/x-ui/x-ui.db --jdbc-url=jdbc:sqlite:tokens.db --dry-run
 * }</pre>
 *
 * <p>The host then accepts them with {@code TokenManager.builder(store).acceptForeign(48, 48)}. Names, switches and times
 * stay as they are, the scope becomes one ({@code admin}, {@code monitor}, {@code node-sync}): whoever has {@code admin} has
 * no other, so a host asks for that where 3x-ui does. Ids are new. A row that is not what 3x-ui writes is refused, not
 * repaired.
 */
@NullMarked
package io.counterfoil.examples.import3xui;

import org.jspecify.annotations.NullMarked;
