package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.FakeServer;
import dev.rivulet.server.cli.Terminal;
import dev.rivulet.server.cli.imports.ImportSettings.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileImportTest {
  private static final int LINES = 30_000;

  /** Long, for a machine that does much else. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final byte[] CONTENT = new AccessLogGenerator(42).lines(LINES);
  private static final long GOOD = good(CONTENT);

  @TempDir private Path folder;
  private FakeServer server;
  private Path log;

  @BeforeEach
  void write() throws IOException {
    server = new FakeServer();
    log = Files.write(folder.resolve("access.log"), CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void run_wholeFile_importsOrReportsEveryLine() throws IOException {
    var report = run(log);
    assertEquals(GOOD, report.imported());
    assertEquals(LINES, report.imported() + report.notImported());
    assertEquals(GOOD, server.events.size());
    var lines = report.lines();
    assertEquals(ImportReport.REASONS_KEPT + 2, lines.size());
    assertTrue(
        lines
            .get(lines.size() - 1)
            .startsWith("imported %d lines, %d not imported (line ".formatted(GOOD, LINES - GOOD)),
        lines.toString());
  }

  @Test
  void run_again_sendsNothing() throws IOException {
    run(log);
    var received = server.received.get();
    var report = run(log);
    assertEquals(received, server.received.get());
    assertEquals(0, report.imported());
    assertTrue(last(report).startsWith("imported 0 lines, 0 not imported; " + GOOD), last(report));
  }

  @Test
  void run_againOnAnotherStore_sendsAll() throws IOException {
    run(log);
    server.store = "store-2";
    server.events.clear();
    assertEquals(GOOD, run(log).imported());
    assertEquals(GOOD, server.events.size());
  }

  @Test
  void run_storeUnnamed_sendsAllWithTheSameIds() throws IOException {
    server.store = "";
    run(log);
    assertEquals(GOOD, run(log).imported());
    assertEquals(GOOD, server.events.size());
    assertEquals(2 * GOOD, server.received.get());
  }

  @Test
  void run_grownFile_sendsTheNewLines() throws IOException {
    run(log);
    var grown = new AccessLogGenerator(43).lines(1_000);
    Files.write(log, grown, StandardOpenOption.APPEND);
    var report = run(log);
    assertEquals(1_000, report.imported() + report.notImported());
    assertEquals(GOOD + report.imported(), server.events.size());
  }

  @Test
  void run_interrupted_goesOnWhereItStopped() throws IOException {
    var lines = new String(CONTENT, StandardCharsets.UTF_8).split("\n", -1);
    server.forbidden = "/no-other-line-has-this";
    lines[LINES / 2] =
        "198.51.100.7 - - [10/Feb/2026:10:00:00 +0000] \"GET %s HTTP/1.1\" 200 12 \"-\" \"-\""
            .formatted(server.forbidden);
    var good = good(Files.writeString(log, String.join("\n", lines)));
    var failure = assertThrows(CommandFailure.class, () -> run(log));
    assertTrue(failure.getMessage().contains("switched off"), failure.getMessage());
    server.forbidden = "";
    var before = server.received.get();
    var report = run(log);
    assertEquals(good, server.events.size());
    assertTrue(report.imported() < good, "nothing was remembered");
    assertTrue(server.received.get() - before < good, "all was sent again");
    assertTrue(last(report).contains("had been imported before"), last(report));
  }

  @Test
  void run_gzip_isTheSameFile() throws IOException {
    run(log);
    var packed = folder.resolve("access.log.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(CONTENT);
    }
    assertEquals(0, run(packed).imported());
    assertEquals(GOOD, run(packed, settings(Format.AUTO, true)).imported());
    assertEquals(GOOD, server.events.size());
  }

  @Test
  void run_busyServer_isAskedAgain() throws IOException {
    server.busy.set(20);
    assertEquals(GOOD, run(log).imported());
    assertEquals(GOOD, server.events.size());
  }

  @Test
  void run_refusedEvents_areReportedByLine() throws IOException {
    var lines = new String(CONTENT, StandardCharsets.UTF_8).split("\n", -1);
    server.refusedUser = lines[0].split(" ", 2)[0];
    var refused = Arrays.stream(lines).filter(l -> l.startsWith(server.refusedUser + " ")).count();
    var report = run(log);
    assertTrue(report.notImported() > LINES - GOOD);
    assertTrue(report.notImported() <= LINES - GOOD + refused);
    assertTrue(report.lines().get(0).startsWith("line 1: refused, invalid_user"), last(report));
  }

  @Test
  void run_bodyRefused_isHalvedUntilTheLineIsFound() throws IOException {
    var ndjson = new StringBuilder();
    for (var i = 1; i <= 3_000; i++) {
      ndjson.append("{\"event\":\"e\",\"user\":\"u%d\"}\n".formatted(i));
    }
    var file = Files.writeString(folder.resolve("events"), ndjson);
    server.poison = "\"u1234\"";
    var report = run(file);
    assertEquals(2_999, report.imported());
    assertTrue(report.lines().get(0).startsWith("line 1234: "), report.lines().toString());
  }

  @Test
  void run_csvInManyBlocks_skipsOnlyTheHeader() throws IOException {
    var csv = new StringBuilder("\uFEFFuser,n\n");
    for (var i = 0; i < 6_000; i++) {
      csv.append("u").append(i).append(',').append(i).append('\n');
    }
    var file = Files.writeString(folder.resolve("events.csv"), csv);
    var settings =
        new ImportSettings(
            Format.AUTO, "user=user", "e", false, null, ZoneId.of("UTC"), PATIENCE, false);
    var report = run(file, settings);
    assertEquals("imported 6000 lines, 0 not imported", last(report));
    assertEquals(6_000, server.events.size());
  }

  @Test
  void run_onlyGarbage_isReportedNotFatal() throws IOException {
    var file = Files.writeString(folder.resolve("garbage"), "one\ntwo\n\u0000\u0001\n");
    assertTrue(last(run(file)).startsWith("imported 0 lines, 3 not imported (line 1: "));
    var empty = Files.writeString(folder.resolve("empty"), "");
    assertEquals("imported 0 lines, 0 not imported", last(run(empty)));
  }

  @Test
  void run_wrongKey_saysSo() {
    var failure =
        assertThrows(
            CommandFailure.class,
            () ->
                new FileImport(
                        server.client("other"), settings(Format.AUTO, false), folder, quiet())
                    .run(log));
    assertTrue(failure.getMessage().contains("no such key"), failure.getMessage());
  }

  @Test
  void run_noServer_saysSo() {
    var client = server.client(FakeServer.KEY);
    server.close();
    var failure =
        assertThrows(
            CommandFailure.class,
            () -> new FileImport(client, settings(Format.AUTO, false), folder, quiet()).run(log));
    assertTrue(failure.getMessage().contains("cannot be reached"), failure.getMessage());
  }

  private static long good(Path file) throws IOException {
    return good(Files.readAllBytes(file));
  }

  private static long good(byte[] content) {
    return Parsed.all(new AccessLogFormat("request", true, false), content, false).stream()
        .filter(line -> line.reason().isEmpty())
        .count();
  }

  private ImportReport run(Path file) throws IOException {
    return run(file, settings(Format.AUTO, false));
  }

  private ImportReport run(Path file, ImportSettings settings) throws IOException {
    return new FileImport(
            server.client(FakeServer.KEY), settings, folder.resolve("imports"), quiet())
        .run(file);
  }

  private static ImportSettings settings(Format format, boolean again) {
    return new ImportSettings(format, null, null, false, null, ZoneId.of("UTC"), PATIENCE, again);
  }

  private static Terminal quiet() {
    return new Terminal(
        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), false);
  }

  private static String last(ImportReport report) {
    var lines = report.lines();
    return lines.get(lines.size() - 1);
  }
}
