package dev.rivulet.server.cli.imports;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into lines and gives each its digest. A line ends at {@code \n} (a {@code \r}
 * before it is dropped); with quoted line breaks allowed, as CSV has them, at the first {@code \n}
 * after an even number of quotation marks. A line of any length takes bounded memory: what is
 * beyond {@link LineBlock#MAX_LINE_BYTES} is read over, and the line is marked as cut.
 *
 * <p>Not safe for use by several threads.
 */
final class LineReader implements Closeable {
  private static final int READ_BYTES = 64 * 1024;

  private final InputStream in;
  private final boolean quotedBreaks;
  private final ContentDigest digest = new ContentDigest();
  private final byte[] carried = new byte[LineBlock.CAPACITY];
  private int carriedLength;
  private long linesSeen;
  private boolean atEnd;

  LineReader(InputStream in, boolean quotedBreaks) {
    this.in = in;
    this.quotedBreaks = quotedBreaks;
  }

  /** Fills the block from its beginning; false when there was nothing left to read. */
  boolean fill(LineBlock block) throws IOException {
    block.clear();
    System.arraycopy(carried, 0, block.bytes, 0, carriedLength);
    var limit = carriedLength;
    carriedLength = 0;
    var lineStart = 0;
    var scanned = 0;
    var quoted = false;
    var breaksInside = 0;
    while (true) {
      for (; scanned < limit && !block.isFull(); scanned++) {
        if (!quotedBreaks) {
          scanned = Scan.indexOf(block.bytes, scanned, limit, '\n');
          if (scanned == limit) {
            break;
          }
        }
        var next = block.bytes[scanned];
        if (next == '\n') {
          if (quoted && scanned - lineStart <= LineBlock.MAX_LINE_BYTES) {
            breaksInside++;
          } else {
            add(block, lineStart, scanned - lineStart, 1 + breaksInside);
            lineStart = scanned + 1;
            quoted = false;
            breaksInside = 0;
          }
        } else if (quotedBreaks && next == '"') {
          quoted = !quoted;
        }
      }
      if (block.isFull() || (block.count > 0 && LineBlock.CAPACITY - limit < READ_BYTES)) {
        carry(block, lineStart, limit);
        return true;
      }
      if (!atEnd && limit - lineStart > LineBlock.MAX_LINE_BYTES) {
        limit = readOver(block, lineStart, limit, 1 + breaksInside);
        lineStart = limit - carriedLength;
        scanned = lineStart;
        carriedLength = 0;
        quoted = false;
        breaksInside = 0;
        continue;
      }
      if (atEnd) {
        if (limit > lineStart) {
          add(block, lineStart, limit - lineStart, 1 + breaksInside);
        }
        return block.count > 0;
      }
      var read = in.read(block.bytes, limit, READ_BYTES);
      if (read < 0) {
        atEnd = true;
      } else {
        limit += read;
      }
    }
  }

  /**
   * Reads to the end of a line that is already too long, keeping only its beginning. Bytes after
   * its end are left in {@code carriedLength} bytes before the returned limit.
   */
  private int readOver(LineBlock block, int lineStart, int limit, int breaks) throws IOException {
    var keep = lineStart + LineBlock.MAX_LINE_BYTES;
    var fullLength = (long) (limit - lineStart);
    while (true) {
      var read = in.read(block.bytes, keep, Math.min(READ_BYTES, LineBlock.CAPACITY - keep));
      if (read < 0) {
        atEnd = true;
        add(block, lineStart, fullLength, breaks);
        return keep;
      }
      for (var i = keep; i < keep + read; i++) {
        if (block.bytes[i] == '\n') {
          add(block, lineStart, fullLength + (i - keep), breaks);
          carriedLength = keep + read - (i + 1);
          return keep + read;
        }
      }
      fullLength += read;
    }
  }

  private void add(LineBlock block, int start, long fullLength, int lineBreaks) {
    var kept = (int) Math.min(fullLength, LineBlock.MAX_LINE_BYTES);
    var index = block.count++;
    var trimmed = start + kept;
    if (kept == fullLength && trimmed > start && block.bytes[trimmed - 1] == '\r') {
      trimmed--;
    }
    block.starts[index] = start;
    block.ends[index] = trimmed;
    block.cut[index] = fullLength > LineBlock.MAX_LINE_BYTES;
    block.digests[index] =
        digest.absorb(
            block.bytes, start, trimmed - start, block.cut[index] ? fullLength : trimmed - start);
    block.numbers[index] = linesSeen + 1;
    linesSeen += lineBreaks;
  }

  private void carry(LineBlock block, int from, int limit) {
    carriedLength = limit - from;
    System.arraycopy(block.bytes, from, carried, 0, carriedLength);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
