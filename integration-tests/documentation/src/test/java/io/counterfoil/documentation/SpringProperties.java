package io.counterfoil.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.counterfoil.documentation.Page.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Binds properties in documents as the starter does. */
final class SpringProperties {
  private static final Class<?> PROPERTIES = properties();

  private SpringProperties() {}

  /** Returns the class of all properties. It is not public. */
  static Class<?> properties() {
    try {
      return Class.forName("io.counterfoil.springboot.CounterfoilProperties");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns why a block cannot be bound; empty if it can. A placeholder such as <code>${KEY}</code> is a text. */
  static Optional<String> problem(Block block) {
    PropertySourceLoader loader = block.tag().equals("yaml")
        ? new YamlPropertySourceLoader()
        : new PropertiesPropertySourceLoader();
    try {
      List<PropertySource<?>> sources =
          loader.load("block", new ByteArrayResource(block.text().getBytes(UTF_8)));
      Binder binder = new Binder(ConfigurationPropertySources.from(sources));
      binder.bind(
          "counterfoil",
          Bindable.of(PROPERTIES),
          new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
      return Optional.empty();
    } catch (BindException e) {
      return Optional.of(e.getMessage() + ": " + e.getCause());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
