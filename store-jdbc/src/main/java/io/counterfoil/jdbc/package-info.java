/**
 * Tokens in a relational database: {@link io.counterfoil.jdbc.JdbcTokenStore}.
 *
 * <p>The jar holds the schema as plain SQL, {@code io/counterfoil/jdbc/schema-<database>.sql}, for hosts that keep their
 * migrations elsewhere.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.jdbc;

import org.jspecify.annotations.NullMarked;
