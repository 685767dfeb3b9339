package dev.rivulet.views.breakdowns;

import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;

/** When the first event of a project happened: before it there is no data, which is not zero. */
final class Earliest {
  private final byte[] key;
  private long time = Long.MAX_VALUE;
  private boolean changed;

  Earliest(byte[] key) {
    this.key = key;
  }

  static byte[] key(Scope scope, String project) {
    return scope.key(project, "earliest");
  }

  static long decode(byte[] stored) {
    return Long.parseLong(Bytes.text(stored));
  }

  void load(Reads reads) {
    reads.get(
        key,
        stored -> {
          if (stored != null) {
            time = decode(stored);
          }
        });
  }

  void see(long occurredAt) {
    if (occurredAt < time) {
      time = occurredAt;
      changed = true;
    }
  }

  void write(Writes writes) {
    if (changed) {
      writes.set(key, Command.bytes(time));
      changed = false;
    }
  }
}
