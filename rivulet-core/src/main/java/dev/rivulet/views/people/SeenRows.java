package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.views.people.LastSeen.Person;

/**
 * The people of a {@link LastSeen} as they are stored, newest first. Rows are found and copied
 * without being read: most of them stay while others come before them.
 */
final class SeenRows {
  private final ByteWriter bytes;

  /** Where each row begins, and where the last one ends. */
  private final int[] starts;

  private final long[] lasts;

  /** Hash codes of the ids, by which a row is found. */
  private final int[] hashes;

  private int count;

  /**
   * @param most the most rows there will be
   */
  SeenRows(int most) {
    this.bytes = new ByteWriter(most * 24);
    this.starts = new int[most + 1];
    this.lasts = new long[most];
    this.hashes = new int[most];
  }

  private static Person person(ByteReader in, long before) {
    String user = in.text();
    long last = before - in.zigzag();
    return new Person(user, last, last - in.zigzag(), in.zigzag());
  }

  int count() {
    return count;
  }

  /** Roughly the bytes of memory that they take. */
  int heapBytes() {
    return 128 + bytes.array().length + 16 * lasts.length;
  }

  /** When somebody was seen last, in epoch milliseconds. */
  long last(int row) {
    return lasts[row];
  }

  Person person(int row) {
    return person(new ByteReader(bytes.array(), starts[row]), lastBefore(row));
  }

  /** The row of somebody, or -1. */
  int find(String user) {
    int hash = user.hashCode();
    for (int row = 0; row < count; row++) {
      if (hashes[row] == hash && person(row).user().equals(user)) {
        return row;
      }
    }
    return -1;
  }

  /** Adds somebody who comes behind all others. */
  void add(Person person) {
    bytes.text(person.user());
    bytes.zigzag(lastBefore(count) - person.last());
    bytes.zigzag(person.last() - person.first());
    bytes.zigzag(person.total());
    end(person.last(), person.user().hashCode());
  }

  /** Adds a row of {@code other}; its time has to be told anew only behind another time. */
  void add(SeenRows other, int row) {
    byte[] source = other.bytes.array();
    int start = other.starts[row];
    int end = other.starts[row + 1];
    long last = other.lasts[row];
    if (lastBefore(count) == other.lastBefore(row)) {
      bytes.bytes(source, start, end - start);
    } else {
      var in = new ByteReader(source, start);
      in.skip(in.varint());
      bytes.bytes(source, start, in.position() - start);
      in.zigzag();
      bytes.zigzag(lastBefore(count) - last);
      bytes.bytes(source, in.position(), end - in.position());
    }
    end(last, other.hashes[row]);
  }

  private void end(long last, int hash) {
    lasts[count] = last;
    hashes[count] = hash;
    starts[++count] = bytes.length();
  }

  private long lastBefore(int row) {
    return row == 0 ? 0 : lasts[row - 1];
  }

  void encodeTo(ByteWriter out) {
    out.varint(count);
    out.bytes(bytes);
  }

  /** Reads what {@link #encodeTo} wrote. */
  static SeenRows decode(ByteReader in) {
    int count = in.varint();
    var rows = new SeenRows(count);
    for (int row = 0; row < count; row++) {
      rows.add(person(in, rows.lastBefore(row)));
    }
    return rows;
  }
}
