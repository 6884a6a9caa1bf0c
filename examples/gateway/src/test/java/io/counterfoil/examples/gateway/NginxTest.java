package io.counterfoil.examples.gateway;

import org.junit.jupiter.api.Test;

/** Nginx, with the file of this example. */
class NginxTest extends GatewayContract {

  @Test
  void a_body_that_is_too_large_is_refused() throws Exception {
    assertTooLarge();
  }

  @Override
  Gateway.Kind kind() {
    return Gateway.Kind.NGINX;
  }
}
