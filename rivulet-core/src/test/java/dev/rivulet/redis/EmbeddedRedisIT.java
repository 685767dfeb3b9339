package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedRedisIT {
  @TempDir static Path cache;
  @TempDir Path directory;

  static Stream<RedisBinary> binaries() {
    return Stream.concat(Stream.of(RedisBinary.bundled(cache)), RedisBinary.onPath().stream());
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void start_again_hasWhatWasWritten(RedisBinary binary) throws IOException {
    var options = EmbeddedRedis.Options.DEFAULTS.withBinary(binary);
    try (var redis = EmbeddedRedis.start(directory, options)) {
      set(redis, "a", "1");
      try (var connection = RedisConnection.open(redis.address())) {
        var info = ServerCheck.info(connection, "persistence", "memory", "server");
        assertEquals("1", info.get("aof_enabled"));
        assertEquals("noeviction", info.get("maxmemory_policy"));
        assertNotEquals("0", info.get("maxmemory"));
        assertEquals(binary.version(), info.get("redis_version"));
      }
      var config = directory.resolve("redis/redis.conf");
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
      assertTrue(redis.binary().equals(binary));
    }
    try (var redis = EmbeddedRedis.start(directory, options);
        var nodes = RedisNodes.connect(redis.address())) {
      assertEquals("1", get(redis, "a"));
      assertFalse(nodes.cluster());
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void kill9_ofRedis_isStartedAgainInPlaceWithItsData(RedisBinary binary) throws Exception {
    try (var redis =
        EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS.withBinary(binary))) {
      var address = redis.address();
      for (int round = 1; round <= 2; round++) {
        long pid = redis.pid();
        set(redis, "round", "" + round);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        awaitOtherPid(redis, pid);
        assertEquals("" + round, get(redis, "round"));
        assertEquals(address, redis.address());
      }
    }
  }

  @Test
  void start_tornTailOfTheLog_isReadUpToTheTear() throws IOException {
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      set(redis, "a", "1");
      set(redis, "b", "2");
    }
    Path file;
    try (var files = Files.walk(directory.resolve("redis"))) {
      file = files.filter(path -> path.toString().endsWith(".incr.aof")).findFirst().orElseThrow();
    }
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(file) - 3);
    }
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      assertEquals("1", get(redis, "a"));
      assertEquals("null", get(redis, "b"));
    }
  }

  @Test
  void start_ruinedLog_failsWithTheReasonAndLeavesTheDirectoryFree() throws IOException {
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      set(redis, "a", "1");
    }
    Path file;
    try (var files = Files.walk(directory.resolve("redis"))) {
      file = files.filter(path -> path.toString().endsWith(".incr.aof")).findFirst().orElseThrow();
    }
    var whole = Files.readAllBytes(file);
    Files.write(
        file,
        ("garbage\r\n" + new String(whole, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8));
    var e =
        assertThrows(
            RedisUnavailable.class,
            () -> EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS).close());
    assertTrue(String.valueOf(e.getMessage()).contains("Bad file format"), e.getMessage());
    Files.write(file, whole);
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      assertEquals("1", get(redis, "a"));
    }
  }

  @Test
  void start_directoryInUse_namesItAndThePid() {
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      var e =
          assertThrows(
              IllegalStateException.class,
              () -> EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS).close());
      var message = String.valueOf(e.getMessage());
      assertTrue(message.contains(directory.toString()), message);
      assertTrue(message.contains("pid " + ProcessHandle.current().pid()), message);
      set(redis, "still", "here");
    }
  }

  @Test
  void start_serverLeftBehind_isStoppedFirst() throws InterruptedException {
    long left;
    EmbeddedConfig config;
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      set(redis, "a", "1");
      config = EmbeddedConfig.left(directory.resolve("redis")).orElseThrow();
    }
    var orphan =
        RedisProcess.launch(
            RedisBinary.find(cache),
            List.of(config.file().toString()),
            config.address(),
            config.log());
    try {
      orphan.awaitReady(loading -> {});
      left = orphan.pid();
      try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
        assertNotEquals(left, redis.pid());
        assertEquals(0, orphan.awaitExit());
        assertEquals("1", get(redis, "a"));
      }
    } finally {
      orphan.kill();
    }
  }

  @Test
  void start_afterTheOwnerWasKilled_hasWhatItWrote() throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Owner.class.getName(), directory.toString()));
    var owner = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = owner.inputReader()) {
      long pid = Long.parseLong(output.readLine());
      var server = ProcessHandle.of(pid).orElseThrow();
      owner.destroyForcibly().waitFor();
      if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
        server.onExit().get(60, TimeUnit.SECONDS);
      }
    }
    try (var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS)) {
      assertEquals("written", get(redis, "owner"));
    }
  }

  /** A process to be killed. */
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      var redis = EmbeddedRedis.start(Path.of(arguments[0]), EmbeddedRedis.Options.DEFAULTS);
      set(redis, "owner", "written");
      System.out.println(redis.pid());
      Thread.sleep(Duration.ofMinutes(1).toMillis());
    }
  }

  @Test
  void close_stopsRedisAndGivesTheDirectoryFree() {
    var redis = EmbeddedRedis.start(directory, EmbeddedRedis.Options.DEFAULTS);
    var process = ProcessHandle.of(redis.pid()).orElseThrow();
    redis.close();
    redis.close();
    assertFalse(process.isAlive());
    DataDirectoryLock.acquire(directory).close();
  }

  @Test
  void start_pathWithSpacesAndQuotes_works() {
    var odd = directory.resolve("a \"b\" c'd \\e");
    try (var redis = EmbeddedRedis.start(odd, EmbeddedRedis.Options.DEFAULTS)) {
      set(redis, "a", "1");
    }
    assertTrue(Files.isDirectory(odd.resolve("redis/appendonlydir")));
  }

  @Test
  void start_muchData_tellsHowFarReadingIt() {
    var told = new AtomicInteger();
    var options = EmbeddedRedis.Options.DEFAULTS;
    try (var redis = EmbeddedRedis.start(directory, options);
        var connection = RedisConnection.open(redis.address())) {
      for (int i = 0; i < 400_000; i++) {
        connection.send(bytes("RPUSH"), bytes("list" + i % 1000), new byte[50]);
        if (connection.pending() == 10_000) {
          connection.receive(10_000);
        }
      }
    }
    // On a busy machine all may be read before anybody looks.
    for (int start = 0; start < 10 && told.get() == 0; start++) {
      try (var redis =
              EmbeddedRedis.start(directory, options.withOnLoading(l -> told.incrementAndGet()));
          var connection = RedisConnection.open(redis.address())) {
        connection.send(bytes("DBSIZE"));
        assertEquals(1000L, (Long) connection.receive());
      }
    }
    assertTrue(told.get() > 0, "never told");
  }

  @Test
  void bundled_damagedCopy_isReplaced() throws IOException {
    var file = RedisBinary.bundled(cache).executable();
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2]++;
    Files.delete(file);
    Files.write(file, bytes);
    assertTrue(file.toFile().setExecutable(true));
    RedisBinary.bundled(cache);
    bytes[bytes.length / 2]--;
    assertEquals(Arrays.hashCode(bytes), Arrays.hashCode(Files.readAllBytes(file)));
  }

  private static void set(EmbeddedRedis redis, String key, String value) {
    try (var connection = RedisConnection.open(redis.address())) {
      connection.send(bytes("SET"), bytes(key), bytes(value));
      connection.receive();
    }
  }

  private static String get(EmbeddedRedis redis, String key) {
    try (var connection = RedisConnection.open(redis.address())) {
      connection.send(bytes("GET"), bytes(key));
      return connection.receive() instanceof byte[] value
          ? new String(value, StandardCharsets.UTF_8)
          : "null";
    }
  }

  private static void awaitOtherPid(EmbeddedRedis redis, long pid) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      if (redis.pid() != pid) {
        try (var connection = RedisConnection.open(redis.address())) {
          connection.send(bytes("GET"), bytes("a"));
          if (!(connection.receive(1).get(0) instanceof RedisError)) {
            return;
          }
        } catch (RedisUnavailable notYet) {
          Thread.sleep(20);
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("Redis did not come back");
  }
}
