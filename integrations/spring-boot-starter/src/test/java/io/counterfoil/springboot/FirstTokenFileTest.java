package io.counterfoil.springboot;

import static io.counterfoil.springboot.Contexts.assertFails;
import static io.counterfoil.springboot.Contexts.assertNoTokens;
import static io.counterfoil.springboot.Contexts.assertStarts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.counterfoil.NewToken;
import io.counterfoil.TokenManager;
import io.counterfoil.TokenQuery;
import io.counterfoil.TokenStore;
import io.counterfoil.TokenStoreException;
import io.counterfoil.Verdict;
import io.counterfoil.memory.InMemoryTokenStore;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The file of the first token. */
@ExtendWith(OutputCaptureExtension.class)
class FirstTokenFileTest {
  private static final String FILE = "counterfoil.first-token-file=";

  private final WebApplicationContextRunner application =
      Contexts.servletApplication(); // each run uses the same database

  @TempDir
  Path folder;

  @Test
  void a_first_token_is_written_once_and_only_for_the_user_of_the_process() throws IOException {
    Path file = folder.resolve("first");
    application.withPropertyValues(FILE + file).run(context -> {
      String line = Files.readString(file);
      assertThat(line).endsWith("\n");
      Verdict verdict = context.getBean(TokenManager.class).authenticate(line.strip());
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Accepted.class,
              accepted -> assertThat(accepted.token().permits("anything")).isTrue());
    });
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String before = Files.readString(file);
    assertStarts(application.withPropertyValues(FILE + file));
    assertThat(file).content().isEqualTo(before);
  }

  @Test
  void a_first_token_that_was_deleted_does_not_return() {
    Path file = folder.resolve("first");
    application.withPropertyValues(FILE + file).run(context -> {
      TokenManager tokens = context.getBean(TokenManager.class);
      tokens.delete(tokens.list().findFirst().orElseThrow().id());
      Files.delete(file);
    });
    application.withPropertyValues(FILE + file).run(context -> {
      assertThat(context.getBean(TokenManager.class).list()).isEmpty();
      assertThat(file).doesNotExist();
    });
  }

  @Test
  void a_folder_that_is_gone_matters_only_before_the_first_token_is_created() {
    Path missing = folder.resolve("missing/first");
    assertFails(
        application.withPropertyValues(FILE + missing), "cannot be created: NoSuchFileException");
    assertNoTokens(application);
    assertStarts(application.withPropertyValues(FILE + folder.resolve("first")));
    assertStarts(application.withPropertyValues(FILE + missing));
  }

  @Test
  void a_file_without_a_name_fails_the_start() {
    for (String path : List.of("", " ", "\0")) {
      assertFails(application.withPropertyValues(FILE + path), "(expected: the path of a file)");
    }
  }

  @Test
  void an_existing_file_is_never_overwritten() throws IOException {
    Path file = Files.writeString(folder.resolve("first"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
    for (Path each : List.of(file, link)) {
      assertFails(
          application.withPropertyValues(FILE + each), "exists, but there is no first token yet");
    }
    assertThat(file).content().isEqualTo("mine");
    assertThat(folder.resolve("target")).doesNotExist();
    assertNoTokens(application);
  }

  @Test
  void the_first_token_of_a_database_in_memory_is_replaced_at_the_next_start() throws IOException {
    Path file = folder.resolve("first");
    assertStarts(application.withPropertyValues(FILE + file));
    String before = Files.readString(file);
    Contexts.servletApplication().withPropertyValues(FILE + file).run(context -> {
      String line = Files.readString(file);
      assertThat(line).isNotEqualTo(before);
      assertThat(context.getBean(TokenManager.class).authenticate(line.strip()))
          .isInstanceOf(Verdict.Accepted.class);
    });
  }

  @Test
  void the_first_token_of_another_database_is_kept() throws IOException {
    Path file = folder.resolve("first");
    String database = "spring.datasource.url=jdbc:h2:" + folder.resolve("db") + ";WRITE_DELAY=0";
    assertStarts(application.withPropertyValues(FILE + file));
    String before = Files.readString(file);
    assertFails(
        application.withPropertyValues(
            FILE + file, database, "counterfoil.jdbc.initialize-schema=always"),
        "exists, but there is no first token yet");
    assertThat(file).content().isEqualTo(before);
  }

  @Test
  void a_start_that_was_killed_before_the_file_appeared_is_reported(CapturedOutput output)
      throws IOException {
    Path file = folder.resolve("first");
    assertStarts(application.withPropertyValues(FILE + file));
    Path draft = Files.move(file, folder.resolve("first.1.tmp"));
    assertStarts(application.withPropertyValues(FILE + file));
    assertThat(output).contains("An earlier start was stopped", draft.toString());
    assertThat(draft).isNotEmptyFile();
  }

  @Test
  void a_start_that_was_killed_before_the_token_was_created_blocks_no_later_one()
      throws IOException {
    Path file = folder.resolve("first");
    Files.createFile(folder.resolve("first.1.tmp"));
    assertStarts(application.withPropertyValues(FILE + file));
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void a_failure_of_the_store_leaves_no_file_and_blocks_no_later_start() {
    Path file = folder.resolve("first");
    TokenStore store = new InMemoryTokenStore();
    TokenStore failing = view(store, () -> {
      throw new TokenStoreException("down");
    });
    application
        .withBean(TokenStore.class, () -> failing)
        .withPropertyValues(FILE + file)
        .run(context -> assertThat(context).hasFailed());
    assertThat(folder).isEmptyDirectory();
    assertStarts(
        application.withBean(TokenStore.class, () -> store).withPropertyValues(FILE + file));
    assertThat(folder).isDirectoryContaining(each -> each.equals(file));
  }

  @Test
  void a_file_that_appears_meanwhile_is_kept_and_the_message_says_what_to_use() {
    Path file = folder.resolve("first");
    TokenStore slow = view(new InMemoryTokenStore(), () -> {
      assertThatNoException().isThrownBy(() -> Files.writeString(file, "mine"));
    });
    assertFails(
        application.withBean(TokenStore.class, () -> slow).withPropertyValues(FILE + file),
        "counterfoil.first-token-file: " + file + " cannot be written: FileAlreadyExistsException."
            + " The first token was deleted, and no other one will be created: use"
            + " counterfoil.bootstrap");
    assertThat(file).content().isEqualTo("mine");
  }

  @Test
  void a_message_names_the_property_and_the_file() throws IOException {
    Path file = Files.writeString(folder.resolve("first"), "mine");
    assertFails(
        application.withPropertyValues(FILE + file),
        "counterfoil.first-token-file: " + file
            + " exists, but there is no first token yet (expected: no such file)");
    Path missing = folder.resolve("missing/first");
    assertFails(
        application.withPropertyValues(FILE + missing),
        "counterfoil.first-token-file: " + missing + " cannot be created: NoSuchFileException"
            + " (expected: a file in a folder that the process may write)");
  }

  @Test
  void a_taken_name_leaves_no_file() {
    application.run(context ->
        context.getBean(TokenManager.class).create(NewToken.named(FirstTokenSetting.NAME)));
    assertFails(
        application.withPropertyValues(FILE + folder.resolve("first")),
        "there is a token with the name first-token already");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_node_that_loses_the_race_leaves_no_file() {
    Path file = folder.resolve("first");
    TokenStore store = new InMemoryTokenStore();
    TokenManager winner = TokenManager.builder(store).build();
    application
        .withBean(
            TokenStore.class,
            () -> view(
                store, () -> winner.createOnce(FirstTokenSetting.NAME, () -> NewToken.named("n"))))
        .withPropertyValues(FILE + file)
        .run(context -> {
          assertThat(store.count(TokenQuery.all())).isEqualTo(1);
          assertThat(folder).isEmptyDirectory();
        });
  }

  @Test
  void a_first_token_obeys_the_maximum_lifetime() {
    application
        .withPropertyValues(FILE + folder.resolve("first"), "counterfoil.max-lifetime=1d")
        .run(context -> assertThat(context.getBean(TokenManager.class).list())
            .singleElement()
            .satisfies(token -> assertThat(token.expiresAt()).isPresent()));
  }

  @Test
  void no_log_line_contains_the_plaintext(CapturedOutput output) throws IOException {
    Path file = folder.resolve("first");
    assertStarts(application.withPropertyValues(FILE + file));
    assertThat(output)
        .contains("was created")
        .doesNotContain(Files.readString(file).strip());
  }

  /** Returns a view of a store in which something happens before a token is inserted once. */
  private static TokenStore view(TokenStore store, Runnable before) {
    InvocationHandler handler = (proxy, method, arguments) -> {
      if (method.getName().equals("insertOnce")) {
        before.run();
      }
      return method.invoke(store, arguments);
    };
    Object view = Proxy.newProxyInstance(
        TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, handler);
    return (TokenStore) view;
  }
}
