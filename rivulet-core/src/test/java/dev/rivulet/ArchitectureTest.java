package dev.rivulet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which package may import which, and how large a file may grow. */
class ArchitectureTest {
  private static final String ROOT = "dev.rivulet";
  private static final int MAX_LINES = 500;

  /**
   * What each package may import of ours, itself left out. The façade, the root package, wires and
   * may import all. A package that is not listed fails the test: give it a line here, on purpose.
   */
  private static final Map<String, Set<String>> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("event", Set.of()),
              Map.entry("time", Set.of("event")),
              Map.entry("log", Set.of("event")),
              Map.entry("measure", Set.of("event", "time", "view")),
              Map.entry("admission", Set.of("event", "measure")),
              Map.entry("recorder", Set.of("event", "measure", "admission")),
              Map.entry("view", Set.of("event", "time")),
              Map.entry("views", Set.of("event", "time", "view", "measure")),
              Map.entry("live", Set.of("event", "time", "view")),
              Map.entry("definitions", Set.of("event", "view")),
              Map.entry("boards", Set.of("event", "time")),
              Map.entry("engine", Set.of("event", "time", "log", "view", "live", "definitions")),
              Map.entry("query", Set.of("event", "time", "log", "view", "engine", "definitions")),
              Map.entry("alerts", Set.of("event", "time", "query", "live")),
              Map.entry("policies", Set.of("event", "time", "log", "view", "engine")),
              Map.entry("projects", Set.of("event")),
              // It implements the ports of the others, so it sees them; none sees it.
              Map.entry(
                  "redis",
                  Set.of(
                      "event",
                      "time",
                      "admission",
                      "log",
                      "view",
                      "measure",
                      "boards",
                      "definitions",
                      "engine",
                      "query",
                      "live",
                      "policies",
                      "projects"))));

  @SuppressWarnings("unused") // read by @FieldSource
  private static final List<String> PACKAGES = List.copyOf(MAY_IMPORT.keySet());

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @ParameterizedTest
  @FieldSource("PACKAGES")
  void package_importsOnlyWhatItMay(String name) {
    var own = ROOT + "." + name + "..";
    var allowed =
        Stream.concat(
                Stream.of(own),
                MAY_IMPORT.get(name).stream().map(other -> ROOT + "." + other + ".."))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void package_isListed() {
    var unlisted = new TreeSet<String>();
    for (var type : CLASSES) {
      var segments = type.getPackageName().split("\\.");
      if (segments.length > 2 && !MAY_IMPORT.containsKey(segments[2])) {
        unlisted.add(type.getPackageName());
      }
    }
    assertEquals(Set.of(), unlisted, "packages without a line in MAY_IMPORT");
  }

  @Test
  void rooms_neverImportEachOther() {
    slices()
        .matching(ROOT + ".views.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycle() {
    slices()
        .matching(ROOT + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void redisClient_isImportedByRedisOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".redis..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis.clients..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** Agrona's buffers need {@code --add-opens}, which a library must not ask of its users. */
  @Test
  void agrona_isUsedForCollectionsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.agrona..").and(not(resideInAPackage("org.agrona.collections.."))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void files_areAtMost500Lines() throws IOException {
    var tooLong = new TreeMap<Path, Integer>();
    for (var file : javaFiles("src")) {
      var lines = Files.readAllLines(file).size();
      if (lines > MAX_LINES) {
        tooLong.put(file, lines);
      }
    }
    assertEquals(Map.of(), tooLong, "files over " + MAX_LINES + " lines");
  }

  @Test
  void packages_areNullMarked() throws IOException {
    var sources = javaFiles("src/main/java");
    assertFalse(sources.isEmpty(), "no sources found");
    var unmarked = new TreeSet<Path>();
    for (var file : sources) {
      var info = file.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).contains("NullMarked")) {
        unmarked.add(info);
      }
    }
    assertEquals(Set.of(), unmarked, "missing, or without @NullMarked");
  }

  /** The Java files under one folder of every module, relative to the repository. */
  private static List<Path> javaFiles(String folder) throws IOException {
    var repository = Path.of("").toAbsolutePath();
    while (!Files.exists(repository.resolve("mvnw"))) {
      repository = repository.getParent();
    }
    try (var modules = Files.list(repository)) {
      var folders =
          modules
              .filter(module -> Files.exists(module.resolve("pom.xml")))
              .map(module -> module.resolve(folder))
              .filter(Files::isDirectory)
              .toList();
      var files = new TreeSet<Path>();
      for (var each : folders) {
        try (var walk = Files.walk(each)) {
          walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
      }
      return List.copyOf(files);
    }
  }
}
