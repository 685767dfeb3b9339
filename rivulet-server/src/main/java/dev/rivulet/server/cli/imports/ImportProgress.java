package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.Terminal;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says how far an import is: a bar that moves on a terminal, else a line every few seconds. Draws
 * from a thread of its own until closed.
 */
final class ImportProgress implements AutoCloseable {
  private static final int BAR_CELLS = 24;
  private static final long TERMINAL_MILLIS = 200;
  private static final long LINES_MILLIS = 5_000;

  private final Terminal terminal;
  private final SourceFile source;
  private final long totalBytes;
  private final AtomicLong lines = new AtomicLong();
  private final long startNanos = System.nanoTime();
  private final Thread drawer;

  /**
   * @param totalBytes size of the file on disk; 0 when it is not known
   */
  ImportProgress(Terminal terminal, SourceFile source, long totalBytes) {
    this.terminal = terminal;
    this.source = source;
    this.totalBytes = totalBytes;
    this.drawer = new Thread(this::draw, "import-progress");
    drawer.setDaemon(true);
  }

  void start() {
    drawer.start();
  }

  void add(long finished) {
    lines.addAndGet(finished);
  }

  private void draw() {
    try {
      while (true) {
        Thread.sleep(terminal.ansi() ? TERMINAL_MILLIS : LINES_MILLIS);
        var share = totalBytes <= 0 ? 0 : Math.min(1.0, source.position() / (double) totalBytes);
        var text = text(share, lines.get(), seconds());
        if (terminal.ansi()) {
          terminal.err().print("\r\u001b[2K" + bar(share) + text);
        } else {
          terminal.err().println(text);
        }
        terminal.err().flush();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static String bar(double share) {
    var filled = (int) Math.round(share * BAR_CELLS);
    return share <= 0 ? "" : "█".repeat(filled) + "░".repeat(BAR_CELLS - filled) + " ";
  }

  /**
   * How far an import is, in words.
   *
   * @param share of the file that was read, from 0 to 1; 0 when its size is not known
   */
  static String text(double share, long lines, double seconds) {
    var rate = seconds <= 0 ? 0 : lines / seconds;
    var done = String.format(Locale.ROOT, "%,d lines  %,.0f lines/s", lines, rate);
    if (share <= 0) {
      return done;
    }
    var left = clock(seconds * (1 - share) / share);
    return String.format(Locale.ROOT, "%3.0f %%  %s  %s left", share * 100, done, left);
  }

  private static String clock(double seconds) {
    var whole = Math.round(seconds);
    return whole < 3_600
        ? "%d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3_600, whole / 60 % 60, whole % 60);
  }

  @Override
  public void close() {
    drawer.interrupt();
    try {
      drawer.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (terminal.ansi()) {
      terminal.err().print("\r\u001b[2K");
      terminal.err().flush();
    }
  }
}
