package dev.rivulet.views.retention;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Where the sets of people are stored. Per subject three hashes, {@code days}, {@code weeks} and
 * {@code months}: the field is the period, {@code 2026-11-23} or {@code 2026-11}, the value the
 * people's numbers in Roaring's portable format. Beside them one string, the {@code tail}: 8-byte
 * words {@code period, person} of who is to be added to those sets. A reader reads the tail first
 * and adds it to the sets; then a merge in between is harmless. A hash {@code subjects} tells since
 * which day each subject has anybody.
 */
final class Layout {
  static final String ROOM = "retention";

  /** The subject of any event. */
  static final String ANY = Limits.EVERY;

  static final int WORD_BYTES = Long.BYTES;

  private Layout() {}

  static byte[] subjects(Scope scope, String project) {
    return scope.key(project, "subjects");
  }

  static byte[] sets(Scope scope, String project, String subject, Period period) {
    return scope.key(project, subject, period.plural());
  }

  static byte[] tail(Scope scope, String project, String subject) {
    return scope.key(project, subject, "tail");
  }

  static byte[] field(Period period, int number) {
    return Command.bytes(period.field(number));
  }

  static long word(int code, int person) {
    return (long) code << Integer.SIZE | person & 0xffff_ffffL;
  }

  static int code(long word) {
    return (int) (word >>> Integer.SIZE);
  }

  static int person(long word) {
    return (int) word;
  }

  static byte[] words(LongArrayList words) {
    byte[] bytes = new byte[words.size() * WORD_BYTES];
    for (int i = 0; i < words.size(); i++) {
      Bytes.putLong(bytes, i * WORD_BYTES, words.getLong(i));
    }
    return bytes;
  }

  static LongArrayList words(byte @Nullable [] stored) {
    var words = new LongArrayList();
    if (stored != null) {
      for (int at = 0; at + WORD_BYTES <= stored.length; at += WORD_BYTES) {
        words.addLong(Bytes.longAt(stored, at));
      }
    }
    return words;
  }

  /** Uses up the set's slack: call when it will not change soon. */
  static byte[] encode(RoaringBitmap people) {
    people.runOptimize();
    byte[] bytes = new byte[people.serializedSizeInBytes()];
    people.serialize(ByteBuffer.wrap(bytes));
    return bytes;
  }

  static RoaringBitmap decode(byte @Nullable [] stored) {
    var people = new RoaringBitmap();
    if (stored != null) {
      try {
        people.deserialize(ByteBuffer.wrap(stored));
      } catch (IOException e) {
        throw new UncheckedIOException("a stored set of people cannot be read", e);
      }
    }
    return people;
  }
}
