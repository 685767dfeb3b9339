package dev.rivulet.redis;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The right to use a data directory, held by one process at a time and lost with it. */
final class DataDirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DataDirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @throws IllegalStateException when another process, or this one, uses the directory
   */
  static DataDirectoryLock acquire(Path directory) {
    var file = directory.resolve("lock");
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(file, CREATE, READ, WRITE);
      taken = tryLock(channel);
      if (!taken) {
        throw new IllegalStateException(
            "Data directory %s is in use%s; stop that process, or choose another directory."
                .formatted(directory, owner(channel)));
      }
      var pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
      return new DataDirectoryLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock data directory " + directory, e);
    } finally {
      if (channel != null && !taken) {
        close(channel);
      }
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    int length = channel.read(bytes, 0);
    var text = length <= 0 ? "" : new String(bytes.array(), 0, length, StandardCharsets.US_ASCII);
    return text.matches("\\d+") ? " by the process with pid " + text : " by another process";
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the lock of the data directory", e);
    }
  }
}
