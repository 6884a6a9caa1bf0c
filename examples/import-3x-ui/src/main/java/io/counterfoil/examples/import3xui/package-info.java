/**
 * A command that imports the tokens of a 3x-ui panel, so that existing plaintexts keep working:
 *
 * <pre>{@code
 * ./mvnw -q package -DskipTests -pl examples/import-3x-ui -am
 * java -jar examples/import-3x-ui/target/counterfoil-import-3x-ui.jar \
 *     --from=/etc/x-ui/x-ui.db --jdbc-url=jdbc:sqlite:tokens.db --dry-run
 * }</pre>
 *
 * <p>The host application then accepts these plaintexts with {@code TokenManager.builder(store).acceptForeign(48, 48)}. Name,
 * enabled state and times stay the same; ids are new. The 3x-ui scopes {@code monitor} and {@code node-sync} become the scope
 * of the token. {@code admin} means everything in 3x-ui, so such a token becomes unrestricted, as does each token of a version
 * without scopes. A row that 3x-ui would not write is rejected, not repaired.
 */
@NullMarked
package io.counterfoil.examples.import3xui;

import org.jspecify.annotations.NullMarked;
