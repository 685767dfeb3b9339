package dev.rivulet.server.cli.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far imports of one file have come: points up to which every line was acknowledged. The record
 * is what lets an interrupted import go on where it stopped, and an import repeated after the
 * server's window for duplicates still count once.
 *
 * <p>It is kept per store and project and per first line of the file; files that share a first line
 * share a record and are told apart by the digests of its points. Written as a whole and moved into
 * place. Used by one thread at a time.
 */
final class ImportRecord {
  /** A file that shares its first line with more files than this is left to the server's window. */
  private static final int MAX_POINTS = 64;

  private final Path file;
  private final List<Point> points;

  private ImportRecord(Path file, List<Point> points) {
    this.file = file;
    this.points = points;
  }

  /**
   * A place in a file up to whose end every line was imported or reported.
   *
   * @param line number of its last line, from 1; 0 is the beginning
   * @param digest of all lines so far
   * @param imported lines that became events
   * @param reported lines that did not
   */
  record Point(long line, long digest, long imported, long reported) {
    static final Point START = new Point(0, 0, 0, 0);

    private String text() {
      return "%d %016x %d %d".formatted(line, digest, imported, reported);
    }

    private static @Nullable Point parse(String text) {
      var parts = text.split(" ", -1);
      try {
        return parts.length != 4
            ? null
            : new Point(
                Long.parseLong(parts[0]),
                HexFormat.fromHexDigitsToLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
      } catch (IllegalArgumentException damaged) {
        return null;
      }
    }
  }

  /**
   * Opens the record, empty if there is none. Lines that are not points are passed over: without a
   * point more is sent, which the server counts once.
   *
   * @param folder the folder of all records
   * @param store names the server's data; a server with other data has its own records
   * @param firstDigest of the file's first line
   */
  static ImportRecord open(Path folder, String store, String project, long firstDigest)
      throws IOException {
    var owner = (store + "\n" + project).getBytes(StandardCharsets.UTF_8);
    var name =
        "%016x"
            .formatted(firstDigest ^ Long.rotateLeft(ContentDigest.of(owner, 0, owner.length), 1));
    var file = folder.resolve(name);
    var points = new ArrayList<Point>();
    if (Files.isReadable(file)) {
      for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        var point = Point.parse(line);
        if (point != null) {
          points.add(point);
        }
      }
    }
    return new ImportRecord(file, points);
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  /** The furthest point that lies on this file; {@link Point#START} when none does. */
  Point furthestOn(LineReader lines) throws IOException {
    var best = Point.START;
    var last = points.stream().mapToLong(Point::line).max().orElse(0);
    var block = new LineBlock();
    while (best.line() < last && lines.fill(block)) {
      for (var i = 0; i < block.count && block.numbers[i] <= last; i++) {
        for (var point : points) {
          if (point.line() == block.numbers[i] && point.digest() == block.digests[i]) {
            best = point;
          }
        }
      }
      if (block.lastNumber() >= last) {
        break;
      }
    }
    return best;
  }

  /** Puts {@code reached} in the place of {@code earlier}, on disk too. */
  void advance(Point earlier, Point reached) throws IOException {
    points.remove(earlier);
    points.remove(reached);
    points.add(reached);
    while (points.size() > MAX_POINTS) {
      points.remove(0);
    }
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new");
    try {
      Files.write(fresh, points.stream().map(Point::text).toList(), StandardCharsets.ISO_8859_1);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
