package io.counterfoil.examples.panel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thief of the database files gets nothing that works as a token. */
class DatabaseFileIT {
  @TempDir
  Path folder;

  @ParameterizedTest // A4, A5, A10, L1; PostgreSQL has the same columns
  @EnumSource(value = TestDatabase.class, mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void no_file_holds_a_plaintext_in_any_encoding_or_anything_that_works_as_a_token(
      TestDatabase database) throws Exception {
    try (PanelProcess panel = PanelProcess.start(folder, database.newDatabaseOption())) {
      String plaintext = panel.firstToken();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(plaintext.getBytes(US_ASCII));
      List<String> files = contents();
      assertThat(String.join("", files)).as("the search finds the hash").contains(latin1(hash));
      for (byte[] form : formsOf(plaintext)) {
        assertThat(files).noneMatch(content -> content.contains(latin1(form)));
      }
      for (String stolen : formsOfHash(hash)) {
        assertThat(panel.status(stolen)).isEqualTo(401);
      }
    }
  }

  /** Returns the content of all files: the database, its journals, and the standard error output of the panel. */
  private List<String> contents() throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path file : paths.toList()) {
        contents.add(Files.readString(file, ISO_8859_1));
      }
    }
    return contents;
  }

  private static List<byte[]> formsOf(String plaintext) {
    List<byte[]> forms = new ArrayList<>();
    String secret = plaintext.substring(3, 46);
    for (String text : List.of(plaintext, secret)) {
      for (Charset charset : List.of(US_ASCII, UTF_16LE, UTF_16BE)) {
        forms.add(text.getBytes(charset));
      }
      byte[] bytes = text.getBytes(US_ASCII);
      forms.add(Base64.getEncoder().withoutPadding().encode(bytes));
      forms.add(HexFormat.of().formatHex(bytes).getBytes(US_ASCII));
      forms.add(HexFormat.of().withUpperCase().formatHex(bytes).getBytes(US_ASCII));
      forms.add(new StringBuilder(text).reverse().toString().getBytes(US_ASCII));
    }
    return forms;
  }

  private static List<String> formsOfHash(byte[] hash) {
    return List.of(
        HexFormat.of().formatHex(hash),
        Base64.getEncoder().encodeToString(hash),
        Base64.getUrlEncoder().withoutPadding().encodeToString(hash),
        "cf_" + HexFormat.of().formatHex(hash));
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
