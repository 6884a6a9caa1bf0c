package io.counterfoil.host;

import static io.counterfoil.springboot.test.ApiTokenRequestPostProcessor.apiToken;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.counterfoil.springboot.test.WithApiToken;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** The sample of the documents. */
@WebSlice
class ServersTest {
  @Autowired
  private MockMvc mockMvc;

  // @start region="sample"
  @Test
  @WithApiToken(owner = "ann", scopes = "servers:read")
  void a_reader_sees_the_servers() throws Exception {
    mockMvc.perform(get("/servers")).andExpect(status().isOk());
  }

  @Test
  void a_reader_starts_no_server() throws Exception {
    var reader = apiToken().owner("ann").scopes("servers:read");
    mockMvc.perform(post("/servers").with(reader)).andExpect(status().isForbidden());
  }
  // @end region="sample"
}
