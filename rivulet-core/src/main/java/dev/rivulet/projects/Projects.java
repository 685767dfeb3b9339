package dev.rivulet.projects;

import dev.rivulet.projects.ProjectStore.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The projects and keys of an installation, from a snapshot that is at most {@value #FRESH_MILLIS}
 * ms old. Keys are looked up by their SHA-256, so neither the store nor the time a comparison takes
 * tells anything about them. Thread-safe.
 */
public final class Projects {
  private static final long FRESH_MILLIS = 1_000;

  /** Keys of one project, so that every node can have all of them at hand. */
  public static final int MOST_KEYS = 200;

  /** Digits of a key's hash that name the key. */
  private static final int ID_CHARS = 16;

  private final ProjectStore store;
  private final InstantSource clock;
  private final Predicate<String> hasEvents;
  private final Map<String, Access> trusted = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of());
  private volatile long loadedAt = Long.MIN_VALUE;
  private volatile @Nullable Project kept;

  /**
   * @param hasEvents tells whether a project has events, which fixes its time zone
   */
  public Projects(ProjectStore store, InstantSource clock, Predicate<String> hasEvents) {
    this.store = store;
    this.clock = clock;
    this.hasEvents = hasEvents;
  }

  /** The project, or null when there is none of that id. */
  public @Nullable Project find(String id) {
    Project known = snapshot.projects().get(id);
    return known != null ? known : fresh().projects().get(id);
  }

  /**
   * @throws UnknownProject when there is none of that id
   */
  public Project require(String id) {
    Project project = find(id);
    if (project == null) {
      throw new UnknownProject(id);
    }
    return project;
  }

  /**
   * The zone of a project that is known to exist, if only on another node until now.
   *
   * @throws UnknownProject when there is none of that id
   */
  public ZoneId zone(String id) {
    Project known = snapshot.projects().get(id);
    if (known == null) {
      reload();
      known = require(id);
    }
    return known.timezone();
  }

  public Collection<Project> all() {
    return fresh().projects().values();
  }

  /**
   * Creates a project or changes it.
   *
   * @throws IllegalArgumentException when the time zone would change although there are events
   */
  public Project put(String id, ZoneId timezone, List<String> sites) {
    var project = new Project(id, timezone, sites);
    Project known = find(id);
    if (known != null && !known.timezone().equals(timezone) && hasEvents.test(id)) {
      throw new IllegalArgumentException(
          "timezone '"
              + timezone
              + "': project '"
              + id
              + "' already has events counted in days of "
              + known.timezone()
              + "; make another project for another zone");
    }
    store.put(project);
    reload();
    return project;
  }

  /**
   * Creates a project or changes it, and makes it again whenever the store has lost it, as a
   * primary of a cluster can that dies before its replica has everything. A time zone that events
   * are counted in stays.
   */
  public Project keep(String id, ZoneId timezone) {
    Project made = find(id);
    if (made == null) {
      made = put(id, timezone, List.of());
    } else if (!made.timezone().equals(timezone) && !hasEvents.test(id)) {
      made = put(id, timezone, made.sites());
    }
    kept = made;
    return made;
  }

  /** Makes a key of a whole project. */
  public IssuedKey issue(String project, Role role) {
    return issue(new Access(project, role), "");
  }

  /**
   * Makes a key.
   *
   * @param label tells people what it is for; may be empty
   * @throws IllegalArgumentException when the label is too long or holds control characters
   * @throws KeyRefused when the project has {@value #MOST_KEYS} keys
   */
  public IssuedKey issue(Access access, String label) {
    require(access.project());
    var stored = new StoredKey(access, label, clock.millis());
    if (keysOf(access.project()).count() >= MOST_KEYS) {
      throw new KeyRefused(
          "project '"
              + access.project()
              + "' already has "
              + MOST_KEYS
              + " keys, the most: take back one that nobody needs");
    }
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    char sort = access.board() == null ? access.role().word().charAt(0) : 'b';
    String key = "rv" + sort + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String hash = hash(key);
    store.putKey(hash, stored);
    reload();
    return new IssuedKey(id(hash), access, key);
  }

  /** The keys of a project, oldest first; those of this node's settings before the others. */
  public List<ListedKey> keys(String project) {
    require(project);
    var listed = new ArrayList<ListedKey>();
    trusted.values().stream()
        .filter(access -> access.project().equals(project))
        .sorted(Comparator.comparing(Access::role))
        .forEach(
            access ->
                listed.add(new ListedKey(settingId(access), new StoredKey(access, "", 0), false)));
    keysOf(project)
        .sorted(Comparator.comparingLong(key -> key.getValue().createdAt()))
        .forEach(key -> listed.add(new ListedKey(id(key.getKey()), key.getValue(), true)));
    return List.copyOf(listed);
  }

  /**
   * Takes a key back: it opens nothing more on this node, nor on the others within a second or two.
   *
   * @param usedHash the hash of the key that asks for it, which is not taken back
   * @throws UnknownKey when the project has no such key
   * @throws KeyRefused when it comes from the settings, or is the one that is used
   */
  public void revoke(String project, String id, String usedHash) {
    require(project);
    if (trusted.values().stream()
        .anyMatch(access -> access.project().equals(project) && settingId(access).equals(id))) {
      throw new KeyRefused(
          "key '"
              + id
              + "' comes from the server's settings: change them and start the server again");
    }
    String hash =
        keysOf(project)
            .map(Map.Entry::getKey)
            .filter(known -> id(known).equals(id))
            .findFirst()
            .orElseThrow(() -> new UnknownKey(project, id));
    if (hash.equals(usedHash)) {
      throw new KeyRefused(
          "key '" + id + "' is the one you use: take it back with another admin key");
    }
    store.removeKey(hash);
    reload();
  }

  /** Takes back all keys of a board, as when the board goes. */
  public void revokeBoard(String project, String board) {
    List<String> hashes =
        keysOf(project)
            .filter(key -> board.equals(key.getValue().access().board()))
            .map(Map.Entry::getKey)
            .toList();
    if (!hashes.isEmpty()) {
      hashes.forEach(store::removeKey);
      reload();
    }
  }

  private Stream<Map.Entry<String, StoredKey>> keysOf(String project) {
    reload(); // what other nodes made a moment ago counts as well
    return snapshot.keys().entrySet().stream()
        .filter(key -> key.getValue().access().project().equals(project));
  }

  /** Names a key of the settings without telling anything about it, since people choose those. */
  private static String settingId(Access access) {
    return "settings-" + access.role().word();
  }

  private static String id(String hash) {
    return hash.substring(0, ID_CHARS);
  }

  /** Whether the project has a stored key of that role. */
  public boolean hasKey(String project, Role role) {
    var wanted = new Access(project, role);
    return fresh().keys().values().stream().anyMatch(key -> key.access().equals(wanted));
  }

  /** Accepts a key from the settings while this process runs; it is not stored. */
  public void trust(String key, Access access) {
    trusted.put(hash(key), access);
  }

  /** What a key opens, or null when it opens nothing. */
  public @Nullable Access authenticate(String key) {
    String hash = hash(key);
    Access known = known(hash);
    if (known != null) {
      return known;
    }
    StoredKey stored = fresh().keys().get(hash);
    return stored == null ? null : stored.access();
  }

  /**
   * What the key of a hash opens as far as is known here, which is at most a second or two old
   * while the store can be reached; null when nothing. Never blocks.
   */
  public @Nullable Access known(String hash) {
    Access access = trusted.get(hash);
    if (access != null) {
      return access;
    }
    StoredKey stored = snapshot.keys().get(hash);
    return stored == null ? null : stored.access();
  }

  /** Takes up what other nodes have changed, if it was not looked at lately. */
  public void refresh() {
    fresh();
  }

  private Snapshot fresh() {
    return isFresh() ? snapshot : reloadUnlessFresh();
  }

  /** Of many who find it stale at once, one loads it for all. */
  private synchronized Snapshot reloadUnlessFresh() {
    if (!isFresh()) {
      reload();
    }
    return snapshot;
  }

  private boolean isFresh() {
    long loaded = loadedAt;
    return loaded != Long.MIN_VALUE && Math.abs(clock.millis() - loaded) <= FRESH_MILLIS;
  }

  private synchronized void reload() {
    Snapshot loaded = store.load();
    Project known = kept;
    if (known != null) {
      Project stored = loaded.projects().get(known.id());
      if (stored == null) {
        store.put(known);
        loaded = store.load();
      } else {
        kept = stored;
      }
    }
    snapshot = loaded;
    loadedAt = clock.millis();
  }

  /** The SHA-256 of a key in hexadecimal digits, by which it is known. */
  public static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
