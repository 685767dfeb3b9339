package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Command;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counters of one partition that are in use, and the statistics of every name. */
final class CountsState implements State {
  /** Blocks of counters in memory before all are let go: about 30 MB. */
  private static final int MOST_BLOCKS = 8_192;

  /** Names in memory, of all projects, before all are let go: about 25 MB. */
  private static final int MOST_NAMES = 50_000;

  private final Scope scope;
  private final Map<String, Map<String, Subject>> projects = new HashMap<>();
  private final List<Subject> changed = new ArrayList<>();
  private int blocks;
  private int names;

  CountsState(Scope scope) {
    this.scope = scope;
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      String project = occurrence.event().project();
      Map<String, Subject> subjects = projects.get(project);
      if (subjects == null) {
        subjects = new HashMap<>();
        projects.put(project, subjects);
        loadStats(project, subjects, reads);
      }
      long time = occurrence.event().occurredAt();
      subject(subjects, project, occurrence.subject()).load(time, false, reads);
      subject(subjects, project, Limits.EVERY).load(time, isRecent(occurrence), reads);
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    Map<String, Subject> subjects = projects.get(occurrence.event().project());
    if (subjects == null) {
      throw new IllegalStateException("counts of " + occurrence + " are not loaded");
    }
    long time = occurrence.event().occurredAt();
    long receivedAt = occurrence.event().receivedAt();
    add(subjects.get(occurrence.subject()), time, receivedAt, false);
    add(subjects.get(Limits.EVERY), time, receivedAt, isRecent(occurrence));
  }

  @Override
  public void write(Writes writes) {
    Map<String, List<byte[]>> stats = new HashMap<>();
    for (Subject subject : changed) {
      subject.write(writes);
      List<byte[]> pairs = stats.computeIfAbsent(subject.project, p -> new ArrayList<>());
      pairs.add(Command.bytes(subject.name));
      pairs.add(subject.stats().encode());
    }
    stats.forEach((project, pairs) -> writes.hash(scope.key(project), pairs));
    changed.clear();
    if (blocks > MOST_BLOCKS || names > MOST_NAMES) {
      projects.clear();
      blocks = 0;
      names = 0;
    }
  }

  private void add(@Nullable Subject subject, long time, long receivedAt, boolean recent) {
    if (subject == null) {
      throw new IllegalStateException("counts are not loaded");
    }
    if (!subject.isChanged()) {
      changed.add(subject);
    }
    subject.add(time, receivedAt, recent);
  }

  /** The pulse is of now: what comes late from an import is not felt in it. */
  private static boolean isRecent(Occurrence occurrence) {
    long age = occurrence.event().receivedAt() - occurrence.event().occurredAt();
    return age < CountsLayout.SECONDS.keptMillis;
  }

  private Subject subject(Map<String, Subject> subjects, String project, String name) {
    Subject subject = subjects.get(name);
    if (subject == null) {
      subject = new Subject(project, name);
      subjects.put(name, subject);
      names++;
    }
    return subject;
  }

  private void loadStats(String project, Map<String, Subject> subjects, Reads reads) {
    reads.wholeHash(
        scope.key(project),
        stored ->
            stored.forEach(
                (name, stats) ->
                    subject(subjects, project, name).restore(NameStats.decode(stats))));
  }

  /** One name's counters: those of the block in use at hand, others in a map. */
  private final class Subject {
    private final String project;
    private final String name;
    private final Blocks quarters = new Blocks(CountsLayout.QUARTERS);
    private final Blocks minutes = new Blocks(CountsLayout.MINUTES);
    private final Blocks seconds = new Blocks(CountsLayout.SECONDS);
    private final List<DayCounts> touched = new ArrayList<>();
    private long total;
    private long first;
    private long last;

    private Subject(String project, String name) {
      this.project = project;
      this.name = name;
      restore(NameStats.NONE);
    }

    private void restore(NameStats stats) {
      total = stats.total();
      first = stats.first();
      last = stats.last();
    }

    private NameStats stats() {
      return new NameStats(total, first, last);
    }

    /** Whether anything was added since the last {@link #write}. */
    private boolean isChanged() {
      return !touched.isEmpty();
    }

    private void load(long time, boolean recent, Reads reads) {
      open(quarters, time, reads);
      open(minutes, time, reads);
      if (recent) {
        open(seconds, time, reads);
      }
    }

    private void open(Blocks open, long time, Reads reads) {
      long block = open.layout.block(time);
      if (open.of(block) == null) {
        DayCounts counts = open.layout.open(scope, project, name, block);
        counts.load(reads);
        open.all.put(block, counts);
        blocks++;
      }
    }

    private void add(long time, long receivedAt, boolean recent) {
      total++;
      first = Math.min(first, time);
      last = Math.max(last, time);
      count(quarters, time, receivedAt);
      count(minutes, time, receivedAt);
      if (recent) {
        count(seconds, time, receivedAt);
      }
    }

    private void count(Blocks open, long time, long receivedAt) {
      long block = open.layout.block(time);
      DayCounts counts = open.of(block);
      if (counts == null) {
        throw new IllegalStateException(open.layout + " of " + name + " are not loaded");
      }
      if (!counts.isChanged()) {
        touched.add(counts);
      }
      counts.add(time);
      counts.keepUntil(open.layout.expiry(block, receivedAt));
    }

    private void write(Writes writes) {
      touched.forEach(counts -> counts.write(writes));
      touched.clear();
      if (seconds.all.size() > 3) {
        blocks -= seconds.all.size();
        seconds.all.clear();
        seconds.last = null;
      }
    }
  }

  /** The blocks of one layout that are in use; most events are of the same one as before. */
  private static final class Blocks {
    private final CountsLayout layout;
    private final Map<Long, DayCounts> all = new HashMap<>();
    private long lastBlock;
    private @Nullable DayCounts last;

    private Blocks(CountsLayout layout) {
      this.layout = layout;
    }

    private @Nullable DayCounts of(long block) {
      if (last == null || block != lastBlock) {
        last = all.get(block);
        lastBlock = block;
      }
      return last;
    }
  }
}
