package io.counterfoil.host;

import static io.counterfoil.springboot.test.ApiTokenRequestPostProcessor.apiToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.servlet.BearerFilter;
import io.counterfoil.springboot.test.ApiTokenRequestPostProcessor;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Requests of MockMvc with a token, in a part of an application with Spring Security. */
@WebSlice
class ApiTokenTest {
  @Autowired
  private MockMvc mockMvc;

  @Autowired
  private TokenManager tokens;

  @Test
  void a_controller_receives_the_token() throws Exception {
    mockMvc
        .perform(get("/servers").with(apiToken().owner("ann").name("ci").scopes("servers:read")))
        .andExpect(status().isOk())
        .andExpect(content().string("ann/ci"));
  }

  @Test
  void a_request_without_a_token_gets_401() throws Exception {
    mockMvc
        .perform(get("/servers"))
        .andExpect(status().isUnauthorized())
        .andExpect(header().string("WWW-Authenticate", containsString("Bearer")));
  }

  @Test
  void a_change_needs_no_csrf_token() throws Exception {
    mockMvc
        .perform(post("/servers").with(apiToken().scopes("servers:write")))
        .andExpect(status().isOk());
  }

  @Test
  void the_scope_of_the_route_is_required() throws Exception {
    mockMvc
        .perform(post("/servers").with(apiToken().scopes("servers:read")))
        .andExpect(status().isForbidden())
        .andExpect(header().string("WWW-Authenticate", containsString("scope=\"servers:write\"")));
  }

  @Test
  void the_authority_of_a_rule_is_required() throws Exception {
    mockMvc
        .perform(get("/servers/reports").with(apiToken()))
        .andExpect(status().isForbidden())
        .andExpect(header().string("WWW-Authenticate", containsString("scope=\"reports\"")));
    mockMvc
        .perform(get("/servers/reports").with(apiToken().scopes("reports")))
        .andExpect(status().isOk());
  }

  @Test
  void the_authority_of_a_method_is_required() throws Exception {
    mockMvc.perform(delete("/servers").with(apiToken())).andExpect(status().isForbidden());
    mockMvc
        .perform(delete("/servers").with(apiToken().scopes("servers:delete")))
        .andExpect(status().isOk());
  }

  @Test
  void an_unrestricted_token_has_every_scope() throws Exception {
    var unrestricted = apiToken().unrestricted();
    mockMvc.perform(post("/servers").with(unrestricted)).andExpect(status().isOk());
    mockMvc.perform(delete("/servers").with(unrestricted)).andExpect(status().isOk());
    mockMvc
        .perform(get("/servers/reports").with(unrestricted))
        .andExpect(status().isOk());
  }

  @Test
  void the_request_has_the_proof() throws Exception {
    Verdict.Accepted accepted = accepted(apiToken().owner("ann"));
    assertThat(tokens.recheck(accepted)).isInstanceOf(Verdict.Accepted.class);
    assertThat(tokens.find(accepted.token().id())).map(Token::owner).contains("ann");
  }

  @Test
  void equal_properties_are_the_same_token() throws Exception {
    long id = accepted(apiToken().owner("ann").scopes("a", "b")).token().id();
    assertThat(accepted(apiToken().scopes("b", "a").owner("ann")).token().id()).isEqualTo(id);
    assertThat(accepted(apiToken().owner("ann")).token().id()).isNotEqualTo(id);
  }

  @Test
  void a_revoked_or_rotated_token_is_replaced() throws Exception {
    long first = accepted(apiToken().name("replaced")).token().id();
    tokens.disable(first);
    long second = accepted(apiToken().name("replaced")).token().id();
    assertThat(second).isNotEqualTo(first);
    tokens.delete(second);
    long third = accepted(apiToken().name("replaced")).token().id();
    tokens.rotate(third, Duration.ofHours(1));
    Verdict.Accepted fourth = accepted(apiToken().name("replaced"));
    assertThat(fourth.byPrevious()).isFalse();
    assertThat(fourth.token().id()).isNotEqualTo(third);
  }

  @Test
  void it_replaces_another_token() throws Exception {
    mockMvc
        .perform(get("/servers")
            .header("Authorization", "Bearer other")
            .with(apiToken().unrestricted()))
        .andExpect(status().isOk());
  }

  @Test
  void a_token_of_the_application_is_never_touched() {
    long id = tokens.create(NewToken.named("taken").owner("ann")).token().id();
    assertThatThrownBy(() -> accepted(apiToken().owner("ann").name("taken")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("name: taken of the owner \"ann\" is the name of a token of the application"
            + " (expected: another name, or none)");
    assertThat(tokens.find(id)).isPresent();
  }

  @Test
  void invalid_properties_are_rejected_at_once() {
    assertThatThrownBy(() -> apiToken().name("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apiToken().owner("token:1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apiToken().scopes()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> apiToken().scopes("a b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_application_without_a_manager_is_reported() {
    MockMvc other = MockMvcBuilders.standaloneSetup(new Object()).build();
    assertThatThrownBy(() -> other.perform(get("/servers").with(apiToken())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("apiToken() needs a bean of type TokenManager in the context of MockMvc");
  }

  /** Returns the proof of a request with this token. */
  private Verdict.Accepted accepted(ApiTokenRequestPostProcessor token) throws Exception {
    MvcResult result = mockMvc.perform(delete("/servers").with(token)).andReturn();
    Object accepted = result.getRequest().getAttribute(BearerFilter.ACCEPTED);
    assertThat(accepted).isInstanceOf(Verdict.Accepted.class);
    return (Verdict.Accepted) accepted;
  }
}
