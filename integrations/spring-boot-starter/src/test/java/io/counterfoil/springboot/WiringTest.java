package io.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenListener;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.Verdict;
import io.counterfoil.cache.CachedTokenStore;
import io.counterfoil.jdbc.JdbcTokenStore;
import io.counterfoil.memory.InMemoryTokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** How properties and beans of the application change the beans of the starter. */
class WiringTest {
  private static final String KEY = "a2V5IG9mIDMyIGJ5dGVzIGZvciB0aGUgdGVzdHMgPSA9";
  private static final String OTHER = "b3RoZXIga2V5IG9mIDMyIGJ5dGVzIGZvciB0ZXN0cyA9";

  private final WebApplicationContextRunner application = Contexts.servletApplication();

  @Test
  void peppers_and_checksum_keys_come_from_properties_and_files(@TempDir Path folder)
      throws Exception {
    Path pepper = Files.writeString(folder.resolve("pepper"), OTHER + '\n');
    Path checksumKey = Files.writeString(folder.resolve("key"), KEY + '\n');
    String url = Contexts.newDatabase();
    List<String> plaintexts = new ArrayList<>();
    WebApplicationContextRunner database =
        application.withPropertyValues("spring.datasource.url=" + url);
    database
        .withPropertyValues(
            "counterfoil.peppers[0].name=old",
            "counterfoil.peppers[0].secret=" + KEY,
            "counterfoil.checksum-keys[0].secret=" + OTHER)
        .run(context -> plaintexts.add(create(context.getBean(TokenManager.class), "a")));
    database
        .withPropertyValues(
            "counterfoil.peppers[0].name=new",
            "counterfoil.peppers[0].secret-file=" + pepper,
            "counterfoil.peppers[1].name=old",
            "counterfoil.peppers[1].secret=" + KEY,
            "counterfoil.checksum-keys[0].secret-file=" + checksumKey,
            "counterfoil.checksum-keys[1].secret=" + OTHER)
        .run(context -> {
          TokenManager tokens = context.getBean(TokenManager.class);
          assertThat(tokens.authenticate(plaintexts.get(0))).isInstanceOf(Verdict.Accepted.class);
          plaintexts.add(create(tokens, "b"));
          assertThat(tokens.reports().countByPepper()).containsEntry("new", 2L);
        });
    database.run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      for (String plaintext : plaintexts) {
        assertThat(tokens.authenticate(plaintext)).isInstanceOf(Verdict.Rejected.class);
      }
    });
  }

  @Test
  void the_prefix_and_the_maximum_lifetime_are_those_of_the_properties() {
    application
        .withPropertyValues("counterfoil.max-lifetime=90d", "counterfoil.prefix=acme")
        .run(context -> {
          TokenManager tokens = context.getBean(TokenManager.class);
          assertThat(tokens.maxLifetime()).contains(Duration.ofDays(90));
          assertThat(tokens
                  .create(NewToken.named("a").expiresIn(Duration.ofDays(90)))
                  .reveal())
              .startsWith("acme_");
        });
  }

  @Test
  void uses_are_recorded_before_the_data_source_is_closed() {
    assertThat(usedToken().lastUsedAt()).isPresent();
    assertThat(usedToken("counterfoil.record-uses=0").lastUsedAt()).isEmpty();
  }

  private Token usedToken(String... settings) {
    String url = Contexts.newDatabase();
    application
        .withPropertyValues("spring.datasource.url=" + url)
        .withPropertyValues(settings)
        .run(context -> {
          TokenManager tokens = context.getBean(TokenManager.class);
          assertThat(tokens.authenticate(create(tokens, "a"))).isInstanceOf(Verdict.Accepted.class);
        });
    TokenStore store = new JdbcTokenStore(Contexts.dataSource(url));
    try (TokenManager later = TokenManager.builder(store).build()) {
      return later.find("", "a").orElseThrow();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customized {
    final List<String> order = new ArrayList<>();
    final CountDownLatch events = new CountDownLatch(2);

    @Bean
    @Order(2)
    TokenManagerCustomizer second() {
      return builder -> order.add("second");
    }

    @Bean
    @Order(1)
    TokenManagerCustomizer first() {
      return builder -> {
        order.add("first");
        builder.prefix("own");
      };
    }

    @Bean
    TokenListener one() {
      return event -> events.countDown();
    }

    @Bean
    TokenListener another() {
      return event -> events.countDown();
    }
  }

  @Test
  void customizers_run_in_their_order_after_the_properties_and_every_listener_gets_events() {
    application
        .withUserConfiguration(Customized.class)
        .withPropertyValues("counterfoil.prefix=acme")
        .run(context -> {
          Customized customized = context.getBean(Customized.class);
          assertThat(customized.order).containsExactly("first", "second");
          assertThat(create(context.getBean(TokenManager.class), "a")).startsWith("own_");
          assertThat(customized.events.await(20, TimeUnit.SECONDS)).isTrue();
        });
  }

  @Test
  void without_tokens_there_is_nothing() {
    TokenManager own = TokenManager.builder(new InMemoryTokenStore()).build();
    application
        .withPropertyValues(
            "counterfoil.enabled=false",
            "counterfoil.filter.url-patterns=/*",
            "counterfoil.management.path=/tokens")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TokenManager.class));
    application
        .withConfiguration(AutoConfigurations.of(
            CounterfoilActuatorAutoConfiguration.class, CounterfoilMdcAutoConfiguration.class))
        .withPropertyValues(
            "counterfoil.enabled=false",
            "counterfoil.filter.url-patterns=/*",
            "counterfoil.mdc=true",
            "management.endpoints.web.exposure.include=*")
        .withBean("own", TokenManager.class, () -> own)
        .run(context -> assertThat(context)
            .hasNotFailed()
            .doesNotHaveBean("counterfoilFilter")
            .doesNotHaveBean("counterfoilMdcFilter")
            .doesNotHaveBean("counterfoilEndpoint")
            .doesNotHaveBean("counterfoilInfo")
            .hasBean("counterfoilSanitizingFunction")
            .doesNotHaveBean(CounterfoilServletAutoConfiguration.TomcatConfiguration.class));
  }

  @Test
  void of_several_data_sources_the_primary_one_is_used() {
    DataSource primary = Contexts.dataSource(Contexts.newDatabase());
    DataSource other = Contexts.dataSource(Contexts.newDatabase());
    WebApplicationContextRunner one = application.withBean("other", DataSource.class, () -> other);
    one.withBean("primary", DataSource.class, () -> primary, WiringTest::primary)
        .withPropertyValues("counterfoil.jdbc.initialize-schema=always")
        .run(context -> {
          create(context.getBean(TokenManager.class), "a");
          assertThat(new JdbcTokenStore(primary).count(TokenQuery.all())).isEqualTo(1);
        });
    one.withBean("another", DataSource.class, () -> primary)
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessage("There is no store for API tokens, because there is no DataSource, or more"
                + " than one."));
  }

  @Test
  void of_several_stores_the_primary_one_is_used_with_and_without_a_cache() {
    TokenStore primary = new InMemoryTokenStore();
    WebApplicationContextRunner two = application
        .withBean("other", TokenStore.class, InMemoryTokenStore::new)
        .withBean("primary", TokenStore.class, () -> primary, WiringTest::primary);
    two.run(context -> create(context.getBean(TokenManager.class), "a"));
    two.withPropertyValues("counterfoil.cache.max-revocation-lag=5s").run(context -> {
      assertThat(context).hasSingleBean(CachedTokenStore.class);
      create(context.getBean(TokenManager.class), "b");
    });
    assertThat(primary.count(TokenQuery.all())).isEqualTo(2);
    application
        .withBean("one", TokenStore.class, InMemoryTokenStore::new)
        .withBean("other", TokenStore.class, InMemoryTokenStore::new)
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("expected single matching bean but found 2: one,other"));
  }

  @Test
  void a_cache_of_the_application_is_used() {
    var cache = CachedTokenStore.around(new InMemoryTokenStore(), Duration.ofSeconds(5));
    application
        .withBean("own", CachedTokenStore.class, () -> cache)
        .withPropertyValues("counterfoil.cache.max-revocation-lag=9s")
        .run(context -> {
          assertThat(context).hasSingleBean(TokenStore.class);
          create(context.getBean(TokenManager.class), "a");
          assertThat(cache.count(TokenQuery.all())).isEqualTo(1);
        });
  }

  @Test
  void no_bean_is_printed_with_its_secrets() {
    application
        .withPropertyValues(
            "counterfoil.peppers[0].name=p",
            "counterfoil.peppers[0].secret=" + KEY,
            "counterfoil.checksum-keys[0].secret=" + OTHER)
        .run(context -> assertThat(context.getBeansOfType(Object.class).values())
            .filteredOn(bean -> bean.getClass().getName().startsWith("io.counterfoil"))
            .isNotEmpty()
            .allSatisfy(bean -> assertThat(bean.toString()).doesNotContain(KEY, OTHER)));
  }

  private static void primary(BeanDefinition definition) {
    definition.setPrimary(true);
  }

  private static String create(TokenManager tokens, String name) {
    return tokens.create(NewToken.named(name)).reveal();
  }
}
