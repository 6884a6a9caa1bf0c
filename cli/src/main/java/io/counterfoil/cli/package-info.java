/**
 * A command-line tool for operators:
 *
 * <pre>{@code
 * java -jar counterfoil-cli.jar create deploy --owner=ann --scope=servers:read
 * }</pre>
 *
 * <p>{@code docs/cli.md} describes the commands, the properties file and the exit codes. Each command is one class. It checks its
 * arguments before the database is opened.
 */
@NullMarked
package io.counterfoil.cli;

import org.jspecify.annotations.NullMarked;
