package dev.rivulet.testkit.faults;

import dev.rivulet.redis.RedisAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The embedded Redis of a data directory of this process, from outside. */
final class OwnRedis {
  private static final Pattern PORT = Pattern.compile("(?m)^port (\\d+)$");
  private static final Pattern PASSWORD = Pattern.compile("(?m)^requirepass (\\w+)$");

  private OwnRedis() {}

  /** Its pid, once another one than {@code gone} runs. */
  static long pid(Path data, long gone) {
    var pid = new long[1];
    Patience.until(
        "the embedded Redis runs again",
        () -> {
          pid[0] = Long.parseLong(Files.readString(data.resolve("redis/redis.pid")).strip());
          var parent = ProcessHandle.of(pid[0]).flatMap(ProcessHandle::parent);
          return pid[0] != gone
              && parent.isPresent()
              && parent.get().equals(ProcessHandle.current());
        });
    return pid[0];
  }

  static RedisAddress address(Path data) {
    try {
      String config = Files.readString(data.resolve("redis/redis.conf"));
      Matcher port = PORT.matcher(config);
      Matcher password = PASSWORD.matcher(config);
      if (!port.find() || !password.find()) {
        throw new IllegalStateException("no port and password in " + config);
      }
      return RedisAddress.parse("redis://:" + password.group(1) + "@127.0.0.1:" + port.group(1));
    } catch (IOException e) {
      throw new IllegalStateException("there is no embedded Redis in " + data, e);
    }
  }

  static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }
}
