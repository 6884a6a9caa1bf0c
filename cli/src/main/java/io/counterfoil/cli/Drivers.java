package io.counterfoil.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JDBC drivers on the class path and in a folder or jar that the operator names. */
final class Drivers {
  private static final Pattern DATABASE =
      Pattern.compile("(jdbc:[a-z0-9]{1,30}:).*", Pattern.DOTALL);

  private final ClassLoader loader;

  private Drivers(ClassLoader loader) {
    this.loader = loader;
  }

  /** @param path a jar, or a folder with jars; empty for the class path alone */
  static Drivers of(Optional<String> path) throws CliException {
    ClassLoader own = Drivers.class.getClassLoader();
    if (path.isEmpty()) {
      return new Drivers(own);
    }
    try {
      URL[] jars = jars(Path.of(path.get()));
      if (jars.length > 0) {
        return new Drivers(new URLClassLoader(jars, own)); // open until the process ends
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException unreadable) {
      // The same message.
    }
    throw CliException.invalid("--drivers: no jar there", "a jar, or a folder with jars");
  }

  private static URL[] jars(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return new URL[] {path.toUri().toURL()};
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(Drivers::url)
          .toArray(URL[]::new);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the driver for a URL. */
  Driver driver(String url) throws CliException {
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
    while (hasNext(drivers)) {
      try {
        Driver driver = drivers.next();
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (ServiceConfigurationError | LinkageError | SQLException unusable) {
        // Another one may accept it.
      }
    }
    Matcher database = DATABASE.matcher(url);
    throw CliException.invalid(
        "spring.datasource.url: no driver for " + (database.matches() ? database.group(1) : "it"),
        "jdbc:postgresql: or jdbc:sqlite:, whose drivers are in this jar, or the driver of the"
            + " application with --drivers=FILE");
  }

  private static boolean hasNext(Iterator<Driver> drivers) throws CliException {
    try {
      return drivers.hasNext();
    } catch (ServiceConfigurationError e) {
      throw CliException.invalid("--drivers: a damaged jar", "jars of JDBC drivers");
    }
  }
}
