package io.counterfoil.host;

import static io.counterfoil.springboot.test.ApiTokenRequestPostProcessor.apiToken;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.counterfoil.host.plain.PlainApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Requests of MockMvc with a token, in a part of an application without Spring Security. */
@WebSlice
@ContextConfiguration(classes = PlainApplication.class)
@TestPropertySource(
    properties = {"counterfoil.filter.url-patterns=/servers", "counterfoil.filter.scope=servers"})
class ApiTokenNoSecurityTest {
  @Autowired
  private MockMvc mockMvc;

  @Test
  void the_filter_accepts_the_token() throws Exception {
    mockMvc
        .perform(post("/servers").with(apiToken().owner("ann").scopes("servers")))
        .andExpect(status().isOk())
        .andExpect(content().string("ann"));
  }

  @Test
  void the_filter_requires_its_scope() throws Exception {
    mockMvc
        .perform(post("/servers").with(apiToken().owner("ann").scopes("other")))
        .andExpect(status().isForbidden());
    mockMvc.perform(post("/servers")).andExpect(status().isUnauthorized());
  }
}
