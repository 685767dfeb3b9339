package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.ApiClient;
import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.EventPoster;
import dev.rivulet.server.cli.Terminal;
import dev.rivulet.server.cli.imports.ImportRecord.Point;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One import: settle the format, find what was imported before, send the rest, keep the record.
 * Used by one thread.
 */
public final class FileImport {
  private final ApiClient api;
  private final ImportSettings settings;
  private final Path records;
  private final Terminal terminal;

  /**
   * @param records the folder where progress is kept
   */
  public FileImport(ApiClient api, ImportSettings settings, Path records, Terminal terminal) {
    this.api = api;
    this.settings = settings;
    this.records = records;
    this.terminal = terminal;
  }

  /**
   * Imports a file.
   *
   * @param file null for standard input, which is read once and has no record
   * @throws CommandFailure when the server cannot be reached, refuses the key, or takes nothing for
   *     as long as the timeout; what it had acknowledged is then in the record
   */
  public ImportReport run(@Nullable Path file) throws IOException {
    var store = api.store();
    var regular = file != null && Files.isRegularFile(file);
    try (var source = SourceFile.open(file)) {
      var sample = source.sample();
      var format = FormatChoice.of(sample, settings);
      var record = regular && store != null && file != null ? record(store, sample, format) : null;
      var start = Point.START;
      if (record != null && !record.isEmpty() && !settings.again() && file != null) {
        try (var again = SourceFile.open(file);
            var lines = new LineReader(again.content(), format.quotedBreaks())) {
          start = record.furthestOn(lines);
        }
      }
      var report = new ImportReport();
      report.startFrom(start);
      var poster = EventPoster.ofEvents(api, settings.project(), settings.timeout());
      var size = regular && file != null ? Files.size(file) : 0;
      try (var progress = new ImportProgress(terminal, source, size);
          var lines = new LineReader(source.content(), format.quotedBreaks())) {
        progress.start();
        new ImportPipeline(format, poster, report, progress, checkpoint(record, start))
            .run(lines, start);
      }
      return report;
    }
  }

  private ImportPipeline.Checkpoint checkpoint(@Nullable ImportRecord record, Point start) {
    if (record == null) {
      return reached -> {};
    }
    var last = new Point[] {start};
    return reached -> {
      record.advance(last[0], reached);
      last[0] = reached;
    };
  }

  private @Nullable ImportRecord record(String store, byte[] sample, ImportFormat format)
      throws IOException {
    var block = new LineBlock();
    try (var lines = new LineReader(new ByteArrayInputStream(sample), format.quotedBreaks())) {
      if (!lines.fill(block)) {
        return null;
      }
    }
    var project = settings.project() == null ? "" : settings.project();
    return ImportRecord.open(records, store, project, block.digests[0]);
  }
}
