package io.counterfoil.host;

import static io.counterfoil.springboot.test.ApiTokenRequestPostProcessor.apiToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.springboot.ApiTokenAuthentication;
import io.counterfoil.springboot.test.WithApiToken;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.context.TestSecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;

/** Tests that run with a token, in a part of an application with Spring Security. */
@WebSlice
@WithApiToken(name = "of-class", owner = "ann", scopes = "servers:read")
class WithApiTokenTest {
  @Autowired
  MockMvc mockMvc;

  @Autowired
  private TokenManager tokens;

  @Retention(RetentionPolicy.RUNTIME)
  @WithApiToken(name = "of-meta-annotation", owner = "ann", scopes = "servers:read")
  @interface AsReader {}

  @Test
  void the_token_of_the_class_is_used() throws Exception {
    expectToken("ann/of-class");
  }

  @Test
  @WithApiToken(owner = "bob", name = "of-method", scopes = "servers:read")
  void a_method_has_its_own_token() throws Exception {
    expectToken("bob/of-method");
  }

  @Test
  @AsReader
  void it_can_be_a_meta_annotation() throws Exception {
    expectToken("ann/of-meta-annotation");
  }

  @Nested
  class NestedClass {
    @Test
    void inherits_the_token() throws Exception {
      expectToken("ann/of-class");
    }
  }

  @Nested
  @WithApiToken(owner = "bob", name = "of-nested-class", scopes = "servers:read")
  class NestedClassWithToken {
    @Test
    void has_its_own_token() throws Exception {
      expectToken("bob/of-nested-class");
    }
  }

  @Nested
  class Subclass extends WithToken {
    @Test
    void inherits_the_token_of_its_superclass() throws Exception {
      expectToken("bob/of-superclass");
    }
  }

  @WithApiToken(owner = "bob", name = "of-superclass", scopes = "servers:read")
  abstract static class WithToken {}

  @Test
  @WithApiToken(scopes = {"servers:write", "servers:write"})
  void a_change_needs_no_csrf_token() throws Exception {
    mockMvc.perform(post("/servers")).andExpect(status().isOk());
  }

  @Test
  void the_scope_of_the_route_is_required() throws Exception {
    mockMvc
        .perform(post("/servers"))
        .andExpect(status().isForbidden())
        .andExpect(header().string("WWW-Authenticate", containsString("scope=\"servers:write\"")));
  }

  @Test
  @WithApiToken(scopes = "*")
  void an_unrestricted_token_has_every_scope() throws Exception {
    mockMvc.perform(post("/servers")).andExpect(status().isOk());
    mockMvc.perform(delete("/servers")).andExpect(status().isOk());
  }

  @Test
  void a_revoked_token_is_refused() throws Exception {
    tokens.disable(token().id());
    mockMvc.perform(get("/servers")).andExpect(status().isUnauthorized());
  }

  @Test
  void a_request_can_have_another_token_or_none() throws Exception {
    mockMvc
        .perform(get("/servers").with(apiToken().name("other").scopes("servers:read")))
        .andExpect(content().string("/other"));
    mockMvc
        .perform(get("/servers").header("Authorization", "Bearer unknown"))
        .andExpect(status().isUnauthorized());
    mockMvc.perform(get("/servers").with(anonymous())).andExpect(status().isUnauthorized());
    expectToken("ann/of-class");
  }

  private void expectToken(String ownerAndName) throws Exception {
    assertThat(token().owner() + '/' + token().name()).isEqualTo(ownerAndName);
    mockMvc
        .perform(get("/servers"))
        .andExpect(status().isOk())
        .andExpect(content().string(ownerAndName));
  }

  private static Token token() {
    var authentication =
        (ApiTokenAuthentication) TestSecurityContextHolder.getContext().getAuthentication();
    return authentication.getPrincipal();
  }
}
