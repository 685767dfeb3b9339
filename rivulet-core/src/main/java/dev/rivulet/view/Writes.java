package dev.rivulet.view;

import static dev.rivulet.view.Command.bytes;

import java.util.ArrayList;
import java.util.List;

/**
 * What one batch changes, as absolute values: replaying them gives the same state. They are applied
 * in one transaction together with the new offset, or not at all. {@link #append} is the one
 * exception to absoluteness and is legal for the same reason. Not thread-safe.
 */
public final class Writes {
  private static final byte[] SET = bytes("SET");
  private static final byte[] SETRANGE = bytes("SETRANGE");
  private static final byte[] APPEND = bytes("APPEND");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] ZADD = bytes("ZADD");
  private static final byte[] ZREMRANGEBYRANK = bytes("ZREMRANGEBYRANK");
  private static final byte[] PEXPIREAT = bytes("PEXPIREAT");
  private static final byte[] DEL = bytes("UNLINK");

  private final List<Command> commands = new ArrayList<>();

  public void set(byte[] key, byte[] value) {
    add(SET, key, value);
  }

  /** Overwrites the bytes from {@code offset} on; what lies before is filled with zeros. */
  public void setRange(byte[] key, int offset, byte[] value) {
    add(SETRANGE, key, bytes(offset), value);
  }

  public void append(byte[] key, byte[] value) {
    add(APPEND, key, value);
  }

  /** Sets fields of a hash: {@code pairs} are field, value, field, value… */
  public void hash(byte[] key, List<byte[]> pairs) {
    if (!pairs.isEmpty()) {
      add(HSET, key, pairs);
    }
  }

  public void hashDelete(byte[] key, List<byte[]> fields) {
    if (!fields.isEmpty()) {
      add(HDEL, key, fields);
    }
  }

  /** Adds to a sorted set, which keeps the {@code most} of the highest scores: score, member… */
  public void highest(byte[] key, List<byte[]> pairs, int most) {
    if (!pairs.isEmpty()) {
      add(ZADD, key, pairs);
      add(ZREMRANGEBYRANK, key, bytes(0), bytes(-1L - most));
    }
  }

  /** Lets {@code key} go at {@code epochMillis}. */
  public void expireAt(byte[] key, long epochMillis) {
    add(PEXPIREAT, key, bytes(epochMillis));
  }

  public void delete(byte[] key) {
    add(DEL, key);
  }

  public List<Command> commands() {
    return commands;
  }

  private void add(byte[]... words) {
    commands.add(new Command(words));
  }

  private void add(byte[] name, byte[] key, List<byte[]> rest) {
    byte[][] words = new byte[rest.size() + 2][];
    words[0] = name;
    words[1] = key;
    for (int i = 0; i < rest.size(); i++) {
      words[i + 2] = rest.get(i);
    }
    commands.add(new Command(words));
  }
}
