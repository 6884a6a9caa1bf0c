package io.counterfoil.testing;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that takes too long for an ordinary build: there it is counted as skipped, and {@code -Pthorough} runs it. */
@Tag("thorough")
@EnabledIfSystemProperty(
    named = "counterfoil.test.effort",
    matches = "\\d{2,}",
    disabledReason = "takes a long time: ./mvnw -Pthorough verify runs it")
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface Thorough {}
