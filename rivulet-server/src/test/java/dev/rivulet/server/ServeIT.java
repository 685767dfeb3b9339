package dev.rivulet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.redis.LoopbackPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rivulet serve} as a process, from its first line to its last. */
@Timeout(300)
class ServeIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  @TempDir private Path data;

  /** What a test that fails leaves behind: asked to end, so that their Redis ends with them. */
  @AfterEach
  void end() throws InterruptedException {
    started.forEach(Process::destroy);
    for (Process process : started) {
      process.waitFor(60, TimeUnit.SECONDS);
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.rivulet.server.Main"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RIVULET_"));
    Process process = builder.redirectErrorStream(true).start();
    started.add(process);
    return process;
  }

  private static List<String> linesUntil(Process process, String begin) throws IOException {
    List<String> lines = new ArrayList<>();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith(begin)) {
        break;
      }
    }
    return lines;
  }

  private int post(int port, String key) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v1/events?wait=folded"))
            .header("Authorization", "Bearer " + key)
            .POST(BodyPublishers.ofString("{\"event\":\"a\",\"user\":\"u\"}"));
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void serve_firstStart_showsKeysOnceAndStopsOnSignal() throws Exception {
    int port = LoopbackPort.free();
    String[] arguments = {"serve", "--port", Integer.toString(port), "--data", data.toString()};
    Process first = start(arguments);
    String shown = String.join("\n", linesUntil(first, "Ready"));
    var keys = new Properties();
    try (var in = Files.newInputStream(data.resolve("keys"))) {
      keys.load(in);
    }
    for (String role : List.of("admin", "write", "read")) {
      assertTrue(shown.contains(keys.getProperty(role)), shown);
    }
    assertTrue(
        shown.contains("http://127.0.0.1:" + port + "/#key=" + keys.getProperty("read")), shown);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))));
    assertEquals(200, post(port, keys.getProperty("write")));

    Process rival = start("serve", "--port", Integer.toString(port), "--data", data.toString());
    String refusal = String.join("\n", linesUntil(rival, "nothing"));
    assertEquals(1, rival.waitFor());
    assertTrue(refusal.contains("port " + port) && refusal.contains("--port"), refusal);

    Process locked = start("serve", "--port", "0", "--data", data.toString());
    refusal = String.join("\n", linesUntil(locked, "nothing"));
    assertEquals(1, locked.waitFor());
    assertTrue(refusal.contains(data.toString()), refusal);

    first.destroy();
    assertTrue(first.waitFor(60, TimeUnit.SECONDS));
    Process second = start(arguments);
    shown = String.join("\n", linesUntil(second, "Ready"));
    assertFalse(shown.contains(keys.getProperty("read")), shown);
    assertEquals(200, post(port, keys.getProperty("write")));
    var count =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/v1/events/count?event=a"))
            .header("Authorization", "Bearer " + keys.getProperty("read"));
    String counted = client.send(count.build(), BodyHandlers.ofString()).body();
    assertTrue(counted.contains("\"total\":2"), counted);
    second.destroy();
    assertTrue(second.waitFor(60, TimeUnit.SECONDS));
  }

  @Test
  void serve_unknownFlag_namesTheNearest() throws Exception {
    Process process = start("serve", "--prt", "1");
    String said = String.join("\n", linesUntil(process, "nothing"));
    assertEquals(2, process.waitFor());
    assertTrue(said.contains("--prt") && said.contains("--port"), said);
  }
}
