package dev.rivulet.server.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks the pages' files as they lie on the class path, where a browser would fail late. */
class PageFilesTest {
  private static final String UI = "/dev/rivulet/server/ui/";

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern REFERENCE =
      Pattern.compile("(?:href|src)=\"(/(?:ui|vendor)/[^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?:^import |^} |[^.\\w]import\\()(?:[^\"';]*?from )?\"([^\"]+)\"", Pattern.MULTILINE);

  /** Attributes that the Content-Security-Policy forbids; `style=` of a template is one of them. */
  private static final Pattern INLINE = Pattern.compile("<\\w[^>]*\\s(?:style|on[a-z]+)=[\"$]");

  @Test
  void importMap_everyAddress_isOnTheClassPath() throws IOException {
    for (var address : importMap().values()) {
      // A folder is mapped for the modules in it; jars need not list their folders.
      if (!address.endsWith("/")) assertNotNull(resource(address), address);
    }
  }

  @Test
  void index_everyReference_isOnTheClassPath() throws IOException {
    var references = REFERENCE.matcher(index());
    var found = 0;
    while (references.find()) {
      assertNotNull(resource(references.group(1)), references.group(1));
      found++;
    }
    assertTrue(found > 3, "references found in index.html: " + found);
  }

  @Test
  void modules_everyImport_leadsToAFile() throws IOException, URISyntaxException {
    var map = importMap();
    var missing = new ArrayList<String>();
    for (var module : files(".js")) {
      var imports = IMPORT.matcher(Files.readString(module));
      while (imports.find()) {
        var target = imports.group(1);
        var exists =
            target.startsWith(".")
                ? Files.exists(module.resolveSibling(target))
                : resource(mapped(target, map)) != null;
        if (!exists) missing.add(module.getFileName() + " imports " + target);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void files_noInlineStyleOrHandler() throws IOException, URISyntaxException {
    var offending = new ArrayList<String>();
    for (var file : Stream.concat(files(".js").stream(), files(".html").stream()).toList()) {
      var inline = INLINE.matcher(Files.readString(file));
      while (inline.find()) offending.add(file.getFileName() + ": " + inline.group());
    }
    assertEquals(List.of(), offending);
  }

  /** Longest prefix first, as browsers resolve a bare name. */
  private static String mapped(String name, Map<String, String> map) {
    var exact = map.get(name);
    if (exact != null) return exact;
    return map.keySet().stream()
        .filter(prefix -> prefix.endsWith("/") && name.startsWith(prefix))
        .max(Comparator.comparingInt(String::length))
        .map(prefix -> map.get(prefix) + name.substring(prefix.length()))
        .orElse("/ui/" + name);
  }

  private static Map<String, String> importMap() throws IOException {
    var block = IMPORT_MAP.matcher(index());
    assertTrue(block.find(), "index.html has an import map");
    var imports = new TreeMap<String, String>();
    new ObjectMapper()
        .readTree(block.group(1))
        .get("imports")
        .properties()
        .forEach(entry -> imports.put(entry.getKey(), entry.getValue().textValue()));
    return imports;
  }

  private static String index() throws IOException {
    try (InputStream in = PageFilesTest.class.getResourceAsStream(UI + "index.html")) {
      assertNotNull(in, "index.html");
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** The resource behind an address of the server, or null. */
  private static @Nullable URL resource(String address) {
    var path =
        address.startsWith("/vendor/")
            ? "/META-INF/resources/" + address.substring("/vendor/".length())
            : UI + address.substring("/ui/".length());
    return PageFilesTest.class.getResource(path);
  }

  private static List<Path> files(String ending) throws IOException, URISyntaxException {
    var index = PageFilesTest.class.getResource(UI + "index.html");
    assertNotNull(index, "index.html");
    try (var all = Files.walk(Path.of(index.toURI()).getParent())) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
