package dev.rivulet.testkit.redis;

import dev.rivulet.redis.LoopbackPort;
import dev.rivulet.redis.RedisAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real Redis on a free loopback port with a temporary folder.
 *
 * <p>As an extension, one server is shared by all test classes of the JVM and emptied before each
 * test; a parameter of this type is that server. Such tests must not run side by side.
 *
 * <pre>{@code
 * @ExtendWith(RealRedis.Shared.class)
 * class CountsIT {
 *   @Test
 *   void fold_twice_countsOnce(RealRedis redis) { … redis.address() … }
 * }
 * }</pre>
 *
 * <p>A test that kills or pauses its server starts one of its own with {@link #start} or {@link
 * #durable}, and closes it.
 */
public final class RealRedis implements AutoCloseable {
  /**
   * Not everysec: it postpones acknowledged writes while the disk is busy, and a kill loses them.
   */
  private static final List<String> DURABLE = List.of("--appendonly", "yes", "--appendfsync", "no");

  private static final int START_ATTEMPTS = 3;

  private final Path folder;
  private final Node node;

  private RealRedis(Path folder, Node node) {
    this.folder = folder;
    this.node = node;
  }

  /** A server that keeps nothing on disk. */
  public static RealRedis start(String... options) {
    return start(List.of(options));
  }

  /**
   * A server with an append-only file that holds every acknowledged write, so that it survives
   * kills.
   */
  public static RealRedis durable() {
    return start(DURABLE);
  }

  private static RealRedis start(List<String> options) {
    for (int attempt = 1; ; attempt++) {
      var folder = Folders.create();
      try {
        return new RealRedis(
            folder, Node.start(folder.resolve("node"), LoopbackPort.free(), options));
      } catch (RuntimeException e) {
        Folders.delete(folder);
        // Somebody may have taken the port between the look and the start.
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Where it listens; the same after a restart. */
  public RedisAddress.Standalone address() {
    return node.address();
  }

  public long pid() {
    return node.pid();
  }

  /** Where its data is: the append-only file, for tests that damage it. */
  public Path folder() {
    return folder.resolve("node");
  }

  /** Removes every key of every database. */
  public void flush() {
    node.ask("FLUSHALL", "SYNC");
  }

  /** SIGKILL: no reply, nothing written out by the server any more. */
  public void kill9() {
    node.kill9();
  }

  /** Starts it again at the same address, with what it kept; kills it first if it runs. */
  public void restart() {
    node.restart();
  }

  /** SIGSTOP: connections stay, nothing answers. */
  public void stop() {
    node.pause();
  }

  /** SIGCONT. */
  public void cont() {
    node.resume();
  }

  /** Ends the server, also a paused one, and deletes its folder. */
  @Override
  public void close() {
    node.kill9();
    Folders.delete(folder);
  }

  /** Gives tests one server per JVM, empty at the start of each; started when first needed. */
  public static final class Shared implements BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(Shared.class);

    @Override
    public void beforeEach(ExtensionContext context) {
      server(context).flush();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RealRedis.class;
    }

    @Override
    public RealRedis resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return server(context);
    }

    private static RealRedis server(ExtensionContext context) {
      // The root's store closes what is closeable after the last test.
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(RealRedis.class, type -> RealRedis.start(), RealRedis.class);
    }
  }
}
