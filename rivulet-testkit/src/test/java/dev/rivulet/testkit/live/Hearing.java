package dev.rivulet.testkit.live;

import dev.rivulet.live.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Notes what is told, and waits for it. */
final class Hearing implements Changes.Listener {
  private static final long LONGEST_NANOS = 120_000_000_000L;
  private final List<Set<String>> messages = new ArrayList<>();
  private int all;

  @Override
  public synchronized void changed(Set<String> projects) {
    messages.add(new TreeSet<>(projects));
    notifyAll();
  }

  @Override
  public synchronized void changedAll() {
    all++;
    notifyAll();
  }

  /** How often anything may have changed. */
  synchronized int all() {
    return all;
  }

  synchronized int messages() {
    return messages.size();
  }

  synchronized boolean heard(String project) {
    return messages.stream().anyMatch(projects -> projects.contains(project));
  }

  synchronized void clear() {
    messages.clear();
  }

  synchronized void awaitAll(int times) throws InterruptedException {
    await("anything may have changed, " + times + " times", () -> all >= times);
  }

  /** Whether it came to that within a time. */
  synchronized boolean awaitAll(int times, long longestMillis) throws InterruptedException {
    return holds(() -> all >= times, longestMillis * 1_000_000);
  }

  synchronized void await(String project) throws InterruptedException {
    await("a change of " + project, () -> heard(project));
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    if (!holds(condition, LONGEST_NANOS)) {
      throw new AssertionError("waited in vain for " + what + "; heard " + messages);
    }
  }

  private boolean holds(BooleanSupplier condition, long longestNanos) throws InterruptedException {
    long deadline = System.nanoTime() + longestNanos;
    while (!condition.getAsBoolean()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }
}
