import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Checks the files for Maven Central, and that another bundle has the same files: that of a second build, or the one that
 * was signed. See .ci/check-release and .ci/sign-release.
 *
 * <p>The rules are those of https://central.sonatype.org/publish/requirements, and some of our own. Each problem is
 * printed. The exit code is 1 if there are any.
 */
final class CheckRelease {
  /** The folder of the group in a bundle. */
  private static final String GROUP = "io/counterfoil";

  private final XPath xpath = XPathFactory.newInstance().newXPath();
  private final List<String> problems = new ArrayList<>();
  private final Path bundle;
  private final String version;
  private final boolean signed;

  private CheckRelease(Path bundle, String version, boolean signed) {
    this.bundle = bundle;
    this.version = version;
    this.signed = signed;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      throw new IllegalArgumentException("Arguments: BUNDLE OTHER_BUNDLE VERSION signed|unsigned");
    }
    CheckRelease check = new CheckRelease(Path.of(args[0]), args[2], args[3].equals("signed"));
    check.artifacts();
    check.compare(Path.of(args[1]));
    check.problems.forEach(problem -> System.out.println("PROBLEM " + problem));
    System.exit(check.problems.isEmpty() ? 0 : 1);
  }

  /** Checks that the bundle has the BOM, the modules that it lists, the command line, and nothing else. */
  private void artifacts() throws Exception {
    Set<String> expected = new TreeSet<>();
    expected.add("counterfoil-bom");
    expected.add("counterfoil-cli"); // a program: nobody depends on it
    Path bom = file("counterfoil-bom", ".pom");
    if (Files.exists(bom)) {
      for (Node managed : all(xml(bom), "/project/dependencyManagement/dependencies/dependency")) {
        expected.add(text(managed, "artifactId"));
      }
    }
    Set<String> found;
    try (Stream<Path> folders = Files.list(bundle.resolve(GROUP))) {
      found = folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
    }
    for (String artifact : found) {
      require(expected.contains(artifact), artifact, "is in the bundle, but not in the BOM");
    }
    for (String artifact : expected) {
      require(found.contains(artifact), artifact, "is in the BOM, but not in the bundle");
      if (found.contains(artifact)) {
        artifact(artifact, expected);
      }
    }
  }

  private void artifact(String artifact, Set<String> published) throws Exception {
    int before = problems.size();
    List<String> suffixes = artifact.equals("counterfoil-bom")
        ? List.of(".pom")
        : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", "-cyclonedx.xml");
    for (String suffix : suffixes) {
      present(artifact, suffix);
    }
    for (Path file : files(bundle.resolve(GROUP).resolve(artifact))) {
      checksums(artifact, file);
      contents(artifact, file.getFileName().toString(), Files.readAllBytes(file));
    }
    if (Files.exists(file(artifact, ".pom"))) {
      pom(artifact, xml(file(artifact, ".pom")), published);
    }
    jars(artifact, suffixes);
    int found = problems.size() - before;
    String result = found == 0 ? "ok, " + (signed ? "signed" : "unsigned") : "problems: " + found;
    System.out.printf("%-37s %s (%s)%n", artifact, result, String.join(" ", suffixes));
  }

  private void present(String artifact, String suffix) throws IOException {
    Path file = file(artifact, suffix);
    require(Files.exists(file) && Files.size(file) > 0, artifact, suffix + " is missing");
    boolean signature = Files.exists(file(artifact, suffix + ".asc"));
    require(signature == signed, artifact, suffix + (signed ? " has no signature" : " has a signature"));
    for (String checksum : List.of(".md5", ".sha1")) {
      require(Files.exists(file(artifact, suffix + checksum)), artifact, suffix + checksum + " is missing");
    }
  }

  private void checksums(String artifact, Path file) throws IOException, GeneralSecurityException {
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
      Path checksum = file.resolveSibling(file.getFileName() + "." + algorithm.replace("-", "").toLowerCase());
      if (Files.exists(checksum)) {
        String actual = hash(algorithm, file);
        require(Files.readString(checksum).strip().equals(actual), artifact, checksum.getFileName() + " is wrong");
      }
    }
  }

  /** The rules of Maven Central, and that the POM says everything by itself. */
  private void pom(String artifact, Node pom, Set<String> published) throws Exception {
    for (String element : List.of(
        "name", "description", "url", "licenses/license/name", "licenses/license/url", "developers/developer/name",
        "developers/developer/organization", "developers/developer/organizationUrl", "scm/connection", "scm/url")) {
      require(!text(pom, "/project/" + element).isEmpty(), artifact, "the POM has no " + element);
    }
    require(text(pom, "/project/groupId").equals("io.counterfoil"), artifact, "the POM has another groupId");
    require(text(pom, "/project/artifactId").equals(artifact), artifact, "the POM has another artifactId");
    require(text(pom, "/project/version").equals(version), artifact, "the POM has another version");
    for (String element : List.of("parent", "build", "profiles", "repositories", "properties", "distributionManagement")) {
      require(all(pom, "/project/" + element).isEmpty(), artifact, "the POM has " + element);
    }
    for (Node dependency : all(pom, "//dependency")) {
      dependency(artifact, dependency, published);
    }
  }

  private void dependency(String artifact, Node dependency, Set<String> published) throws Exception {
    String name = text(dependency, "groupId") + ":" + text(dependency, "artifactId");
    String needed = text(dependency, "version");
    require(needed.matches("[0-9][-.0-9A-Za-z]*"), artifact, name + " has the version '" + needed + "'");
    require(!needed.endsWith("-SNAPSHOT"), artifact, name + " is a snapshot");
    require(!text(dependency, "scope").matches("test|system"), artifact, name + " is for tests");
    if (name.startsWith("io.counterfoil:")) {
      require(published.contains(text(dependency, "artifactId")), artifact, name + " is not published");
      require(needed.equals(version), artifact, name + " has the version '" + needed + "'");
    }
  }

  private void jars(String artifact, List<String> suffixes) throws IOException {
    for (String suffix : suffixes) {
      Path file = file(artifact, suffix);
      if (suffix.endsWith(".jar") && Files.exists(file)) {
        try (JarFile jar = new JarFile(file.toFile())) {
          require(jar.size() > 2, artifact, suffix + " is empty");
          require(
              suffix.equals("-javadoc.jar") || jar.getEntry("META-INF/LICENSE") != null,
              artifact,
              suffix + " has no META-INF/LICENSE");
          require(
              !suffix.equals(".jar")
                  || jar.getEntry("module-info.class") != null
                  || jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null,
              artifact,
              suffix + " has no module name");
          contents(artifact, jar);
        }
      }
    }
  }

  private void contents(String artifact, JarFile jar) throws IOException {
    for (var entry : jar.stream().toList()) {
      try (var in = jar.getInputStream(entry)) {
        contents(artifact, entry.getName(), in.readAllBytes());
      }
    }
  }

  /** A path of one build shows as a difference to the other build. Both have the same home and local repository. */
  private void contents(String artifact, String name, byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    for (String trace : List.of(System.getProperty("user.home") + "/", ".m2/repository", version + "-SNAPSHOT")) {
      require(!text.contains(trace), artifact, name + " contains " + trace);
    }
  }

  /** Compares everything but checksums, which are checked, and signatures, which contain their time. */
  private void compare(Path other) throws IOException, GeneralSecurityException {
    Set<String> names = new TreeSet<>();
    for (Path root : List.of(bundle, other)) {
      for (Path file : files(root)) {
        names.add(root.relativize(file).toString());
      }
    }
    names.removeIf(name -> name.matches(".*[.](asc|md5|sha[0-9]+)"));
    for (String name : names) {
      Path one = bundle.resolve(name);
      Path two = other.resolve(name);
      require(
          Files.exists(one) && Files.exists(two) && Files.mismatch(one, two) < 0,
          name,
          "differs between the two bundles");
    }
    System.out.println(names.size() + " files compared with the other bundle");
  }

  private void require(boolean condition, String subject, String problem) {
    if (!condition) {
      problems.add(subject + ": " + problem);
    }
  }

  private Path file(String artifact, String suffix) {
    return bundle.resolve(GROUP).resolve(artifact).resolve(version).resolve(artifact + "-" + version + suffix);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static String hash(String algorithm, Path file) throws IOException, GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
  }

  private static Node xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private String text(Node node, String path) throws Exception {
    return xpath.evaluate(path, node).strip();
  }

  private List<Node> all(Node node, String path) throws Exception {
    NodeList nodes = (NodeList) xpath.evaluate(path, node, XPathConstants.NODESET);
    List<Node> list = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      list.add(nodes.item(i));
    }
    return list;
  }
}
