package io.counterfoil.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.counterfoil.FirstTokenFile;
import io.counterfoil.NewToken;
import io.counterfoil.Token;
import io.counterfoil.TokenManager;
import io.counterfoil.Verdict;
import io.counterfoil.jdbc.FirstTokenMain.Pause;
import io.counterfoil.testing.CapturedLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file of the first token, with real processes that start at once or are killed. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "kills with SIGKILL")
class FirstTokenProcessTest {
  private static final int KILLED = 128 + 9; // the exit code after SIGKILL
  private static final int NAMES = 20;

  private final List<Process> processes = new ArrayList<>();

  @TempDir
  Path folder;

  @AfterEach
  void end_the_processes() {
    processes.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest // M4; only one process can open the files of the others
  @EnumSource(
      value = Database.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"H2", "HSQLDB", "DERBY"})
  void of_two_processes_that_start_at_once_one_creates_each_token_and_its_file(Database database)
      throws Exception {
    String url = database.freshUrl();
    List<Process> two = List.of(start(url, NAMES, Pause.NEVER), start(url, NAMES, Pause.NEVER));
    for (Process process : two) {
      process.outputWriter(UTF_8).append("go\n").flush();
    }
    List<String> created = new ArrayList<>();
    for (Process process : two) {
      try (BufferedReader reader = process.inputReader(UTF_8)) {
        reader.lines().forEach(created::add);
      }
      assertThat(process.waitFor()).isZero();
    }
    assertThat(created).hasSize(NAMES).doesNotHaveDuplicates();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrderElementsOf(created);
    try (HikariDataSource pool = Database.open(url, true)) {
      TokenManager tokens = manager(pool);
      for (String name : created) {
        assertAccepted(tokens, folder.resolve(name), name);
      }
    }
  }

  @Test // M4, Q8
  void a_kill_before_the_token_was_created_blocks_no_later_start() throws Exception {
    String url = Database.H2.freshUrl();
    kill(startAndPause(url, Pause.BEFORE_TOKEN));
    assertThat(onlyFile()).isEmptyFile();
    try (HikariDataSource pool = Database.open(url, true)) {
      TokenManager tokens = manager(pool);
      assertThat(tokens.list()).isEmpty();
      assertThat(createFirst(tokens)).isTrue();
      assertAccepted(tokens, onlyFile(), "first-0");
      assertThat(CapturedLog.of(() -> createFirst(tokens))).doesNotContain("WARN");
    }
  }

  @Test // M4, Q8
  void a_kill_between_the_token_and_its_file_is_reported_and_another_name_helps() throws Exception {
    String url = Database.H2.freshUrl();
    kill(startAndPause(url, Pause.AFTER_TOKEN));
    Path draft = onlyFile();
    assertThat(draft).isEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft)))
        .isEqualTo("rw-------");
    try (HikariDataSource pool = Database.open(url, true)) {
      TokenManager tokens = manager(pool);
      assertThat(tokens.list().map(Token::name)).containsExactly("first-0");
      String log = CapturedLog.of(() -> assertThat(createFirst(tokens)).isFalse());
      assertThat(log)
          .contains("WARN", draft.toString(), "otherwise, rotate or delete the token first-0");
      Path file = folder.resolve("second");
      assertThat(FirstTokenFile.create(tokens, file, NewToken.named("second"))).isTrue();
      assertAccepted(tokens, file, "second");
    }
  }

  private Process start(String url, int number, Pause pause) throws IOException {
    Process process = JavaProcess.start(
        FirstTokenMain.class, url, folder.toString(), String.valueOf(number), pause.name());
    processes.add(process);
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("ready");
    return process;
  }

  private Process startAndPause(String url, Pause pause) throws IOException {
    Process process = start(url, 1, pause);
    process.outputWriter(UTF_8).append("go\n").flush();
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("paused");
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.toHandle().destroyForcibly();
    assertThat(process.waitFor()).isEqualTo(KILLED);
  }

  private static TokenManager manager(HikariDataSource pool) {
    return TokenManager.builder(new JdbcTokenStore(pool)).recordNoUses().build();
  }

  private boolean createFirst(TokenManager tokens) {
    return FirstTokenFile.create(tokens, folder.resolve("first-0"), NewToken.named("first-0"));
  }

  private Path onlyFile() {
    String[] names = folder.toFile().list();
    assertThat(names).hasSize(1);
    return folder.resolve(names[0]);
  }

  private static void assertAccepted(TokenManager tokens, Path file, String name)
      throws IOException {
    assertThat(tokens.authenticate(Files.readString(file).strip()))
        .isInstanceOfSatisfying(
            Verdict.Accepted.class,
            accepted -> assertThat(accepted.token().name()).isEqualTo(name));
  }
}
