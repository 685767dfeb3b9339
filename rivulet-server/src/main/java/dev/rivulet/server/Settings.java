package dev.rivulet.server;

import dev.rivulet.RivuletOptions;
import dev.rivulet.projects.Role;
import dev.rivulet.server.http.Bounds;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the server is set; see {@link Setting} for each one's meaning.
 *
 * @param keys the keys of the default project that are set rather than generated
 */
public record Settings(
    String host,
    int port,
    @Nullable String redis,
    Path data,
    ZoneId timezone,
    @Nullable String node,
    int connections,
    long eventRate,
    int replicas,
    Map<Role, String> keys) {
  private static final int MOST_PORT = 65_535;
  private static final int NEAR = 2;

  /** The clients' variable, which is no setting of the server. */
  private static final String URL = "RIVULET_URL";

  private static final String PREFIX = "RIVULET_";

  /**
   * Settings from flags, else from the environment, else the defaults.
   *
   * @param flags given flags by setting
   * @throws IllegalArgumentException naming the setting, its value and what would be right; also
   *     for a variable that looks like a setting's with a slip
   */
  public static Settings of(Map<Setting, String> flags, Map<String, String> environment) {
    checkNames(environment);
    var values = new EnumMap<Setting, String>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value =
          flags.containsKey(setting) ? flags.get(setting) : environment.get(setting.variable());
      if (value == null || value.isBlank()) {
        value = setting.otherwise();
      }
      if (value != null) {
        values.put(setting, value.strip());
      }
    }
    var keys = new LinkedHashMap<Role, String>();
    key(values, Setting.ADMIN_KEY, Role.ADMIN, keys);
    key(values, Setting.WRITE_KEY, Role.WRITE, keys);
    key(values, Setting.READ_KEY, Role.READ, keys);
    int replicas = (int) number(values, Setting.REPLICAS, 0, RivuletOptions.MOST_REPLICAS);
    if (replicas > 0 && values.get(Setting.REDIS) == null) {
      throw new IllegalArgumentException(
          "--replicas (RIVULET_REPLICAS) is '"
              + replicas
              + "', but the embedded Redis has none: name a Redis that has, or leave it 0");
    }
    return new Settings(
        text(values, Setting.HOST),
        (int) number(values, Setting.PORT, 0, MOST_PORT),
        values.get(Setting.REDIS),
        directory(text(values, Setting.DATA)),
        zone(text(values, Setting.TIMEZONE)),
        node(values.get(Setting.NODE)),
        (int) number(values, Setting.CONNECTIONS, 1, 1_000_000),
        number(values, Setting.EVENT_RATE, 1, 1_000_000_000),
        replicas,
        Map.copyOf(keys));
  }

  public Settings withData(Path directory) {
    return new Settings(
        host, port, redis, directory, timezone, node, connections, eventRate, replicas, keys);
  }

  /** The same, to be reached from this machine only, at any port. */
  public Settings onFreePort() {
    return new Settings(
        "127.0.0.1", 0, redis, data, timezone, node, connections, eventRate, replicas, keys);
  }

  /** Whether Rivulet runs a Redis of its own. */
  public boolean embedded() {
    return redis == null;
  }

  RivuletOptions options() {
    return RivuletOptions.defaults()
        .withRedis(redis)
        .withData(data)
        .withTimezone(timezone)
        .withNode(node)
        .withReplicas(replicas);
  }

  Bounds bounds() {
    return Bounds.defaults().withConnections(connections).withEventsPerSecond(eventRate);
  }

  private static void key(
      Map<Setting, String> values, Setting setting, Role role, Map<Role, String> keys) {
    String key = values.get(setting);
    if (key == null) {
      return;
    }
    if (keys.containsValue(key)) {
      throw new IllegalArgumentException(
          setting.variable() + " is the same as another key: each role needs its own");
    }
    keys.put(role, key);
  }

  private static String text(Map<Setting, String> values, Setting setting) {
    String value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException(setting + " has no default");
    }
    return value;
  }

  private static long number(Map<Setting, String> values, Setting setting, long least, long most) {
    String value = text(values, setting);
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrongNumber(setting, value, least, most, e);
    }
    throw wrongNumber(setting, value, least, most, null);
  }

  private static IllegalArgumentException wrongNumber(
      Setting setting, String value, long least, long most, @Nullable Exception cause) {
    return new IllegalArgumentException(
        setting.flag()
            + " ("
            + setting.variable()
            + ") is '"
            + value
            + "', not a whole number from "
            + least
            + " to "
            + most,
        cause);
  }

  private static Path directory(String value) {
    return value.equals("~") || value.startsWith("~/")
        ? Path.of(System.getProperty("user.home", "."), value.substring(1))
        : Path.of(value);
  }

  private static @Nullable String node(@Nullable String value) {
    if (value != null && !RivuletOptions.isNodeName(value)) {
      throw new IllegalArgumentException(
          "--node (RIVULET_NODE) is '"
              + value
              + "', not a name of 1 to 100 of the characters A-Z a-z 0-9 _ . -");
    }
    return value;
  }

  private static ZoneId zone(String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--timezone (RIVULET_TIMEZONE) is '"
              + value
              + "', not an IANA time zone such as Europe/Berlin or UTC",
          e);
    }
  }

  /** A slip in a variable's name would otherwise be a setting that silently does nothing. */
  private static void checkNames(Map<String, String> environment) {
    List<String> known =
        Stream.concat(Stream.of(URL), Stream.of(Setting.values()).map(Setting::variable)).toList();
    for (String name : environment.keySet()) {
      String near = name.startsWith(PREFIX) ? Spelling.nearest(name, known, NEAR) : null;
      if (near != null && !near.equals(name)) {
        throw new IllegalArgumentException(
            "there is no setting " + name + "; is " + near + " meant?");
      }
    }
  }
}
