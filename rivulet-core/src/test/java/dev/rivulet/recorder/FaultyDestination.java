package dev.rivulet.recorder;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A log in memory that refuses, loses replies or hangs as it is told. Thread-safe. */
final class FaultyDestination implements Destination {
  /** What becomes of an append. */
  enum Fault {
    NONE,
    /** Nothing arrives. */
    REFUSED,
    /** All arrives and nobody hears of it. */
    REPLY_LOST,
    /** Some arrives and nobody hears of it. */
    HALF_LOST,
    /** Nothing is ever heard. */
    HANGS
  }

  private final List<Event> appended = new ArrayList<>();
  private final Map<String, Event> sent = new HashMap<>();
  private final Map<String, MetricKind> kinds = new HashMap<>();
  private final List<String> refusals = new ArrayList<>();
  private final CountDownLatch kindsAsked = new CountDownLatch(1);
  private Fault fault = Fault.NONE;
  private boolean kindsHang;
  private int attempts;

  synchronized void fault(Fault next) {
    fault = next;
    notifyAll();
  }

  /** Whoever asks for a kind waits until this is taken back. */
  synchronized void kindsHang(boolean hang) {
    kindsHang = hang;
    notifyAll();
  }

  synchronized void kind(String metric, MetricKind kind) {
    kinds.put(metric, kind);
  }

  @Override
  public synchronized MetricKind settle(String project, String metric, MetricKind said) {
    kindsAsked.countDown();
    while (kindsHang) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
    return kinds.computeIfAbsent(metric, name -> said);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // what is sent again is the same object
  public synchronized CompletableFuture<?> append(List<Event> sketches) {
    attempts++;
    notifyAll();
    for (Event sketch : sketches) {
      Event before = sent.putIfAbsent(sketch.id(), sketch);
      if (before != null && !before.equals(sketch)) {
        throw new AssertionError("id " + sketch.id() + " was sent with other values before");
      }
    }
    var failed = CompletableFuture.failedFuture(new IllegalStateException(fault.toString()));
    switch (fault) {
      case NONE -> {
        appended.addAll(sketches);
        return CompletableFuture.completedFuture(null);
      }
      case REPLY_LOST -> {
        appended.addAll(sketches);
        return failed;
      }
      case HALF_LOST -> {
        appended.addAll(sketches.subList(0, sketches.size() / 2));
        return failed;
      }
      case REFUSED -> {
        return failed;
      }
      default -> {
        return new CompletableFuture<>();
      }
    }
  }

  @Override
  public synchronized void refused(String project, Refusal reason, String detail) {
    refusals.add(reason.word() + ": " + detail);
  }

  synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Waits until so many more appends were tried. */
  synchronized void awaitAttempts(int more) throws InterruptedException {
    int wanted = attempts + more;
    while (attempts < wanted) {
      wait();
    }
  }

  void awaitKindAsked() throws InterruptedException {
    kindsAsked.await();
  }

  /** What is in the log, the first of each id. */
  synchronized List<Sample> samples() {
    Map<String, Sample> byId = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (Event event : appended) {
      Sample sample = Sample.of(event);
      if (byId.putIfAbsent(String.valueOf(event.id()), sample) == null) {
        samples.add(sample);
      }
    }
    return samples;
  }

  /** The samples of one metric. */
  List<Sample> samples(String metric) {
    return samples().stream().filter(sample -> sample.series().metric().equals(metric)).toList();
  }

  /** How many of the appended records came more than once. */
  synchronized int doubles() {
    return appended.size() - samples().size();
  }
}
