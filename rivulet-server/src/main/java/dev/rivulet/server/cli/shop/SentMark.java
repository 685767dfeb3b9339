package dev.rivulet.server.cli.shop;

import dev.rivulet.server.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;

/** A file with the time up to which everything was sent. Used by one thread at a time. */
final class SentMark {
  private final Path file;

  SentMark(Path file) {
    this.file = file;
  }

  /** The time; long ago when nothing was sent, or the file is damaged. */
  Instant read() {
    try {
      return Files.exists(file) ? Instant.parse(Files.readString(file).strip()) : Instant.EPOCH;
    } catch (DateTimeException damaged) {
      return Instant.EPOCH;
    } catch (IOException unreadable) {
      throw new CommandFailure("%s cannot be read".formatted(file), unreadable);
    }
  }

  void write(Instant through) {
    try {
      var fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, through.toString(), StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new CommandFailure("%s cannot be written".formatted(file), unwritable);
    }
  }
}
