package dev.rivulet.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** What Rivulet is compared with: {@code redis-benchmark}, the naive way, and wrk's counts. */
final class Yardsticks {
  private static final int FIELD_BYTES = 250;
  private static final int PIPELINE_EVENTS = 100;
  private static final int NAIVE_THREADS = 2;
  private static final Pattern CSV_RATE = Pattern.compile("\",\"([0-9.]+)\",");
  private static final Pattern WRK_RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern WRK_REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern WRK_ERRORS = Pattern.compile("Socket errors: (.*)");

  private Yardsticks() {}

  /** {@code INCR} of one key, commands a second. */
  static double incr(LocalProcess redis, Duration duration)
      throws IOException, InterruptedException {
    return redisBenchmark(redis, duration, List.of("INCR", "c"));
  }

  /** {@code XADD s * d <250 bytes>}, commands a second. */
  static double xadd(LocalProcess redis, Duration duration)
      throws IOException, InterruptedException {
    return redisBenchmark(redis, duration, List.of("XADD", "s", "*", "d", "x".repeat(FIELD_BYTES)));
  }

  /** {@code redis-benchmark -P 64} counts commands, not seconds: a short run finds how many. */
  private static double redisBenchmark(
      LocalProcess redis, Duration duration, List<String> redisCommand)
      throws IOException, InterruptedException {
    double rate = redisBenchmark(redis, 100_000, redisCommand);
    return redisBenchmark(redis, (long) (rate * duration.toMillis() / 1e3), redisCommand);
  }

  private static double redisBenchmark(LocalProcess redis, long commands, List<String> redisCommand)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.addAll(List.of("redis-benchmark", "-p", Integer.toString(redis.address().getPort())));
    command.addAll(List.of("-P", "64", "-n", Long.toString(commands), "--csv"));
    command.addAll(redisCommand);
    String printed = LocalProcess.run(command);
    flush(redis);
    return number(CSV_RATE, printed);
  }

  private static void flush(LocalProcess redis) {
    try (var jedis = jedis(redis)) {
      jedis.flushAll();
    }
  }

  static Jedis jedis(LocalProcess redis) {
    return new Jedis(redis.address().getHostString(), redis.address().getPort(), 60_000);
  }

  /**
   * What the naive way reached.
   *
   * @param redisCpuMicros CPU of Redis per event
   */
  record Naive(double eventsPerSecond, double redisCpuMicros) {}

  /**
   * The way most would begin: LPUSH of the JSON, EXPIRE, INCR of the name's total, INCR of its
   * minute, for each event; through Jedis pipelines of 100 events on two threads, enough to keep
   * Redis busy all the time.
   */
  static Naive naive(LocalProcess redis, Duration duration)
      throws IOException, InterruptedException {
    long cpu = redis.cpuMicros();
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    var threads = Executors.newFixedThreadPool(NAIVE_THREADS);
    try {
      var running = new ArrayList<Future<Long>>();
      for (int i = 0; i < NAIVE_THREADS; i++) {
        long seed = i;
        running.add(threads.submit(() -> pipelines(redis, seed, end)));
      }
      long events = 0;
      for (var each : running) {
        events += each.get();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Naive(events / seconds, (double) (redis.cpuMicros() - cpu) / events);
    } catch (ExecutionException e) {
      throw new IOException("The naive way failed.", e.getCause());
    } finally {
      threads.shutdownNow();
      flush(redis);
    }
  }

  private static long pipelines(LocalProcess redis, long seed, long endNanos) {
    var workload = new Workload(seed);
    var bodies = new ArrayList<Workload.Body>();
    for (int i = 0; i < PIPELINE_EVENTS; i++) {
      bodies.add(workload.body("", 1));
    }
    long events = 0;
    try (var jedis = jedis(redis);
        var pipeline = jedis.pipelined()) {
      while (System.nanoTime() < endNanos) {
        long now = System.currentTimeMillis();
        for (var body : bodies) {
          String name = body.names().get(0);
          byte[] list = ("events:" + name).getBytes(StandardCharsets.US_ASCII);
          pipeline.lpush(list, body.renew(now));
          pipeline.expire(list, 86_400);
          pipeline.incr("count:" + name);
          pipeline.incr("count:" + name + ":" + now / 60_000);
        }
        pipeline.sync();
        events += bodies.size();
      }
    }
    return events;
  }

  /**
   * Requests a second that wrk counts with 64 connections.
   *
   * @param script a Lua script and its arguments; empty: plain GETs
   */
  static double wrk(InetSocketAddress address, Duration duration, List<String> script)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("wrk", "-t1", "-c64", "-d" + duration.toSeconds() + "s"));
    if (!script.isEmpty()) {
      command.addAll(List.of("-s", script.get(0)));
    }
    command.add("http://" + address.getHostString() + ":" + address.getPort() + "/");
    if (script.size() > 1) {
      command.add("--");
      command.addAll(script.subList(1, script.size()));
    }
    String printed = LocalProcess.run(command);
    for (var failure : List.of(WRK_REFUSED, WRK_ERRORS)) {
      var found = failure.matcher(printed);
      if (found.find()) {
        throw new IOException("wrk counted failed requests: " + found.group());
      }
    }
    return number(WRK_RATE, printed);
  }

  private static double number(Pattern pattern, String printed) throws IOException {
    var matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw new IOException("No figure in what the command printed: " + printed);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
