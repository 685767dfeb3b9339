package dev.rivulet.recorder;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.SampleAdmission;
import dev.rivulet.measure.MetricKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings sketches into the log, one batch after the other. A batch of which it is unknown whether
 * it arrived is sent again as it is until it has arrived: its ids make it count once. One thread.
 */
final class Shipper implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Retries are recognised for 24 hours at least; after that it may count twice. */
  private static final long MOST_NANOS = TimeUnit.HOURS.toNanos(23);

  private final String project;
  private final Waiting waiting;
  private final Destination destination;

  Shipper(String project, Waiting waiting, Destination destination) {
    this.project = project;
    this.waiting = waiting;
    this.destination = destination;
  }

  @Override
  public void run() {
    try {
      List<Sketch> batch = waiting.take();
      while (!batch.isEmpty()) {
        ship(ofTheirKind(batch));
        batch = waiting.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Those whose metric is of their kind for all processes; the others are lost. */
  private List<Sketch> ofTheirKind(List<Sketch> batch) throws InterruptedException {
    List<Sketch> fitting = new ArrayList<>(batch.size());
    List<Sketch> conflicting = new ArrayList<>();
    for (Sketch sketch : batch) {
      MetricKind settled = settled(sketch.metric());
      if (settled == sketch.metric().kind()) {
        fitting.add(sketch);
      } else {
        conflicting.add(sketch);
        Metric metric = sketch.metric();
        var refused =
            SampleAdmission.kindConflict(metric.name(), settled.word(), metric.kind().word());
        destination.refused(project, Refusal.KIND_CONFLICT, refused.detail());
      }
    }
    waiting.lost(conflicting, Loss.KIND_CONFLICT);
    return fitting;
  }

  private MetricKind settled(Metric metric) throws InterruptedException {
    MetricKind known = metric.settled();
    long pause = FIRST_PAUSE_MILLIS;
    while (known == null) {
      try {
        known = destination.settle(project, metric.name(), metric.kind());
        metric.settle(known);
      } catch (RuntimeException e) {
        LOG.debug("the kind of {} is asked again: {}", metric.name(), e.toString());
        waiting.pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
    return known;
  }

  private void ship(List<Sketch> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    var events = batch.stream().map(Sketch::event).toList();
    long since = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        destination.append(events).get();
        waiting.shipped();
        return;
      } catch (ExecutionException | RuntimeException e) {
        LOG.debug("{} sketches are sent again: {}", events.size(), e.toString());
        if (System.nanoTime() - since > MOST_NANOS) {
          waiting.lost(batch, Loss.UNCERTAIN);
          return;
        }
        waiting.pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }
}
