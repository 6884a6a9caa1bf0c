/** A Spring Boot application with API tokens, Spring Security and Flyway. Its README lists the commands to run it. */
@NullMarked
package io.counterfoil.examples.springboot;

import org.jspecify.annotations.NullMarked;
