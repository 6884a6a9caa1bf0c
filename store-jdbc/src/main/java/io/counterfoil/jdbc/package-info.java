/**
 * Stores tokens in a relational database: {@link io.counterfoil.jdbc.JdbcTokenStore}.
 *
 * <p>The jar contains the schema as plain SQL, {@code io/counterfoil/jdbc/schema-<database>.sql}, for other migration tools.
 *
 * <p>Nothing here accepts or returns {@code null}.
 */
@NullMarked
package io.counterfoil.jdbc;

import org.jspecify.annotations.NullMarked;
