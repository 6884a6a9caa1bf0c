package io.counterfoil.examples.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of Logback in docs/recipes.md. */
class AuditFileTest {
  @Test
  void logback_writes_the_audit_log_into_a_file_of_its_own(@TempDir Path folder) throws Exception {
    String settings = block().replace("audit.", folder + "/audit.");
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(
        ("<configuration>" + settings + "</configuration>").getBytes(UTF_8)));

    context.getLogger("io.counterfoil.audit").debug("event=accepted id=7");
    context.getLogger("io.counterfoil").warn("another line");
    context.stop();
    assertThat(Files.readAllLines(folder.resolve("audit.log")))
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT[^ ]+ DEBUG event=accepted id=7");
  }

  private static String block() throws IOException {
    String page = Files.readString(Path.of("../../docs/recipes.md"));
    int start = page.indexOf("```xml\n") + "```xml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }
}
