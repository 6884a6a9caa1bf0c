/**
 * A gateway that lets requests in only if an authenticator accepts their tokens, and an application behind it. How to run it: see
 * the file {@code README.md} of this example.
 */
@NullMarked
package io.counterfoil.examples.gateway;

import org.jspecify.annotations.NullMarked;
