package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.EventPoster;
import dev.rivulet.server.cli.imports.ImportRecord.Point;
import dev.rivulet.server.cli.imports.ImportReport.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The reader cuts blocks of lines; workers parse a block, send its events and wait for the answer.
 * There are a few more blocks than workers, and a block is reused when its answer is there, so the
 * file is read only as fast as the server takes it. For one run.
 */
final class ImportPipeline {
  /** More than cores: while one request waits for its answer, another is being parsed. */
  private static final int WORKERS = Math.max(4, Runtime.getRuntime().availableProcessors() * 2);

  /** Half of what the server takes, so that one more event of any size fits in. */
  private static final int BODY_BYTES = 5 * 1024 * 1024;

  private static final int EVENT_BYTES = 32 * 1024;
  private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After a failure, what is on its way may still be answered: it need not be sent again then. */
  private static final long LAST_ANSWERS_SECONDS = 5;

  private final ImportFormat format;
  private final EventPoster poster;
  private final ImportReport report;
  private final ImportProgress progress;
  private final Checkpoint checkpoint;
  private final BlockingQueue<LineBlock> free = new ArrayBlockingQueue<>(WORKERS + 2);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ThreadLocal<Worker> worker = ThreadLocal.withInitial(Worker::new);
  private long lastCheckpointNanos = System.nanoTime();

  ImportPipeline(
      ImportFormat format,
      EventPoster poster,
      ImportReport report,
      ImportProgress progress,
      Checkpoint checkpoint) {
    this.format = format;
    this.poster = poster;
    this.report = report;
    this.progress = progress;
    this.checkpoint = checkpoint;
  }

  /** Where it is written down how far the import has come; called by one thread at a time. */
  interface Checkpoint {
    void reached(Point point) throws IOException;
  }

  /**
   * Sends everything after {@code start}.
   *
   * @throws CommandFailure when a block could not be sent
   */
  void run(LineReader lines, Point start) throws IOException {
    var watermark = new Watermark(start);
    var workers = Executors.newFixedThreadPool(WORKERS, ImportPipeline::daemon);
    try {
      read(lines, start, watermark, workers);
      workers.shutdown();
      while (failure.get() == null && !workers.awaitTermination(50, TimeUnit.MILLISECONDS)) {
        // Waiting for the last answers.
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failure.compareAndSet(null, interrupted);
    } finally {
      end(workers);
    }
    finish(watermark, start);
  }

  private static void end(ExecutorService workers) {
    workers.shutdown();
    try {
      workers.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
  }

  private void read(LineReader lines, Point start, Watermark watermark, ExecutorService workers)
      throws IOException, InterruptedException {
    for (var i = 0; i < WORKERS + 2; i++) {
      free.add(new LineBlock());
    }
    var sequence = 0L;
    while (failure.get() == null) {
      var block = free.poll(50, TimeUnit.MILLISECONDS);
      if (block == null) {
        continue;
      }
      if (!lines.fill(block)) {
        return;
      }
      SourceFile.skipByteOrderMark(block);
      if (block.numbers[0] <= start.line()) {
        block.dropThrough(start.line());
      }
      if (block.count == 0) {
        free.add(block);
        continue;
      }
      var place = sequence++;
      workers.execute(() -> process(block, place, watermark));
    }
  }

  private void process(LineBlock block, long place, Watermark watermark) {
    if (failure.get() != null) {
      return; // it was waiting its turn
    }
    try {
      var problems = new ArrayList<Problem>();
      var imported = worker.get().send(block, problems);
      report.add(imported, problems);
      progress.add(block.count);
      var end = new Point(block.lastNumber(), block.lastDigest(), imported, problems.size());
      synchronized (watermark) {
        watermark.complete(place, end);
        if (System.nanoTime() - lastCheckpointNanos > CHECKPOINT_NANOS) {
          lastCheckpointNanos = System.nanoTime();
          checkpoint.reached(watermark.point());
        }
      }
      free.add(block);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error problem) {
      failure.compareAndSet(null, problem);
    }
  }

  private void finish(Watermark watermark, Point start) throws IOException {
    Point reached;
    synchronized (watermark) {
      reached = watermark.point();
      if (reached.line() > start.line()) {
        checkpoint.reached(reached);
      }
    }
    var problem = failure.get();
    if (problem != null) {
      var wayOut =
          reached.line() == 0
              ? ""
              : "; every line up to %d is in. Run the same command again to go on from there"
                  .formatted(reached.line());
      throw new CommandFailure(problem.getMessage() + wayOut, problem);
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "import-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** What one thread needs to turn blocks into requests. */
  private final class Worker {
    private final LineFormat parser = format.parser().get();
    private final EventWriter body = new EventWriter();
    private final long[] numbers = new long[LineBlock.MAX_LINES];
    private int events;

    /** Sends a block and answers how many of its lines were imported. */
    long send(LineBlock block, List<Problem> problems) throws InterruptedException {
      var imported = 0L;
      body.truncate(0);
      events = 0;
      for (var i = 0; i < block.count; i++) {
        if (format.hasHeader() && block.numbers[i] == 1) {
          continue;
        }
        var before = body.length();
        var reason = write(block, i);
        if (reason == null && body.length() - before > EVENT_BYTES) {
          reason = "its event would be larger than 32 KB";
        }
        if (reason != null) {
          body.truncate(before);
          problems.add(new Problem(block.numbers[i], reason));
          continue;
        }
        body.raw('\n');
        numbers[events++] = block.numbers[i];
        if (body.length() > BODY_BYTES) {
          imported += flush(problems);
        }
      }
      return imported + flush(problems);
    }

    private @Nullable String write(LineBlock block, int index) {
      return block.cut[index] ? "it is longer than 32 KB" : parser.write(block, index, body);
    }

    private long flush(List<Problem> problems) throws InterruptedException {
      if (events == 0) {
        return 0;
      }
      var refused = poster.post(body.bytes(), 0, body.length());
      for (var item : refused) {
        if (item.index() < 0 || item.index() >= events) {
          throw new CommandFailure(
              "the server refused event %d of a request of %d".formatted(item.index(), events));
        }
        problems.add(new Problem(numbers[item.index()], "refused, " + item.reason()));
      }
      var imported = events - refused.size();
      body.truncate(0);
      events = 0;
      return imported;
    }
  }
}
