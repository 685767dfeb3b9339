package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The file to import, or standard input; gzip is recognised by its first bytes. */
final class SourceFile implements Closeable {
  private static final int BUFFER = 256 * 1024;
  private static final int SAMPLE = 64 * 1024;

  private final AtomicLong position = new AtomicLong();
  private final InputStream content;

  private SourceFile(InputStream raw) throws IOException {
    var counted = new BufferedInputStream(new CountingStream(raw, position), BUFFER);
    counted.mark(2);
    var magic = counted.readNBytes(2);
    counted.reset();
    var gzip = magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
    this.content =
        gzip ? new BufferedInputStream(new GZIPInputStream(counted, SAMPLE), BUFFER) : counted;
  }

  /**
   * @param path null for standard input
   * @throws CommandFailure when there is no such file
   */
  static SourceFile open(@Nullable Path path) throws IOException {
    if (path == null) {
      return new SourceFile(System.in);
    }
    if (Files.isDirectory(path) || !Files.isReadable(path)) {
      throw new CommandFailure("%s is not a file that can be read".formatted(path));
    }
    return new SourceFile(Files.newInputStream(path));
  }

  /** Decompressed content. */
  InputStream content() {
    return content;
  }

  /** Bytes of the file read so far, as they are on disk. */
  long position() {
    return position.get();
  }

  /** The beginning of the content, which will still be read. */
  byte[] sample() throws IOException {
    content.mark(SAMPLE);
    var sample = content.readNBytes(SAMPLE);
    content.reset();
    return sample;
  }

  /** Drops a UTF-8 byte order mark from the first line of a file. */
  static void skipByteOrderMark(LineBlock block) {
    if (block.count > 0 && block.numbers[0] == 1 && block.ends[0] - block.starts[0] >= 3) {
      var at = block.starts[0];
      if (block.bytes[at] == (byte) 0xEF
          && block.bytes[at + 1] == (byte) 0xBB
          && block.bytes[at + 2] == (byte) 0xBF) {
        block.starts[0] += 3;
      }
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class CountingStream extends FilterInputStream {
    private final AtomicLong position;

    CountingStream(InputStream in, AtomicLong position) {
      super(in);
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      var next = super.read();
      if (next >= 0) {
        position.incrementAndGet();
      }
      return next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      var read = super.read(target, from, length);
      if (read > 0) {
        position.addAndGet(read);
      }
      return read;
    }
  }
}
