package dev.rivulet.server;

import org.jspecify.annotations.Nullable;

/**
 * One thing an operator may turn. The command line, the environment and the table in the
 * documentation are all made from this list.
 */
public enum Setting {
  HOST(
      "--host",
      "127.0.0.1",
      "address",
      "Where to listen.",
      "To be reached from other machines: 0.0.0.0"),
  PORT("--port", "8321", "port", "The port to listen on; 0 takes a free one.", "When it is taken"),
  REDIS(
      "--redis",
      null,
      "address",
      "redis://, rediss://, redis-cluster://h1:p1,h2:p2 or redis-sentinel://; absent: an embedded one.",
      "For several servers, or a Redis of your own"),
  DATA(
      "--data",
      "~/.rivulet",
      "directory",
      "Where the embedded Redis keeps its data.",
      "To keep data elsewhere"),
  TIMEZONE(
      "--timezone",
      "UTC",
      "IANA zone",
      "Where days begin, for the default project.",
      "Before the first event"),
  NODE(
      "--node",
      null,
      "name",
      "What this server is called in the status; absent: host and process.",
      "With several servers, to know them by name"),
  CONNECTIONS(
      "--connections",
      "10000",
      "connections",
      "Most open connections; more are answered 503.",
      "With many clients or little memory"),
  EVENT_RATE(
      "--event-rate",
      "1000000",
      "events/s",
      "Most events a second from one key; more are answered 429.",
      "To keep one sender from crowding out others"),
  REPLICAS(
      "--replicas",
      "0",
      "replicas",
      "How many replicas must have an event before it is acknowledged.",
      "Where no acknowledged event may be lost with a primary: 1"),
  ADMIN_KEY(null, null, "key", "Opens every door.", "To set keys yourself"),
  WRITE_KEY(null, null, "key", "May only send events.", "To set keys yourself"),
  READ_KEY(null, null, "key", "May only ask.", "To set keys yourself");

  private final @Nullable String flag;
  private final @Nullable String otherwise;
  private final String unit;
  private final String meaning;
  private final String turned;

  Setting(
      @Nullable String flag,
      @Nullable String otherwise,
      String unit,
      String meaning,
      String turned) {
    this.flag = flag;
    this.otherwise = otherwise;
    this.unit = unit;
    this.meaning = meaning;
    this.turned = turned;
  }

  /** Its flag; null for secrets, which a command line would show to everybody on the machine. */
  public @Nullable String flag() {
    return flag;
  }

  /** Its environment variable, for example {@code RIVULET_PORT}. */
  public String variable() {
    return "RIVULET_" + name();
  }

  /** The default, null for none. */
  public @Nullable String otherwise() {
    return otherwise;
  }

  /** What its value is. */
  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  /** Who would turn it, or when. */
  public String turned() {
    return turned;
  }
}
