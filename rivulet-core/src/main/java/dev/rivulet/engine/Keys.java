package dev.rivulet.engine;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Command;
import dev.rivulet.view.Scope;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.function.Function;

/**
 * The names of a partition's keys, {@code rv:{p}:<room>:<project>:<subject>:<bucket>}. Parts that
 * come from outside are escaped, so that no id can change a slot, a pattern or its neighbour.
 */
public final class Keys {
  private static final String UNSAFE = ":{}*?[]\\%/ ";

  private Keys() {}

  /** The stream of a partition's record batches. */
  public static byte[] log(int partition) {
    return of(partition, "log");
  }

  /** Up to which entry a partition's log was trimmed; absent while it is whole. */
  public static byte[] trimmed(int partition) {
    return of(partition, "trimmed");
  }

  /** A hash: the number of records ever appended to a partition, by project. */
  public static byte[] appended(int partition) {
    return of(partition, "appended");
  }

  /** A hash: the {@link Tally} of what was folded of them, by project. */
  public static byte[] folded(int partition) {
    return of(partition, "folded");
  }

  /** The offset of a partition's fold. */
  public static byte[] offset(int partition) {
    return of(partition, "offset");
  }

  /** The offset of the fold that fills one generation of a view. */
  public static byte[] fillOffset(int partition, String view, int generation) {
    return of(partition, "offset", view, Integer.toString(generation));
  }

  /** The clean copy of the log that grows beside it while persons are erased. */
  public static byte[] logCopy(int partition) {
    return of(partition, "log", "copy");
  }

  /** How far the rewrite of the log is that takes erased persons out of it. */
  public static byte[] rewrite(int partition) {
    return of(partition, "rewrite");
  }

  /** A hash: what became of each erasure, by its id. */
  public static byte[] erasures(int partition) {
    return of(partition, "erasures");
  }

  /** A hash: why records were put aside, by place. */
  public static byte[] poison(int partition) {
    return of(partition, "poison");
  }

  /** A sorted set: the places of those put aside last. */
  public static byte[] newestPoison(int partition) {
    return of(partition, "poison", "newest");
  }

  /** A sorted set: the nodes, by when they joined in epoch milliseconds of the store. */
  public static byte[] nodes() {
    return of(0, "nodes");
  }

  /** What a node told last of itself; it goes by itself when the node is not heard. */
  public static byte[] node(String id) {
    return of(0, "nodes", id);
  }

  /** The id of the node that folds a partition. */
  public static byte[] lease(int partition) {
    return of(partition, "lease");
  }

  /** A hash: the definitions that a partition has, each {@link Installed} under its id. */
  public static byte[] defined(int partition) {
    return of(partition, "defined");
  }

  /** The channel on which nodes tell each other that a partition was folded; no key. */
  public static byte[] changes(int partition) {
    return of(partition, "changes");
  }

  /** The {@link FillBook} of a partition. */
  public static byte[] filling(int partition) {
    return of(partition, "filling");
  }

  /** Joins escaped parts behind the partition's hash tag. */
  public static byte[] of(int partition, String room, String... parts) {
    var key = new StringBuilder(64);
    key.append("rv:{").append(partition).append("}:").append(room);
    for (String part : parts) {
      key.append(':');
      escape(part, key);
    }
    return Command.bytes(key.toString());
  }

  /** Percent-encodes what has a meaning in keys, patterns or terminals. */
  public static String escape(String part) {
    var out = new StringBuilder(part.length() + 8);
    escape(part, out);
    return out.toString();
  }

  private static void escape(String part, StringBuilder out) {
    if (part.equals(Limits.EVERY)) {
      out.append(part);
      return;
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c < 0x20 || c == 0x7f || UNSAFE.indexOf(c) >= 0) {
        byte[] bytes = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
          out.append('%').append(Character.forDigit((b >> 4) & 0xf, 16));
          out.append(Character.forDigit(b & 0xf, 16));
        }
      } else {
        out.append(c);
      }
    }
  }

  /** The scope of one generation of a view in one partition. */
  public static Scope scope(
      int partition, String view, int generation, Function<String, ZoneId> zones) {
    String room = generation == 1 ? view : view + "~" + generation;
    return new Scope() {
      @Override
      public int partition() {
        return partition;
      }

      @Override
      public byte[] key(String project, String... parts) {
        String[] all = new String[parts.length + 1];
        all[0] = project;
        System.arraycopy(parts, 0, all, 1, parts.length);
        return of(partition, room, all);
      }

      @Override
      public ZoneId zone(String project) {
        return zones.apply(project);
      }
    };
  }
}
