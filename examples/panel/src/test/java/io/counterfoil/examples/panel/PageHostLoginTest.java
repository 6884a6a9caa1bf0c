package io.counterfoil.examples.panel;

import static jakarta.servlet.DispatcherType.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.http.ApiRequest;
import io.counterfoil.http.Caller;
import io.counterfoil.http.TokenApi;
import io.counterfoil.http.TokenPage;
import io.counterfoil.memory.InMemoryTokenStore;
import io.counterfoil.servlet.ApiServlet;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a host application with its own login in a cookie, where no token is needed. */
class PageHostLoginTest extends BrowserTest {
  private final TokenManager hostTokens =
      TokenManager.builder(new InMemoryTokenStore()).build();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Semaphore answers = new Semaphore(1_000);
  private final Server host = new Server();
  private String url;

  /** Where the login redirects to, or the page with which it answers; empty if there is no such login. */
  private volatile String loginPage = "";

  @BeforeEach
  void startHost() throws Exception {
    ServerConnector connector = new ServerConnector(host);
    connector.setHost("127.0.0.1");
    host.addConnector(connector);
    var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
    var api = TokenApi.of(hostTokens, this::caller);
    context.addServlet(new ServletHolder(new ApiServlet(api)), "/api/*");
    context.addFilter(new FilterHolder(this::requireLogin), "/*", EnumSet.of(REQUEST));
    var pages = TokenPage.of(ManagementPage.PATH.replaceAll("/$", ""), "/api", hostTokens);
    context.addServlet(new ServletHolder(new ApiServlet(pages)), ManagementPage.PATH + '*');
    host.setHandler(context);
    host.start();
    url = "http://127.0.0.1:" + connector.getLocalPort() + '/';
  }

  @AfterEach
  void stopHost() throws Exception {
    page.browser.manage().deleteAllCookies();
    page.browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    host.stop();
    hostTokens.close();
  }

  private Optional<Caller> caller(ApiRequest request) {
    answers.acquireUninterruptibly();
    boolean in = request.headers("Cookie").contains("login=ann");
    calls.add(request.method() + ' ' + in + ' ' + request.headers("Content-Type"));
    return in ? Optional.of(Caller.user("ann").unrestricted()) : Optional.empty();
  }

  /** The login of the host: it redirects each request without the cookie, if the test has enabled it. */
  private void requireLogin(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean in =
        String.valueOf(((HttpServletRequest) request).getHeader("Cookie")).contains("login=ann");
    if (loginPage.isEmpty() || in) {
      chain.doFilter(request, response);
    } else if (loginPage.startsWith("<")) {
      response.setContentType("text/html");
      response.getWriter().print(loginPage);
    } else {
      ((HttpServletResponse) response).sendRedirect(loginPage);
    }
  }

  private void logIn() {
    page.browser.executeCdpCommand(
        "Network.setCookie",
        Map.of("url", url, "name", "login", "value", "ann", "secure", true, "sameSite", "None"));
  }

  @Test
  void a_logged_in_user_sees_the_list_at_once_and_a_message_if_it_is_empty() {
    logIn();
    answers.drainPermits();
    page.open(url);
    page.see("#loading", "Loading");
    answers.release(1_000);
    page.see("#empty", "There are no tokens yet");
    page.seeNo("#table, #sign-in, #loading, #sign-out");
    page.create("first");
    page.closePlaintextDialog();
    page.seeNo("#empty");
    page.click("#delete-1");
    page.click("#confirm .primary");
    page.see("#empty");
    assertThat(calls).allMatch(call -> call.contains(" true "));
  }

  @Test
  void a_user_who_is_not_logged_in_is_asked_for_a_token() {
    page.open(url);
    page.see("#sign-in .error", "you may not manage tokens");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "https://login.example/", "<!DOCTYPE html><h1>Log in</h1>"})
  void a_login_that_has_ended_is_offered_again(String login) {
    hostTokens.create(NewToken.named("first").owner("ann"));
    logIn();
    page.open(url);
    page.see("#tokens");
    page.browser.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    loginPage = login;
    page.click("#switch-1");
    page.see("#login", "This site asks you to log in.");
    page.seeNo("#problem, #tokens");
    assertThat(page.focused()).isEqualTo("log-in");
    assertThat(hostTokens.find(1).orElseThrow().enabled()).isTrue();
    logIn();
    page.click("#log-in");
    page.see("#tokens");
    page.seeNo("#login");
    assertThat(page.names()).containsExactly("first");
  }

  @Test // E11
  void a_form_of_another_site_changes_nothing_though_the_cookie_comes_with_it() {
    hostTokens.create(NewToken.named("first").owner("ann"));
    logIn();
    submit("create", "text/plain", "{\"name\":\"forged\",\"x\":\"", "\"}");
    submit("delete/1", "application/x-www-form-urlencoded", "a", "b");
    assertThat(calls)
        .containsExactly("POST true [text/plain]", "POST true [application/x-www-form-urlencoded]");
    assertThat(hostTokens.list().map(Token::name)).containsExactly("first");
  }

  /** Sends a form from a page of another site. */
  private void submit(String path, String type, String name, String value) {
    page.browser.get(server.url().replace("127.0.0.1", "localhost"));
    page.script(
        "const form = document.body.appendChild(document.createElement('form'));"
            + "Object.assign(form, {method: 'post', action: arguments[0], enctype: arguments[1]});"
            + "const field = form.appendChild(document.createElement('input'));"
            + "Object.assign(field, {name: arguments[2], value: arguments[3]}); form.submit()",
        url + "api/" + path,
        type,
        name,
        value);
    page.see("body", "must be sent as application/json");
  }
}
