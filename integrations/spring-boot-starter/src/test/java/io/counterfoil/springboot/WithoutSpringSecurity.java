package io.counterfoil.springboot;

import org.springframework.boot.test.context.FilteredClassLoader;

/** A class loader that hides Spring Security. */
final class WithoutSpringSecurity {
  static final FilteredClassLoader LOADER = new FilteredClassLoader("org.springframework.security");

  private WithoutSpringSecurity() {}
}
