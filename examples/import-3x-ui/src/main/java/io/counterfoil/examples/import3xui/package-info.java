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
 * enabled state and times stay the same; ids are new. The 3x-ui scope ({@code admin}, {@code monitor} or {@code node-sync})
 * becomes the scope of the token. A token with {@code admin} has no other scope, so the host must check for {@code admin} where
 * 3x-ui does. A row that 3x-ui would not write is rejected, not repaired.
 */
@NullMarked
package io.counterfoil.examples.import3xui;

import org.jspecify.annotations.NullMarked;
