package io.counterfoil.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires a token with these scopes, or with the scope {@code *}, for a resource method or for all methods of a class.
 *
 * <p>The scopes add up: a token needs those of the method, those of its class, and those of the classes whose sub-resource
 * locators led to it. {@link AnyToken} and {@link WithoutToken} on a method replace what the classes say. Annotations of
 * superclasses, interfaces and overridden methods count, too; if they differ, the strictest one counts.
 *
 * <p>On a sub-resource locator, none of these annotations is possible, because JAX-RS calls locators before it authenticates a
 * request. No token may use a class with such a locator. Annotate the class that the locator returns.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RequiresScope {

  /** The scopes, all of which a token needs; at least one. */
  String[] value();
}
