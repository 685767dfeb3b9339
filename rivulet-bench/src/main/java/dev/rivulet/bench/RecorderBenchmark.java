package dev.rivulet.bench;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.recorder.Counter;
import dev.rivulet.recorder.Destination;
import dev.rivulet.recorder.Gauge;
import dev.rivulet.recorder.Histogram;
import dev.rivulet.recorder.Recorder;
import dev.rivulet.recorder.RecorderOptions;
import dev.rivulet.recorder.ResponseTimes;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one call costs the application: handles are shared by all threads, values differ, and the
 * recorder drains and encodes every second as it does in life; what it ships is thrown away.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecorderBenchmark {
  /** What all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    private final Recorder recorder =
        Recorder.start(RecorderOptions.defaults(), InstantSource.system(), new Nowhere());
    private final ResponseTimes times = recorder.responseTimes("/orders/{id}", "GET");
    private final Histogram histogram = recorder.histogram("basket", "shop", "berlin");
    private final Counter counter = recorder.counter("orders", "shop", "berlin");
    private final Gauge gauge = recorder.gauge("queue_depth");

    /** Ships nothing any more. */
    @TearDown
    public void close() {
      recorder.close();
    }
  }

  /** The values of one thread, made beforehand: log-normal around 20 ms. */
  @State(Scope.Thread)
  public static class Own {
    private static final int VALUES = 4_096;

    private final long[] nanos = new long[VALUES];
    private int next;

    /** Makes the values. */
    public Own() {
      var random = new Random(5);
      for (int i = 0; i < VALUES; i++) {
        nanos[i] = (long) (Math.exp(random.nextGaussian()) * 20e6);
      }
    }

    long next() {
      next = (next + 1) & (VALUES - 1);
      return nanos[next];
    }
  }

  /** CPU time of the threads that record, which a busy machine does not falsify as it does time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Cpu {
    /** Read by JMH. */
    public long cpuNanos;

    /** Read by JMH. */
    public long calls;

    private long start;

    @Setup(Level.Iteration)
    public void start() {
      start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
      cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }
  }

  @Benchmark
  public void responseTime(Shared shared, Own own, Cpu cpu) {
    cpu.calls++;
    long nanos = own.next();
    shared.times.record((nanos & 15) == 0 ? 500 : 200, nanos);
  }

  @Benchmark
  public void histogram(Shared shared, Own own, Cpu cpu) {
    cpu.calls++;
    shared.histogram.record((double) own.next());
  }

  @Benchmark
  public void counter(Shared shared, Own own, Cpu cpu) {
    cpu.calls++;
    shared.counter.add(own.next() & 7);
  }

  @Benchmark
  public void gauge(Shared shared, Own own, Cpu cpu) {
    cpu.calls++;
    shared.gauge.set((double) own.next());
  }

  private static final class Nowhere implements Destination {
    @Override
    public MetricKind settle(String project, String metric, MetricKind said) {
      return said;
    }

    @Override
    public CompletableFuture<?> append(List<Event> sketches) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void refused(String project, Refusal reason, String detail) {
      throw new IllegalStateException(detail);
    }
  }
}
