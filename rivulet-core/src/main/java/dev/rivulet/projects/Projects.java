package dev.rivulet.projects;

import dev.rivulet.projects.ProjectStore.Snapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The projects and keys of an installation, from a snapshot that is at most {@value #FRESH_MILLIS}
 * ms old. Keys are looked up by their SHA-256, so neither the store nor the time a comparison takes
 * tells anything about them. Thread-safe.
 */
public final class Projects {
  private static final long FRESH_MILLIS = 2_000;

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
    Project known = find(id);
    Project project =
        known != null && !known.timezone().equals(timezone) && hasEvents.test(id)
            ? known
            : put(id, timezone, known == null ? List.of() : known.sites());
    kept = project;
    return project;
  }

  /** Makes a key. */
  public IssuedKey issue(String project, Role role) {
    require(project);
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    String key =
        "rv"
            + role.word().charAt(0)
            + "_"
            + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    store.putKey(hash(key), new Access(project, role));
    reload();
    return new IssuedKey(project, role, key);
  }

  /** Whether the project has a stored key of that role. */
  public boolean hasKey(String project, Role role) {
    return fresh().keys().containsValue(new Access(project, role));
  }

  /** Accepts a key from the settings while this process runs; it is not stored. */
  public void trust(String key, Access access) {
    trusted.put(hash(key), access);
  }

  /** What a key opens, or null when it opens nothing. */
  public @Nullable Access authenticate(String key) {
    String hash = hash(key);
    Access access = trusted.get(hash);
    if (access == null) {
      access = snapshot.keys().get(hash);
    }
    return access != null ? access : fresh().keys().get(hash);
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

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
