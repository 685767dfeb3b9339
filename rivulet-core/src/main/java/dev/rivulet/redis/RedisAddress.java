package dev.rivulet.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Redis or Valkey, as people write it:
 *
 * <pre>
 * redis://[user:password@]host[:6379][/database]
 * rediss://…                                            the same over TLS
 * redis-cluster://[user:password@]host:port,host:port   some nodes; the others are discovered
 * rediss-cluster://…                                    the same over TLS
 * redis-sentinel://[user:password@]host:port,…/name     Sentinels, and the primary's name there
 * </pre>
 *
 * <p>The user may be empty ({@code :password@}); special characters in either are percent-encoded.
 * The credentials are those of Redis, not of the Sentinels. {@code toString} shows no password.
 */
public sealed interface RedisAddress {

  /** Who to be; null when the server asks nothing. */
  @Nullable Credentials credentials();

  /** Whether connections are encrypted, the host name checked against the certificate. */
  boolean tls();

  /** One server. */
  record Standalone(HostPort node, @Nullable Credentials credentials, int database, boolean tls)
      implements RedisAddress {
    public Standalone {
      Objects.requireNonNull(node, "node");
      if (database < 0) {
        throw new IllegalArgumentException(
            "Database %d is negative; Redis counts them from 0.".formatted(database));
      }
    }

    @Override
    public String toString() {
      return (tls ? "rediss://" : "redis://") + login(credentials) + node + "/" + database;
    }
  }

  /** A cluster, by some of its nodes. */
  record Cluster(List<HostPort> nodes, @Nullable Credentials credentials, boolean tls)
      implements RedisAddress {
    public Cluster {
      nodes = List.copyOf(nodes);
    }

    @Override
    public String toString() {
      return (tls ? "rediss-cluster://" : "redis-cluster://") + login(credentials) + list(nodes);
    }
  }

  /** A primary watched by Sentinels, which are never asked for a password. */
  record Sentinel(List<HostPort> sentinels, String primary, @Nullable Credentials credentials)
      implements RedisAddress {
    public Sentinel {
      sentinels = List.copyOf(sentinels);
      Objects.requireNonNull(primary, "primary");
    }

    @Override
    public boolean tls() {
      return false;
    }

    @Override
    public String toString() {
      return "redis-sentinel://" + login(credentials) + list(sentinels) + "/" + primary;
    }
  }

  /** A password and, since ACLs, a user; null means the default user. */
  record Credentials(@Nullable String user, String password) {
    public Credentials {
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return (user == null ? "" : user) + ":***";
    }
  }

  /** A server on this machine's loopback with a password for the default user. */
  static Standalone local(int port, String password) {
    var credentials = new Credentials(null, password);
    return new Standalone(new HostPort("127.0.0.1", port), credentials, 0, false);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming the value, its password hidden, and what would be right
   */
  static RedisAddress parse(String value) {
    try {
      return read(value.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Redis address \"%s\": %s".formatted(withoutPassword(value), e.getMessage()), e);
    }
  }

  private static RedisAddress read(String value) {
    int mark = value.indexOf("://");
    if (mark < 0) {
      throw new IllegalArgumentException(
          "It has no scheme. Write redis://host:6379, rediss://…, redis-cluster://… or"
              + " redis-sentinel://….");
    }
    var scheme = value.substring(0, mark).toLowerCase(Locale.ROOT);
    var rest = value.substring(mark + 3);
    // The last @ ends the login, so that a password may hold one unescaped.
    int at = rest.lastIndexOf('@');
    var credentials = at < 0 ? null : credentials(rest.substring(0, at));
    var place = rest.substring(at + 1);
    int slash = place.indexOf('/');
    var hosts = slash < 0 ? place : place.substring(0, slash);
    var path = slash < 0 ? "" : place.substring(slash + 1);
    return switch (scheme) {
      case "redis", "rediss" -> {
        if (hosts.indexOf(',') >= 0) {
          throw new IllegalArgumentException(
              "Several hosts need redis-cluster:// or redis-sentinel://.");
        }
        yield new Standalone(
            HostPort.parse(hosts, 6379), credentials, database(path), scheme.equals("rediss"));
      }
      case "redis-cluster", "rediss-cluster" -> {
        if (!path.isEmpty()) {
          throw new IllegalArgumentException(
              "A cluster has only database 0; remove \"/%s\".".formatted(path));
        }
        yield new Cluster(hosts(hosts, 6379), credentials, scheme.equals("rediss-cluster"));
      }
      case "redis-sentinel" -> {
        if (path.isEmpty()) {
          throw new IllegalArgumentException(
              "The primary's name is missing; write redis-sentinel://host:26379/name.");
        }
        yield new Sentinel(hosts(hosts, 26379), path, credentials);
      }
      default ->
          throw new IllegalArgumentException(
              "Scheme \"%s\" is not one of redis, rediss, redis-cluster, rediss-cluster, redis-sentinel."
                  .formatted(scheme));
    };
  }

  private static List<HostPort> hosts(String list, int defaultPort) {
    return Arrays.stream(list.split(",", -1))
        .map(host -> HostPort.parse(host.strip(), defaultPort))
        .toList();
  }

  private static int database(String path) {
    if (path.isEmpty()) {
      return 0;
    }
    try {
      return Integer.parseInt(path);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "\"%s\" after the slash is not a database number such as 0.".formatted(path));
    }
  }

  private static Credentials credentials(String login) {
    int colon = login.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "The part before @ has no colon; write user:password@ or :password@.");
    }
    var user = decoded(login.substring(0, colon));
    return new Credentials(user.isEmpty() ? null : user, decoded(login.substring(colon + 1)));
  }

  private static String decoded(String text) {
    try {
      // URLDecoder is for forms, where + means a space; here it means itself.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Its message would show the password.
      throw new IllegalArgumentException(
          "The user or password has a % that is not followed by two hex digits; write %25 for %.");
    }
  }

  private static String withoutPassword(String value) {
    int mark = value.indexOf("://");
    int at = value.lastIndexOf('@');
    if (at < 0) {
      return value;
    }
    int start = mark < 0 || mark > at ? 0 : mark + 3;
    return value.substring(0, start) + "***" + value.substring(at);
  }

  private static String login(@Nullable Credentials credentials) {
    return credentials == null ? "" : credentials + "@";
  }

  private static String list(List<HostPort> nodes) {
    return String.join(",", nodes.stream().map(HostPort::toString).toList());
  }
}
