package io.counterfoil;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that changes nothing and whose result must not be ignored, or a type whose methods are all of this kind:
 * {@code newToken.scopes("read");} alone has no effect. Error Prone, SpotBugs and IntelliJ IDEA recognise the annotation by
 * its name and report such a call.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CheckReturnValue {}
