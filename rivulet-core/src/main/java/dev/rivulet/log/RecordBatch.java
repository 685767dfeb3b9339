package dev.rivulet.log;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the log: everything one partition got in one group commit, as bytes that describe
 * themselves.
 *
 * <pre>
 * byte    format: the number of bits that it has for a kind, 1 to 3
 * varint  number of events
 * varint  length of the body before compression
 * LZ4 block of the body, column by column, so that like stands by like:
 *   strings  the projects and names in use, in order of first use
 *   varint   receivedAt of the first event; then per event
 *     heads  varint project, varint name index << kind bits | kind,
 *            zigzag receivedAt delta, zigzag age
 *   users    length-prefixed UTF-8
 *   ids      0 none · 1 a UUID in 16 bytes · n + 2 UTF-8 of n bytes
 *   properties  all lengths, then all JSON texts
 * </pre>
 */
public final class RecordBatch {
  /** More bits are used only where an entry holds a kind that needs them. */
  private static final int MOST_KIND_BITS = 3;

  private static final int LONGEST_BODY = 64 * 1024 * 1024;
  private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();

  private RecordBatch() {}

  /** Number of events that {@code entry} claims to hold; 1 when even that cannot be read. */
  public static int claimedCount(byte[] entry) {
    try {
      var header = new ByteReader(entry, headerOf(entry));
      int count = header.varint();
      return count <= header.varint() ? count : 1;
    } catch (CorruptEntry | IndexOutOfBoundsException | IllegalArgumentException e) {
      return 1;
    }
  }

  /** Encodes {@code events}, at least one, in order. */
  public static byte[] encode(List<Event> events) {
    var strings = new Strings();
    var body = new ByteWriter(256 + events.size() * 192);
    var heads = new ByteWriter(events.size() * 8);
    byte format = format(events);
    long base = events.get(0).receivedAt();
    long previous = base;
    for (Event event : events) {
      heads.varint(strings.index(event.project()));
      heads.varint(strings.index(event.name()) << format | event.kind().ordinal());
      heads.zigzag(event.receivedAt() - previous);
      heads.zigzag(event.receivedAt() - event.occurredAt());
      previous = event.receivedAt();
    }
    body.varint(strings.all.size());
    for (String string : strings.all) {
      body.text(string);
    }
    body.zigzag(base);
    body.bytes(heads);
    for (Event event : events) {
      body.text(event.user());
    }
    for (Event event : events) {
      id(body, event.id());
    }
    for (Event event : events) {
      body.varint(event.properties().length());
    }
    for (Event event : events) {
      body.properties(event.properties());
    }
    return compressed(format, events.size(), body);
  }

  /**
   * Decodes an entry; the events' properties are slices of one array.
   *
   * @throws CorruptEntry when the bytes are not an entry of a known format
   */
  public static List<Event> decode(byte[] entry) {
    var header = new ByteReader(entry, headerOf(entry));
    try {
      int count = header.varint();
      int length = header.varint();
      if (length > LONGEST_BODY || count > length) { // an event takes some bytes
        throw new CorruptEntry(
            "record batch claims " + count + " events in " + length + " bytes", null);
      }
      byte[] bytes = new byte[length];
      int position = header.position();
      int found =
          LZ4.safeDecompressor().decompress(entry, position, entry.length - position, bytes, 0);
      var body = new ByteReader(bytes, 0);
      List<Event> events = events(body, entry[0], count, length);
      if (found != length || !body.isAtEnd()) {
        throw new CorruptEntry("record batch of " + length + " bytes holds " + found, null);
      }
      return events;
    } catch (LZ4Exception | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CorruptEntry("record batch of " + entry.length + " bytes cannot be read", e);
    }
  }

  private static List<Event> events(ByteReader body, int kindBits, int count, int length) {
    int different = body.varint();
    if (different > length) {
      throw new IllegalArgumentException(different + " strings in " + length + " bytes");
    }
    String[] strings = new String[different];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = body.text();
    }
    String[] projects = new String[count];
    String[] names = new String[count];
    Kind[] kinds = new Kind[count];
    long[] receivedAt = new long[count];
    long[] occurredAt = new long[count];
    long received = body.zigzag();
    for (int i = 0; i < count; i++) {
      projects[i] = strings[body.varint()];
      int name = body.varint();
      names[i] = strings[name >>> kindBits];
      kinds[i] = KINDS[name & ((1 << kindBits) - 1)];
      received += body.zigzag();
      receivedAt[i] = received;
      occurredAt[i] = received - body.zigzag();
    }
    String[] users = new String[count];
    for (int i = 0; i < count; i++) {
      users[i] = body.text();
    }
    @Nullable String[] ids = new @Nullable String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = id(body);
    }
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = body.varint();
    }
    var events = new ArrayList<Event>(count);
    for (int i = 0; i < count; i++) {
      Properties properties = body.properties(lengths[i]);
      events.add(
          new Event(
              projects[i],
              kinds[i],
              names[i],
              users[i],
              ids[i],
              occurredAt[i],
              receivedAt[i],
              properties));
    }
    return events;
  }

  private static final Kind[] KINDS = Kind.values();

  private static byte format(List<Event> events) {
    int highest = 1;
    for (Event event : events) {
      highest = Math.max(highest, event.kind().ordinal());
    }
    return (byte) (Integer.SIZE - Integer.numberOfLeadingZeros(highest));
  }

  private static byte[] compressed(byte format, int count, ByteWriter body) {
    var compressor = LZ4.fastCompressor();
    var out = new ByteWriter(16 + compressor.maxCompressedLength(body.length()));
    out.oneByte(format);
    out.varint(count);
    out.varint(body.length());
    int position = out.length();
    out.advance(compressor.compress(body.array(), 0, body.length(), out.array(), position));
    return out.toBytes();
  }

  private static int headerOf(byte[] entry) {
    if (entry.length == 0 || entry[0] < 1 || entry[0] > MOST_KIND_BITS) {
      throw new CorruptEntry(
          "record batch has format "
              + (entry.length == 0 ? "none" : entry[0])
              + ", this version reads 1 to "
              + MOST_KIND_BITS,
          null);
    }
    return 1;
  }

  private static void id(ByteWriter out, @Nullable String id) {
    if (id == null) {
      out.varint(0);
    } else if (Uuids.isCanonical(id)) {
      out.varint(1);
      out.bigEndian(Uuids.high(id));
      out.bigEndian(Uuids.low(id));
    } else {
      out.text(id, 2);
    }
  }

  private static @Nullable String id(ByteReader in) {
    int tag = in.varint();
    return switch (tag) {
      case 0 -> null;
      case 1 -> Uuids.text(in.bigEndian(), in.bigEndian());
      default -> in.text(tag - 2);
    };
  }

  /** The bytes of an entry are damaged or of a format this version does not know. */
  public static final class CorruptEntry extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptEntry(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private static final class Strings {
    private final Map<String, Integer> index = new HashMap<>();
    private final List<String> all = new ArrayList<>();

    private int index(String string) {
      Integer known = index.get(string);
      if (known == null) {
        known = all.size();
        index.put(string, known);
        all.add(string);
      }
      return known;
    }
  }
}
