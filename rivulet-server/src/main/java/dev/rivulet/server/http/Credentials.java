package dev.rivulet.server.http;

import dev.rivulet.projects.Access;
import dev.rivulet.projects.Projects;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys seen lately, by their SHA-256: an event loop finds a known key without asking the store,
 * and how long that takes tells nothing about any key. Thread-safe, bounded.
 */
final class Credentials {
  private static final int MOST = 10_000;
  private static final long FRESH_NANOS = 10_000_000_000L;
  private static final int LONGEST_KEY = 512;
  private static final int BURST_SECONDS = 2;
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Credentials::sha256);

  /** The 32 bytes of a hash as a map's key. */
  private static final class Digest {
    private final byte[] bytes;

    private Digest(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int hashCode() {
      return ByteBuffer.wrap(bytes).getInt();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
    }
  }

  private final ConcurrentHashMap<Digest, Credential> known = new ConcurrentHashMap<>();
  private final Projects projects;
  private final long eventsPerSecond;

  Credentials(Projects projects, long eventsPerSecond) {
    this.projects = projects;
    this.eventsPerSecond = eventsPerSecond;
  }

  /**
   * The credential of {@code key} if it was looked up a moment ago and was not taken back since.
   * Never blocks.
   */
  @Nullable Credential cached(String key) {
    if (key.length() > LONGEST_KEY) {
      return null;
    }
    Credential credential = known.get(digest(key));
    return credential != null
            && System.nanoTime() - credential.checkedAtNanos() < FRESH_NANOS
            && credential.access().equals(projects.known(credential.hash()))
        ? credential
        : null;
  }

  /** Looks {@code key} up; null when it opens nothing. May block. */
  @Nullable Credential lookUp(String key) {
    Access access = key.length() > LONGEST_KEY ? null : projects.authenticate(key);
    Digest digest = digest(key);
    if (access == null) {
      known.remove(digest);
      return null;
    }
    long now = System.nanoTime();
    if (known.size() >= MOST) {
      known.values().removeIf(old -> now - old.checkedAtNanos() > FRESH_NANOS);
    }
    if (known.size() >= MOST) {
      known.clear(); // they are only looked up again
    }
    return known.compute(
        digest,
        (same, old) ->
            new Credential(
                Projects.hash(key),
                access,
                old != null
                    ? old.events()
                    : new TokenBucket(
                        eventsPerSecond, BURST_SECONDS * (double) eventsPerSecond, now),
                now));
  }

  private static Digest digest(String key) {
    return new Digest(SHA_256.get().digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
