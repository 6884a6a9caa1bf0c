package io.counterfoil.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A database and its login. The names of the properties are those of Spring Boot.
 *
 * @param url the JDBC URL; it may contain a password, so it is never printed
 */
record DatabaseSettings(String url, Optional<String> user, Optional<String> password) {
  private static final String PREFIX = "spring.datasource.";
  private static final Pattern IN_MEMORY = Pattern.compile(
      "jdbc:(h2:mem:|hsqldb:mem:|derby:memory:|sqlite:$).*|.*(:memory:|mode=memory).*");

  /** The driver of PostgreSQL takes a user and a password there for the name of the host, and prints it. */
  private static final Pattern USER_AS_HOST = Pattern.compile("jdbc:postgresql://[^/?]*@.*");

  static DatabaseSettings of(PropertiesFile file, SecretFiles secrets) throws CliException {
    String url = file.value(PREFIX + "url").orElse("");
    if (!url.startsWith("jdbc:")) {
      throw CliException.invalid(
          PREFIX + "url: " + (url.isEmpty() ? "missing" : "not a JDBC URL"),
          "the URL of the database, such as jdbc:postgresql://localhost/app");
    }
    if (IN_MEMORY.matcher(url).matches()) {
      throw CliException.invalid(
          PREFIX + "url: a database in memory", "a database that outlives this command");
    }
    if (USER_AS_HOST.matcher(url).matches()) {
      throw CliException.invalid(
          PREFIX + "url: a user in it", "spring.datasource.username and .password");
    }
    return new DatabaseSettings(url, file.value(PREFIX + "username"), password(file, secrets));
  }

  private static Optional<String> password(PropertiesFile file, SecretFiles secrets)
      throws CliException {
    Optional<String> password = file.value(PREFIX + "password");
    Optional<String> passwordFile = file.value(PREFIX + "password-file");
    if (password.isPresent() && passwordFile.isPresent()) {
      throw CliException.invalid(
          PREFIX + "password: both password and password-file", "one of them");
    }
    return passwordFile.isPresent()
        ? Optional.of(secrets.content(PREFIX + "password-file", passwordFile.get()))
        : password;
  }

  @Override
  public String toString() {
    return "DatabaseSettings[****]";
  }
}
