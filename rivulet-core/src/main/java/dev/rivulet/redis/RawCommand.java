package dev.rivulet.redis;

import java.util.Iterator;
import java.util.NoSuchElementException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;

/**
 * A command as the client wants it, without its list and its wrapper per argument: one reusable
 * object walks the caller's arrays. Belongs to one connection; not thread-safe.
 */
final class RawCommand extends CommandArguments implements Iterator<Rawable>, Rawable {
  private static final byte[][] NOTHING = {};
  private byte[][] words = NOTHING;
  private int next;

  RawCommand() {
    super(() -> new byte[0]);
  }

  RawCommand of(byte[][] words) {
    this.words = words;
    return this;
  }

  void clear() {
    words = NOTHING;
  }

  @Override
  public int size() {
    return words.length;
  }

  @Override
  public Iterator<Rawable> iterator() {
    next = 0;
    return this;
  }

  @Override
  public boolean hasNext() {
    return next < words.length;
  }

  @Override
  public Rawable next() {
    if (next >= words.length) {
      throw new NoSuchElementException();
    }
    next++;
    return this;
  }

  @Override
  public byte[] getRaw() {
    return words[next - 1];
  }

  @Override
  public Rawable get(int index) {
    next = index + 1;
    return this;
  }
}
