package io.counterfoil.examples.gateway;

import org.junit.jupiter.api.Test;

/** Haproxy, with the file of this example. */
class HaproxyTest extends GatewayContract {

  @Test
  void a_script_that_fails_lets_nobody_in() throws Exception {
    assertLetsNobodyIn(file -> file.replace("core.httpclient()", "error(\"broken\")"));
  }

  @Override
  Gateway.Kind kind() {
    return Gateway.Kind.HAPROXY;
  }
}
