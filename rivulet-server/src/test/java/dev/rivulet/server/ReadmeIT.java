package dev.rivulet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells to type does what it says. */
class ReadmeIT {
  private static final Path ROOT = Path.of("..");
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)\\)");
  private static final String WRITE_KEY = "write-key-of-the-readme";
  private static final String READ_KEY = "read-key-of-the-readme";

  @TempDir private Path data;

  @Test
  void curl_sendsAnEventAndSeesItInTheAnswer() throws Exception {
    assumeTrue(run("curl --version", Map.of()).code == 0, "curl is not installed");
    List<String> calls =
        blocks(Files.readString(ROOT.resolve("README.md"))).stream()
            .filter(block -> block.startsWith("curl "))
            .toList();
    assertEquals(2, calls.size(), "one curl that sends, one that asks");
    var environment =
        Map.of(
            "RIVULET_WRITE_KEY",
            WRITE_KEY,
            "RIVULET_READ_KEY",
            READ_KEY,
            "RIVULET_DATA",
            data.toString(),
            "RIVULET_PORT",
            "0");
    try (var server = RivuletServer.start(Settings.of(Map.of(), environment))) {
      String address = "http://127.0.0.1:" + server.address().getPort();
      Outcome sent = run(at(address, calls.get(0)), environment);
      assertTrue(sent.output.contains("\"accepted\":1"), sent.output);
      String answer = "";
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!answer.contains("\"total\":1,") && System.nanoTime() < deadline) {
        Thread.sleep(50);
        answer = run(at(address, calls.get(1)), environment).output;
      }
      assertTrue(answer.contains("\"group\":\"pro\""), answer);
    }
  }

  @Test
  void links_leadToFilesThatExist() throws IOException {
    var missing = new ArrayList<String>();
    List<Path> pages = new ArrayList<>();
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    try (var docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    for (Path page : pages) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          missing.add(page.getFileName() + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static List<String> blocks(String page) {
    List<String> blocks = new ArrayList<>();
    Matcher block = SHELL.matcher(page);
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static String at(String address, String call) {
    return call.replace("http://127.0.0.1:8321", address).replace("curl ", "curl -s ");
  }

  private static Outcome run(String command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private record Outcome(int code, String output) {}
}
