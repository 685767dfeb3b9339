package dev.rivulet.definitions;

import dev.rivulet.view.Definition;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of an installation, from a snapshot that is at most {@value #FRESH_MILLIS} ms
 * old, and never older than the last change made through this object. Thread-safe.
 *
 * <p>A name has a live revision, which answers, and while it is being changed a second one that is
 * filled from the log. A definition is live once every partition has it; the engine sees to that.
 */
public final class Definitions {
  /** Names in one registry. */
  public static final int MOST_NAMES = 200;

  /** Characters of a name. */
  public static final int NAME_CHARS = 200;

  /** Bytes of a body in UTF-8. */
  public static final int BODY_BYTES = 16 * 1024;

  private static final long FRESH_MILLIS = 500;

  private final DefinitionStore store;
  private final InstantSource clock;
  private final Rooms rooms;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<Registry, Contents> snapshot = Map.of();
  private volatile long loadedAt = Long.MIN_VALUE;
  private Map<Registry, Long> seen = Map.of();

  /**
   * @param rooms the rooms that things can be defined in
   */
  public Definitions(DefinitionStore store, InstantSource clock, Rooms rooms) {
    this.store = store;
    this.clock = clock;
    this.rooms = rooms;
  }

  /** Tells {@code listener} of every change from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** The rooms that things can be defined in. */
  public interface Rooms {
    /**
     * The version of the room's state.
     *
     * @throws IllegalArgumentException when nothing can be defined in {@code room}
     */
    int version(String room);

    /**
     * @throws RuntimeException when the project does not exist, or the room cannot keep up such a
     *     definition; an IllegalArgumentException names the value that is wrong
     */
    void check(String room, Definition definition);
  }

  /** Hears of changes, on the thread that finds them: be quick and do not throw. */
  public interface Listener {
    /** Something in {@code registry} was changed, here or by another node. */
    void changed(Registry registry);
  }

  /**
   * What a put came to.
   *
   * @param created whether nothing was defined under the name before
   */
  public record Put(Registered registered, boolean created) {}

  /**
   * Defines {@code name}, or redefines it: the new revision is filled from the log while the one
   * before goes on answering. The newest body once more changes nothing.
   *
   * @param body what the room's documentation says, at most {@value #BODY_BYTES} bytes
   * @param expected the revision that is newest as far as the caller knows, 0 for none at all, null
   *     for whatever is
   * @throws IllegalArgumentException naming the value that is wrong and what would be right
   * @throws DefinitionConflict when another revision than {@code expected} is the newest
   */
  public Put put(
      String project, String room, String name, String body, @Nullable Integer expected) {
    checkName(name);
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BODY_BYTES) {
      throw new IllegalArgumentException(
          "the definition of '"
              + name
              + "' has "
              + bytes
              + " bytes; it may have at most "
              + BODY_BYTES);
    }
    int version = rooms.version(room);
    rooms.check(room, new Definition(project, name, 1, body));
    var created = new boolean[1];
    Contents now =
        edit(
            new Registry(project, room),
            before -> {
              Registered known = before.names().get(name);
              created[0] = known == null;
              expect(name, expected, known);
              if (known == null) {
                checkRoom(room, before);
              } else if (known.newest().version() == version
                  && known.newest().body().equals(body)) {
                return before;
              }
              return next(before, name, known == null ? null : known.live(), version, body);
            });
    return new Put(found(now, name), created[0]);
  }

  /** What is defined under {@code name}, or null. */
  public @Nullable Registered find(String project, String room, String name) {
    Contents contents = all().get(new Registry(project, room));
    return contents == null ? null : contents.names().get(name);
  }

  /** All that is defined, by name. */
  public List<Registered> list(String project, String room) {
    Contents contents = all().getOrDefault(new Registry(project, room), Contents.EMPTY);
    return List.copyOf(contents.names().values());
  }

  /**
   * Takes a definition away, for readers at once, also while it is being filled; its state follows.
   *
   * @param expected the revision that is newest as far as the caller knows, null for whatever is
   * @return whether there was one
   * @throws DefinitionConflict when another revision than {@code expected} is the newest
   */
  public boolean delete(String project, String room, String name, @Nullable Integer expected) {
    rooms.version(room);
    var found = new boolean[1];
    edit(
        new Registry(project, room),
        before -> {
          Registered known = before.names().get(name);
          found[0] = known != null;
          expect(name, expected, known);
          return known == null ? before : before.without(name);
        });
    return found[0];
  }

  /** Every registry, from the snapshot. */
  public Map<Registry, Contents> all() {
    long loaded = loadedAt;
    boolean fresh = loaded != Long.MIN_VALUE && Math.abs(clock.millis() - loaded) <= FRESH_MILLIS;
    return fresh ? snapshot : refresh();
  }

  /** Every registry, as it is now. */
  public synchronized Map<Registry, Contents> refresh() {
    long now = clock.millis();
    Map<Registry, Long> changes = store.changes();
    if (!changes.equals(seen)) {
      var all = new HashMap<>(snapshot);
      Map<Registry, Long> before = seen;
      changes.forEach(
          (registry, change) -> {
            if (!change.equals(before.get(registry))) {
              all.put(registry, store.load(registry));
            }
          });
      all.keySet().retainAll(changes.keySet());
      snapshot = Collections.unmodifiableMap(all);
      seen = changes;
      changes.forEach(
          (registry, change) -> {
            if (!change.equals(before.get(registry))) {
              listeners.forEach(listener -> listener.changed(registry));
            }
          });
    }
    loadedAt = now;
    return snapshot;
  }

  /**
   * Lets {@code revision}, which every partition has now, answer from here on. Does nothing when it
   * is not the one being filled any more, so several nodes may call it.
   *
   * @param completeFrom see {@link Revision}
   */
  public void switchTo(Registry registry, String name, int revision, long completeFrom) {
    edit(
        registry,
        before -> {
          Registered known = before.names().get(name);
          Revision building = known == null ? null : known.building();
          if (building == null || building.number() != revision) {
            return before;
          }
          var live = new Registered(name, building.completeFrom(completeFrom), null);
          return before.with(before.lastRevision(), live);
        });
  }

  /**
   * Has {@code name} filled anew, as a new revision of the same body. Does nothing when another
   * revision than {@code newest} is the newest, so several nodes may call it.
   */
  public void refill(Registry registry, String name, int newest) {
    int version = rooms.version(registry.room());
    edit(
        registry,
        before -> {
          Registered known = before.names().get(name);
          if (known == null || known.newest().number() != newest) {
            return before;
          }
          return next(before, name, known.live(), version, known.newest().body());
        });
  }

  /** Has all that is defined in {@code room} filled anew, as new revisions. */
  public void refill(String room) {
    refresh()
        .forEach(
            (registry, contents) -> {
              if (registry.room().equals(room)) {
                contents
                    .names()
                    .forEach((name, known) -> refill(registry, name, known.newest().number()));
              }
            });
  }

  private Contents edit(Registry registry, UnaryOperator<Contents> edit) {
    Contents now = store.edit(registry, edit);
    refresh();
    return now;
  }

  private static Contents next(
      Contents before, String name, @Nullable Revision live, int version, String body) {
    int number = Math.addExact(before.lastRevision(), 1);
    return before.with(number, new Registered(name, live, new Revision(number, version, body, 0)));
  }

  private static void expect(String name, @Nullable Integer expected, @Nullable Registered known) {
    Integer current = known == null ? null : known.newest().number();
    if (expected != null && !expected.equals(current == null ? 0 : current)) {
      throw new DefinitionConflict(name, expected, current);
    }
  }

  private static void checkRoom(String room, Contents before) {
    if (before.names().size() >= MOST_NAMES) {
      throw new IllegalArgumentException(
          "the project already has "
              + before.names().size()
              + " definitions of "
              + room
              + ", the most it may have: delete one first");
    }
  }

  private static void checkName(String name) {
    if (name.isBlank() || name.length() > NAME_CHARS) {
      String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
      throw new IllegalArgumentException(
          "name '"
              + shown
              + "' has "
              + name.length()
              + " characters; it must have 1 to "
              + NAME_CHARS
              + ", not all of them blank");
    }
    if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new IllegalArgumentException(
          "the name holds a control character: use letters, digits, spaces and signs");
    }
  }

  private static Registered found(Contents contents, String name) {
    Registered found = contents.names().get(name);
    if (found == null) {
      throw new IllegalStateException("'" + name + "' was not stored");
    }
    return found;
  }
}
