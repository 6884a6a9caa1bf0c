package io.counterfoil.testing.databases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledIfSystemProperty(named = "mariadb.skip", matches = "true")
@DisabledIfSystemProperty(named = "postgres.skip", matches = "true")
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "it creates executable files")
class SkipReasonTest {
  private static final Platform LINUX_ON_X86_64 = new Platform("Linux", "amd64");
  private static final Platform APPLE_SILICON = new Platform("Mac OS X", "aarch64");
  private static final Platform RISC_V = new Platform("Linux", "riscv64");

  @TempDir
  private Path root;

  private SearchPath path;

  @BeforeEach
  void searchOnlyTheTemporaryFolder() {
    path = new SearchPath(List.of(root.resolve("sbin"), root.resolve("bin")));
  }

  @AfterEach
  void restoreProperties() {
    System.clearProperty("mariadb.skip");
    System.clearProperty("postgres.skip");
  }

  @Test
  void on_linux_on_x86_64_no_test_is_skipped_even_if_no_server_is_installed() {
    assertThat(MariaDb.skipReason(LINUX_ON_X86_64, path)).isEmpty();
    assertThat(PostgreSql.skipReason(LINUX_ON_X86_64, path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Linux, aarch64", "Mac OS X, aarch64", "Mac OS X, x86_64", "Windows 11, amd64"})
  void postgresql_is_bundled_where_mariadb_is_not(String os, String arch) {
    Platform platform = new Platform(os, arch);
    assertThat(PostgreSql.skipReason(platform, path)).isEmpty();
    assertThat(MariaDb.skipReason(platform, path))
        .contains("MariaDB is neither bundled for " + os + " on " + arch
            + " nor installed (expected: mariadbd on the PATH, and mariadb-install-db)");
  }

  @ParameterizedTest
  @CsvSource({
    "bin/mariadbd, bin/mariadb-install-db",
    "sbin/mariadbd, bin/mariadb-install-db",
    "bin/mysqld, scripts/mysql_install_db",
  })
  void an_installed_mariadb_is_used(String server, String installer) throws IOException {
    Path serverFile = install(server);
    Path installerFile = install(installer);
    assertThat(MariaDb.skipReason(APPLE_SILICON, path)).isEmpty();
    assertThat(InstalledMariaDb.find(path))
        .contains(new InstalledMariaDb(root.toRealPath(), serverFile, installerFile));
  }

  @Test
  void an_installed_mysql_is_not_taken_for_mariadb() throws IOException {
    install("bin/mysqld");
    assertThat(MariaDb.skipReason(APPLE_SILICON, path)).isPresent();
  }

  @Test
  void an_installed_mariadb_is_found_through_a_link() throws IOException {
    Path server = install("Cellar/mariadb/11.8.2/bin/mariadbd");
    Path installer = install("Cellar/mariadb/11.8.2/bin/mariadb-install-db");
    Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(root.resolve("bin/mariadbd"), server);
    assertThat(InstalledMariaDb.find(path))
        .contains(new InstalledMariaDb(server.getParent().getParent(), server, installer));
  }

  @Test
  void where_postgresql_is_not_bundled_an_installed_one_is_used() throws IOException {
    assertThat(PostgreSql.skipReason(RISC_V, path))
        .contains("PostgreSQL is neither bundled for Linux on riscv64"
            + " nor installed (expected: postgres on the PATH, and initdb beside it)");
    Path server = install("lib/postgresql/18/bin/postgres");
    Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(root.resolve("bin/postgres"), server);
    assertThat(PostgreSql.skipReason(RISC_V, path)).isPresent();
    install("lib/postgresql/18/bin/initdb");
    assertThat(PostgreSql.skipReason(RISC_V, path)).isEmpty();
    assertThat(PostgreSqlPrograms.installed(path)).contains(server.getParent());
  }

  @Test
  void a_property_skips_the_tests_on_every_platform() {
    System.setProperty("mariadb.skip", "true");
    System.setProperty("postgres.skip", "true");
    assertThat(MariaDb.skipReason(LINUX_ON_X86_64, path))
        .isEqualTo(Optional.of("MariaDB is switched off by -Dmariadb.skip"));
    assertThat(PostgreSql.skipReason(LINUX_ON_X86_64, path))
        .isEqualTo(Optional.of("PostgreSQL is switched off by -Dpostgres.skip"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, /postgres-linux-x86_64.txz",
    "Linux, aarch64, /postgres-linux-arm_64.txz",
    "Mac OS X, x86_64, /postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, /postgres-darwin-arm_64.txz",
  })
  void each_platform_has_its_archive(String os, String arch, String archive) {
    assertThat(BundledPostgreSql.archive(new Platform(os, arch))).isEqualTo(archive);
  }

  private Path install(String program) throws IOException {
    Path file = root.resolve(program);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toRealPath();
  }
}
