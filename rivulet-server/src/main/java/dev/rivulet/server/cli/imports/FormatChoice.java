package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.imports.ImportSettings.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Settles the format of a file from its first lines. What looks like nothing known is read as an
 * access log, so that each of its lines is reported.
 */
final class FormatChoice {
  /** Lines looked at before giving up; a log may begin with garbage, but not with a page of it. */
  private static final int LINES_TRIED = 100;

  private FormatChoice() {}

  /**
   * @param sample the beginning of the file, decompressed
   * @throws CommandFailure when the format cannot be told, or its settings do not fit the file
   */
  static ImportFormat of(byte[] sample, ImportSettings settings) throws IOException {
    var format = settings.format() == Format.AUTO ? detect(sample, settings) : settings.format();
    if (settings.map() != null && format != Format.CSV) {
      throw new CommandFailure("--map is for CSV files, and this one is read as " + label(format));
    }
    return switch (format) {
      case COMBINED, COMMON -> {
        var event = settings.event() == null ? "request" : settings.event();
        var combined = format == Format.COMBINED;
        yield new ImportFormat(
            label(format),
            false,
            false,
            () -> new AccessLogFormat(event, combined, settings.personWithAgent()));
      }
      case NDJSON ->
          new ImportFormat(label(format), false, false, () -> new NdjsonFormat(settings.event()));
      case CSV -> {
        var mapped =
            settings.map() == null ? Map.<String, String>of() : CsvMapping.parse(settings.map());
        var mapping = CsvMapping.of(firstRecord(sample), mapped, settings.event());
        yield new ImportFormat(
            label(format),
            true,
            true,
            () -> new CsvFormat(mapping, settings.event(), settings.zone()));
      }
      case AUTO -> throw new IllegalStateException("the format was not settled");
    };
  }

  private static Format detect(byte[] sample, ImportSettings settings) throws IOException {
    if (settings.map() != null) {
      return Format.CSV;
    }
    var block = new LineBlock();
    var combined = new AccessLogFormat("request", true, false);
    var common = new AccessLogFormat("request", false, false);
    var scratch = new EventWriter();
    try (var lines = new LineReader(new ByteArrayInputStream(sample), false)) {
      lines.fill(block);
    }
    SourceFile.skipByteOrderMark(block);
    for (var i = 0; i < Math.min(block.count, LINES_TRIED); i++) {
      scratch.truncate(0);
      if (block.ends[i] > block.starts[i] && block.bytes[block.starts[i]] == '{') {
        return Format.NDJSON;
      }
      if (combined.write(block, i, scratch) == null) {
        return Format.COMBINED;
      }
      if (common.write(block, i, scratch) == null) {
        return Format.COMMON;
      }
    }
    return looksLikeHeader(firstRecord(sample)) ? Format.CSV : Format.COMBINED;
  }

  /** Printable cells between separators, without the brackets that every log line has. */
  private static boolean looksLikeHeader(byte[] line) {
    var text = new String(line, StandardCharsets.UTF_8);
    return text.matches("[^\\x00-\\x08\\uFFFD\\[\\]]*[,;\\t][^\\x00-\\x08\\uFFFD\\[\\]]*");
  }

  private static byte[] firstRecord(byte[] sample) throws IOException {
    var block = new LineBlock();
    try (var lines = new LineReader(new ByteArrayInputStream(sample), true)) {
      if (!lines.fill(block)) {
        return new byte[0];
      }
    }
    SourceFile.skipByteOrderMark(block);
    return Arrays.copyOfRange(block.bytes, block.starts[0], block.ends[0]);
  }

  private static String label(Format format) {
    return switch (format) {
      case COMBINED -> "a combined access log";
      case COMMON -> "a common access log";
      case NDJSON -> "NDJSON";
      case CSV -> "CSV";
      case AUTO -> "whatever it is";
    };
  }
}
