package io.counterfoil.springboot;

import io.counterfoil.Token;

/**
 * Tells people about tokens that will expire, for example by e-mail. If the application has a bean of this type, the starter
 * calls it for each enabled token that will expire within {@code counterfoil.notices.within}, as a rule once per expiry.
 *
 * <p>Several nodes share the notices: one of them calls its bean. If the bean throws, the notice is repeated after {@code
 * counterfoil.notices.interval}, by this node or another one. If a process ends during a call, it is repeated after at least 10
 * minutes. Another notice is given for a new expiry.
 */
@FunctionalInterface
public interface ExpiryNotifier {

  /**
   * Called when a token will expire soon. Returns when the people are told: after that, the notice is not repeated. Runs on a
   * thread of the starter, one call at a time.
   */
  void tokenExpires(Token token);
}
