package dev.rivulet.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest append-only file of a server that is not running, whose end a power cut or a kill may
 * have torn off.
 *
 * <p>Redis cuts off an incomplete last command itself, but when that was inside a transaction it
 * leaves the MULTI and the commands before it in the file. They do nothing at this start; at the
 * next one they run together with the transaction that was written after them, and state that was
 * appended to is wrong (valkey-io/valkey#4342; every Redis and Valkey before that). So the whole
 * transaction is cut off here, before the server reads the file. Reads about 1 GB a second.
 */
final class AppendOnlyFile {
  private static final Logger log = LoggerFactory.getLogger(AppendOnlyFile.class);
  private static final Pattern INCREMENT = Pattern.compile("(?m)^file (\\S+) seq \\d+ type i");
  private static final int NOT_OURS = -1;
  private static final int LONGEST_NAME = 5;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private final StringBuilder name = new StringBuilder();
  private long position;

  private AppendOnlyFile(FileChannel channel) {
    this.channel = channel;
    buffer.flip();
  }

  /**
   * Cuts off what is not a whole command or transaction at the end of the newest file.
   *
   * @param folder the server's
   * @throws RedisUnavailable when the file cannot be read or cut
   */
  static void mend(Path folder) {
    Path files = folder.resolve("appendonlydir");
    try {
      Path manifest = files.resolve("appendonly.aof.manifest");
      if (!Files.exists(manifest)) {
        return;
      }
      Matcher increment = INCREMENT.matcher(Files.readString(manifest));
      Path newest = null;
      while (increment.find()) {
        newest = files.resolve(increment.group(1));
      }
      if (newest != null && Files.exists(newest)) {
        cut(newest);
      }
    } catch (IOException e) {
      throw new RedisUnavailable("Cannot check the append-only file in " + files, e);
    }
  }

  private static void cut(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long whole = new AppendOnlyFile(channel).wholePart();
      long torn = channel.size() - whole;
      if (whole != NOT_OURS && torn > 0) {
        log.warn("The end of {} is torn: cutting off {} bytes of an unfinished write", file, torn);
        channel.truncate(whole);
        channel.force(true);
      }
    }
  }

  /** Where the last whole command or transaction ends; {@link #NOT_OURS} for another format. */
  private long wholePart() throws IOException {
    long whole = 0;
    boolean inside = false;
    try {
      while (true) {
        int first = next();
        if (first == '#') {
          skipLine();
        } else if (first == '*') {
          command();
          inside = isNamed("MULTI") || (inside && !isNamed("EXEC"));
        } else if (first == 0 && onlyZerosFollow()) {
          return whole; // space that was allocated for a write that never came
        } else {
          return NOT_OURS; // for Redis to judge
        }
        if (!inside) {
          whole = position;
        }
      }
    } catch (EndOfFile e) {
      return whole;
    } catch (NumberFormatException e) {
      return NOT_OURS;
    }
  }

  /** Reads a command, its {@link #name} in capitals. */
  private void command() throws IOException, EndOfFile {
    long words = number();
    name.setLength(0);
    for (long word = 0; word < words; word++) {
      if (next() != '$') {
        throw new NumberFormatException("not a command");
      }
      long length = number();
      if (word == 0 && length <= LONGEST_NAME) {
        for (int i = 0; i < length; i++) {
          name.append((char) (next() & ~0x20));
        }
        skip(2);
      } else {
        skip(length + 2);
      }
    }
  }

  private boolean isNamed(String wanted) {
    return wanted.contentEquals(name);
  }

  private long number() throws IOException, EndOfFile {
    var digits = new byte[20];
    int count = 0;
    int read = next();
    while (read != '\r') {
      if (count == digits.length) {
        throw new NumberFormatException("too long");
      }
      digits[count++] = (byte) read;
      read = next();
    }
    skip(1);
    return Long.parseLong(new String(digits, 0, count, StandardCharsets.US_ASCII));
  }

  private void skipLine() throws IOException, EndOfFile {
    while (next() != '\n') {
      // up to the end of an annotation
    }
  }

  private boolean onlyZerosFollow() throws IOException {
    try {
      while (next() == 0) {
        // on to the end
      }
      return false;
    } catch (EndOfFile e) {
      return true;
    }
  }

  private int next() throws IOException, EndOfFile {
    if (!buffer.hasRemaining()) {
      fill();
    }
    position++;
    return buffer.get() & 0xff;
  }

  private void skip(long bytes) throws IOException, EndOfFile {
    position += bytes;
    if (bytes <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) bytes);
      return;
    }
    if (position > channel.size()) {
      throw new EndOfFile();
    }
    channel.position(position);
    buffer.clear().flip();
  }

  private void fill() throws IOException, EndOfFile {
    buffer.clear();
    int read = channel.read(buffer);
    buffer.flip();
    if (read < 0) {
      throw new EndOfFile();
    }
  }

  /** The file ends here. */
  private static final class EndOfFile extends Exception {
    private static final long serialVersionUID = 1;

    EndOfFile() {
      super("end of file", null, false, false);
    }
  }
}
