package io.counterfoil.host;

import static io.counterfoil.springboot.test.ApiTokenRequestPostProcessor.apiToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.counterfoil.PolicyException;
import io.counterfoil.TokenManager;
import io.counterfoil.memory.InMemoryTokenStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The beans of a part of an application. */
class SliceTest {

  /** These properties need a database, files or beans that a part of the application does not have. */
  @Nested
  @WebSlice
  @TestPropertySource(
      properties = {
        "counterfoil.realm=servers",
        "counterfoil.first-token-file=target/first-token-of-slice",
        "counterfoil.peppers[0].name=a",
        "counterfoil.peppers[0].secret-file=/run/secrets/pepper",
        "counterfoil.cache.max-revocation-lag=5s",
        "counterfoil.management.path=/api/tokens",
        "counterfoil.page.path=/tokens",
        "counterfoil.notices.within=30d",
        "counterfoil.scopes[0].name=servers:read",
        "counterfoil.scopes[1].name=servers:write",
        "counterfoil.scopes[1].implies=servers:read"
      })
  class WithPropertiesOfTheApplication {
    @Autowired
    private MockMvc mockMvc;

    @Test
    void the_bearer_check_has_the_properties() throws Exception {
      mockMvc
          .perform(get("/servers"))
          .andExpect(header().string("WWW-Authenticate", containsString("realm=\"servers\"")));
    }

    @Test
    void the_scopes_imply_those_that_the_properties_say() throws Exception {
      mockMvc
          .perform(get("/servers").with(apiToken().scopes("servers:write")))
          .andExpect(status().isOk());
    }

    @Test
    void a_misspelled_scope_is_reported() {
      var misspelled = apiToken().scopes("servers:raed");
      assertThatThrownBy(() -> mockMvc.perform(get("/servers").with(misspelled)))
          .isInstanceOf(PolicyException.class)
          .hasMessage(
              "scopes: one of them is not known (expected: servers:read, servers:write, *)");
    }

    @Test
    void nothing_is_written_or_read() throws Exception {
      mockMvc
          .perform(get("/servers").with(apiToken().scopes("servers:read")))
          .andExpect(status().isOk());
      assertThat(Path.of("target/first-token-of-slice")).doesNotExist();
    }
  }

  @Nested
  @WebSlice
  class WithItsOwnManager {
    @TestConfiguration
    static class Own {
      @Bean
      TokenManager ownManager() {
        return TokenManager.builder(new InMemoryTokenStore()).prefix("own").build();
      }
    }

    @Test
    void it_is_used(
        @Autowired ApplicationContext context,
        @Autowired TokenManager tokens,
        @Autowired MockMvc mockMvc)
        throws Exception {
      assertThat(tokens.looksLikeToken("own_x")).isTrue();
      assertThat(context.getBeansOfType(InMemoryTokenStore.class)).isEmpty();
      mockMvc
          .perform(get("/servers").with(apiToken().scopes("servers:read")))
          .andExpect(status().isOk());
    }
  }
}
