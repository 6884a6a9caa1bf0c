package io.counterfoil.host;

import static io.counterfoil.springboot.test.ApiTokenRequestPostProcessor.apiToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.counterfoil.TokenManager;
import io.counterfoil.TokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.springboot.test.WithApiToken;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.MockMvc;

/** A whole application, whose tokens are in its database. */
@SpringBootTest(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:whole",
      "spring.flyway.enabled=false",
      "spring.liquibase.enabled=false",
      "counterfoil.max-lifetime=1h"
    })
@WithMockMvc
class WholeApplicationTest {
  @Autowired
  private MockMvc mockMvc;

  @Autowired
  private TokenManager tokens;

  @Autowired
  private TokenStore store;

  @Test
  void the_store_is_the_one_of_the_application() {
    assertThat(store).isInstanceOf(JdbcTokenStore.class);
    assertThat(tokens.maxLifetime()).isPresent();
  }

  @Test
  @WithApiToken(name = "reader", owner = "ann", scopes = "servers:read")
  void the_token_of_a_test_is_in_the_store() throws Exception {
    mockMvc.perform(get("/servers")).andExpect(content().string("ann/reader"));
    assertThat(store.findByName("ann", "reader")).isPresent();
  }

  @Test
  void the_token_of_a_request_is_in_the_store() throws Exception {
    mockMvc
        .perform(post("/servers").with(apiToken().name("writer").scopes("servers:write")))
        .andExpect(status().isOk());
    assertThat(store.findByName("", "writer")).isPresent();
  }
}
