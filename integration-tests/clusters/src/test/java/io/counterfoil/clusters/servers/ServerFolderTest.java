package io.counterfoil.clusters.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresPrograms(Requirement.SERVERS)
class ServerFolderTest {

  @Test
  void the_user_of_a_server_writes_into_its_folder_and_closing_deletes_it() {
    Path path;
    try (ServerFolder folder = ServerFolder.create("test", "nobody")) {
      path = folder.path();
      Programs.run(
          SystemUser.command("nobody", List.of("touch", path.resolve("file").toString())));
      assertThat(path.resolve("file")).exists();
    }
    assertThat(Files.exists(path)).isFalse();
  }
}
