package io.counterfoil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import io.counterfoil.testing.CapturedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the first token, if something fails or a process was killed. */
class FirstTokenFileFailureTest {
  private static final NewToken FIRST = NewToken.named("first-token").unrestricted();

  private final MapStore store = new MapStore();
  private final TokenManager tokens = manager(store).build();

  @TempDir
  Path folder;

  private static TokenManager.Builder manager(TokenStore store) {
    return TokenManager.builder(store).recordNoUses();
  }

  private Path file() {
    return folder.resolve("first-token");
  }

  private boolean create() {
    return FirstTokenFile.create(tokens, file(), FIRST);
  }

  @Test // Q8
  void an_existing_file_is_not_overwritten() throws IOException {
    Path target = folder.resolve("target");
    String plaintext = manager(new MapStore()).build().create(FIRST).reveal();
    List<Path> existing = List.of(
        Files.writeString(folder.resolve("file"), "mine"),
        Files.writeString(folder.resolve("token"), plaintext),
        Files.createDirectory(folder.resolve("folder")),
        Files.createSymbolicLink(folder.resolve("dangling-link"), target));
    for (Path each : existing) {
      assertThatThrownBy(() -> FirstTokenFile.create(tokens, each, FIRST))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(each + ": exists, but there is no first token yet (expected: no such file)")
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(existing.get(0)).content().isEqualTo("mine");
    assertThat(existing.get(1)).content().isEqualTo(plaintext);
    assertThat(target).doesNotExist();
    assertThat(folder.toFile().list()).hasSize(4);
    assertThat(tokens.list()).isEmpty();
    assertThat(create()).isTrue();
  }

  @Test
  void a_folder_without_a_place_for_the_file_prevents_the_token() throws IOException {
    Path missing = folder.resolve("missing/first-token");
    assertThatThrownBy(() -> FirstTokenFile.create(tokens, missing, FIRST))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(missing + ": cannot be created: NoSuchFileException"
            + " (expected: a file in a folder that the process may write)")
        .hasCauseInstanceOf(NoSuchFileException.class);
    Path belowFile = Files.createFile(folder.resolve("file")).resolve("first-token");
    assertThatThrownBy(() -> FirstTokenFile.create(tokens, belowFile, FIRST))
        .hasMessageStartingWith(belowFile + ": cannot be created: FileSystemException");
    assertThat(tokens.list()).isEmpty();
    assertThat(create()).isTrue();
  }

  @Test
  void only_a_file_with_nothing_but_a_token_is_replaced() throws IOException {
    TokenManager other = manager(new MapStore()).prefix("other").build();
    String plaintext = manager(new MapStore()).build().create(FIRST).reveal();
    Path link = Files.createSymbolicLink(
        folder.resolve("link"), Files.writeString(folder.resolve("target"), plaintext));
    List<Path> kept = List.of(
        Files.createFile(folder.resolve("empty")),
        Files.writeString(folder.resolve("mine"), "mine"),
        Files.writeString(folder.resolve("similar"), "cf_mine"),
        Files.writeString(folder.resolve("list"), plaintext + '\n' + plaintext),
        Files.writeString(folder.resolve("setting"), "token=" + plaintext),
        Files.writeString(folder.resolve("other"), other.create(FIRST).reveal()),
        Files.writeString(folder.resolve("long"), plaintext + " ".repeat(100)),
        link);
    for (Path each : kept) {
      String before = Files.readString(each);
      assertThatThrownBy(() -> FirstTokenFile.createOrReplace(tokens, each, FIRST))
          .hasMessageContaining(": exists, but there is no first token yet");
      assertThat(each).content().isEqualTo(before);
    }
    assertThat(link).isSymbolicLink();
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void a_taken_name_leaves_no_file_until_it_is_free() {
    Token taken = tokens.create(FIRST).token();
    assertThatThrownBy(this::create).isInstanceOf(DuplicateTokenNameException.class);
    assertThat(folder).isEmptyDirectory();
    tokens.delete(taken.id());
    assertThat(create()).isTrue();
  }

  @Test
  void a_forbidden_token_leaves_no_file_and_blocks_no_later_call() {
    TokenManager strict = manager(store).maxLifetime(Duration.ofDays(1)).build();
    assertThatThrownBy(() -> FirstTokenFile.create(strict, file(), FIRST))
        .isInstanceOf(PolicyException.class);
    assertThat(folder).isEmptyDirectory();
    assertThat(create()).isTrue();
  }

  @Test // Q8
  void a_failure_of_the_store_leaves_no_file_and_blocks_no_later_call() {
    TokenStore failing = spy(store);
    doThrow(new TokenStoreException("down")).when(failing).insertOnce(any(), any());
    assertThatThrownBy(() -> createWith(failing)).isInstanceOf(TokenStoreException.class);
    assertThat(folder).isEmptyDirectory();
    assertThat(create()).isTrue();
  }

  @Test // M4
  void a_node_that_loses_the_race_leaves_no_file_and_logs_nothing() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("other-node")).resolve("first-token");
    TokenStore raced = spy(store);
    doAnswer(call -> {
          FirstTokenFile.create(tokens, elsewhere, FIRST);
          return call.callRealMethod();
        })
        .when(raced)
        .insertOnce(any(), any());
    String log = CapturedLog.of(() -> assertThat(createWith(raced)).isFalse());
    assertThat(log).doesNotContain("WARN").doesNotContain(file().toString());
    assertThat(folder.toFile().list()).containsExactly("other-node");
    assertThat(tokens.list()).hasSize(1);
  }

  @ParameterizedTest // M4
  @ValueSource(booleans = {false, true})
  void the_file_of_a_node_that_was_faster_is_no_error_and_is_not_replaced(boolean replaces)
      throws IOException {
    TokenStore raced = spy(store);
    doAnswer(call -> {
          Object before = call.callRealMethod();
          create();
          return before;
        })
        .when(raced)
        .isRecorded(any());
    TokenManager slow = manager(raced).build();
    assertThat(
            replaces
                ? FirstTokenFile.createOrReplace(slow, file(), FIRST)
                : FirstTokenFile.create(slow, file(), FIRST))
        .isFalse();
    assertThat(tokens.authenticate(Files.readString(file()).strip()))
        .isInstanceOf(Verdict.Accepted.class);
    assertThat(folder.toFile().list()).containsExactly("first-token");
  }

  private boolean createWith(TokenStore other) {
    return FirstTokenFile.create(manager(other).build(), file(), FIRST);
  }

  @Test
  void a_file_that_appears_meanwhile_is_kept_and_the_token_is_deleted() throws IOException {
    TokenManager slow = manager(store)
        .synchronousListener(event -> {
          if (event instanceof TokenEvent.Created) {
            write(file(), "mine");
          }
        })
        .build();
    assertThatThrownBy(() -> FirstTokenFile.create(slow, file(), FIRST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(file() + ": cannot be written: FileAlreadyExistsException. The first token was"
            + " deleted (expected: another name, because no other token of this name will be"
            + " created)")
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(file()).content().isEqualTo("mine");
    assertThat(folder.toFile().list()).containsExactly("first-token");
    assertThat(tokens.list()).isEmpty();
    assertThat(create()).isFalse();
    NewToken second = NewToken.named("second-token");
    assertThat(FirstTokenFile.create(tokens, folder.resolve("second"), second)).isTrue();
  }

  @Test // CWE-59: another user may write the folder
  void a_link_that_replaces_the_draft_gets_no_plaintext() throws IOException {
    Path stolen = Files.createFile(folder.resolve("stolen"));
    TokenManager watched = manager(store)
        .synchronousListener(event -> {
          if (event instanceof TokenEvent.Created) {
            replaceDraft(stolen);
          }
        })
        .build();
    FirstTokenFile.create(watched, file(), FIRST);
    assertThat(file()).isSymbolicLink();
    assertThat(stolen).isEmptyFile();
  }

  private void replaceDraft(Path target) {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, "*.tmp")) {
      Path draft = drafts.iterator().next();
      Files.delete(draft);
      Files.createSymbolicLink(draft, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_draft_that_was_left_after_the_token_was_created_is_reported_at_every_call()
      throws IOException {
    create();
    Path draft = Files.move(file(), folder.resolve("first-token.1.tmp"));
    for (int i = 0; i < 2; i++) {
      assertThat(CapturedLog.of(this::create))
          .contains(
              "WARN",
              "If the file " + draft + " has a token, that is the first one; otherwise, rotate or"
                  + " delete the token first-token.")
          .doesNotContain(Files.readString(draft).strip());
    }
    assertThat(draft).isNotEmptyFile();
  }

  @Test
  void a_draft_that_was_left_before_the_token_was_created_is_deleted() throws IOException {
    Files.createFile(folder.resolve("first-token.1.tmp"));
    Path full = write(folder.resolve("first-token.2.tmp"), "perhaps the plaintext of a token");
    Path unrelated = Files.createFile(folder.resolve("second-token.1.tmp"));
    assertThat(create()).isTrue();
    assertThat(folder.toFile().listFiles())
        .containsExactlyInAnyOrder(file().toFile(), full.toFile(), unrelated.toFile());
    Files.delete(full);
    assertThat(CapturedLog.of(this::create)).doesNotContain("WARN");
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
