package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.counterfoil.testing.CapturedLog;
import io.counterfoil.testing.Effort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the first token, as long as nothing fails. */
class FirstTokenFileTest {
  private static final NewToken FIRST = NewToken.named("first-token").scopes("tokens");
  private static final int ROUNDS = Effort.times(50);

  private final TokenManager tokens =
      TokenManager.builder(new MapStore()).recordNoUses().build();

  @TempDir
  Path folder;

  private Path file() {
    return folder.resolve("first-token");
  }

  @Test // M4
  void the_first_call_creates_the_token_and_its_file_and_no_later_call_does() throws IOException {
    assertThat(FirstTokenFile.create(tokens, file(), FIRST)).isTrue();
    String line = Files.readString(file());
    assertThat(line).endsWith("\n");
    assertThat(tokens.authenticate(line.strip()))
        .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
          assertThat(accepted.token().name()).isEqualTo("first-token");
          assertThat(accepted.token().scopes()).containsExactly("tokens");
        });
    assertThat(FirstTokenFile.create(tokens, file(), FIRST)).isFalse();
    assertThat(file()).content().isEqualTo(line);
    assertThat(folder).isDirectoryContaining(file()::equals);
    assertThat(tokens.list()).hasSize(1);
  }

  @Test // Q8
  void only_the_user_of_the_process_can_read_the_file_at_any_time() throws IOException {
    List<String> drafts = new ArrayList<>();
    TokenManager listening = TokenManager.builder(new MapStore())
        .recordNoUses()
        .synchronousListener(created -> drafts.addAll(permissions()))
        .build();
    FirstTokenFile.create(listening, file(), FIRST);
    assertThat(drafts).containsExactly("rw-------");
    assertThat(permissions()).containsExactly("rw-------");
  }

  private List<String> permissions() {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> texts = new ArrayList<>();
      for (Path each : files.toList()) {
        texts.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
      }
      return texts;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_file_system_may_have_no_posix_permissions() throws IOException {
    URI zip = URI.create("jar:" + folder.resolve("files.zip").toUri());
    try (FileSystem withoutPermissions = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      assertThat(withoutPermissions.supportedFileAttributeViews()).doesNotContain("posix");
      Path file = withoutPermissions.getPath("first-token");
      assertThat(FirstTokenFile.create(tokens, file, FIRST)).isTrue();
      assertThat(tokens.authenticate(Files.readString(file).strip()))
          .isInstanceOf(Verdict.Accepted.class);
      assertThat(FirstTokenFile.create(tokens, file, FIRST)).isFalse();
    }
  }

  @Test // M4
  void a_token_that_was_deleted_does_not_return() throws IOException {
    FirstTokenFile.create(tokens, file(), FIRST);
    tokens.delete(tokens.list().findFirst().orElseThrow().id());
    Files.delete(file());
    assertThat(FirstTokenFile.create(tokens, file(), FIRST)).isFalse();
    assertThat(FirstTokenFile.createOrReplace(tokens, file(), FIRST)).isFalse();
    assertThat(tokens.list()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void after_the_first_call_the_folder_and_the_file_do_not_matter() throws IOException {
    FirstTokenFile.create(tokens, file(), FIRST);
    assertThat(FirstTokenFile.create(tokens, folder.resolve("missing/file"), FIRST))
        .isFalse();
    Path other = Files.writeString(folder.resolve("other"), "mine");
    assertThat(FirstTokenFile.create(tokens, other, FIRST)).isFalse();
    assertThat(other).content().isEqualTo("mine");
  }

  @Test
  void a_token_is_created_once_for_each_name() {
    tokens.create(NewToken.named("other"));
    assertThat(FirstTokenFile.create(tokens, file(), FIRST)).isTrue();
    NewToken second = NewToken.named("second-token");
    assertThat(FirstTokenFile.create(tokens, folder.resolve("second"), second)).isTrue();
    assertThat(tokens.list().map(Token::name))
        .containsExactly("other", "first-token", "second-token");
  }

  @Test
  void the_name_is_the_key_of_the_token() {
    tokens.createOnce("first-token", () -> NewToken.named("created before this class existed"));
    assertThat(FirstTokenFile.create(tokens, file(), FIRST)).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"First", "a b", "\u00e9"})
  void a_name_that_is_no_key_is_rejected(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FirstTokenFile.create(tokens, file(), NewToken.named(name)))
        .withMessageMatching("name: \".*\" \\(expected: 1 to 64 of a-z, 0-9, '\\.', '_', '-'\\)");
    assertThat(tokens.list()).isEmpty();
  }

  @ParameterizedTest // M4
  @ValueSource(booleans = {false, true})
  void of_threads_that_call_at_once_one_creates_each_token_and_its_file(boolean replaces)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int i = 0; i < ROUNDS; i++) {
        String name = "first-" + i;
        Callable<Boolean> call = () -> create(folder.resolve(name), NewToken.named(name), replaces);
        int created = 0;
        for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(8, call))) {
          created += each.get() ? 1 : 0;
        }
        assertThat(created).isEqualTo(1);
        assertThat(tokens.authenticate(Files.readString(folder.resolve(name)).strip()))
            .isInstanceOf(Verdict.Accepted.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(folder.toFile().list()).hasSize(ROUNDS);
  }

  private boolean create(Path file, NewToken newToken, boolean replaces) {
    return replaces
        ? FirstTokenFile.createOrReplace(tokens, file, newToken)
        : FirstTokenFile.create(tokens, file, newToken);
  }

  @Test // for a store that ends with the process
  void the_file_of_an_earlier_process_is_replaced_on_request() throws IOException {
    TokenManager earlier = TokenManager.builder(new MapStore()).build();
    assertThat(FirstTokenFile.createOrReplace(earlier, file(), FIRST)).isTrue();
    String before = Files.readString(file());
    assertThat(FirstTokenFile.createOrReplace(tokens, file(), FIRST)).isTrue();
    String line = Files.readString(file());
    assertThat(line).isNotEqualTo(before);
    assertThat(tokens.authenticate(line.strip())).isInstanceOf(Verdict.Accepted.class);
    assertThat(FirstTokenFile.createOrReplace(tokens, file(), FIRST)).isFalse();
    assertThat(file()).content().isEqualTo(line);
  }

  @Test // A9
  void the_log_says_where_the_file_is_and_does_not_contain_the_plaintext() throws IOException {
    String log = CapturedLog.of(() -> FirstTokenFile.create(tokens, file(), FIRST));
    assertThat(log)
        .contains("INFO", "The first token was created. Its plaintext is in " + file())
        .doesNotContain(Files.readString(file()).strip());
  }

  @Test
  void a_relative_path_begins_in_the_working_directory() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(file());
    String log = CapturedLog.of(() -> FirstTokenFile.create(tokens, relative, FIRST));
    assertThat(log).contains("Its plaintext is in /");
    assertThat(file()).isNotEmptyFile();
  }
}
