package dev.rivulet.live;

/** Something that is being watched; close it to stop. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
