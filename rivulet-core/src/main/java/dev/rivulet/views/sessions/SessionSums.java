package dev.rivulet.views.sessions;

import dev.rivulet.time.Buckets;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.Distribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sums of sessions of a project over a range, per bucket, all partitions together. */
final class SessionSums {
  private static final int MOST_DAYS = 5_000;

  private final List<Bucket> buckets = new ArrayList<>();
  private final Map<String, Long> entries = new HashMap<>();
  private final Map<String, Long> exits = new HashMap<>();
  private long otherEntries;
  private long otherExits;
  private long earliest = Long.MAX_VALUE;

  /** Sums of one bucket. */
  static final class Bucket {
    private final Distribution durations = new Distribution();
    private long bounces;
    private long pages;

    /** Durations in milliseconds, one a session. */
    Distribution durations() {
      return durations;
    }

    /** Sessions of one event. */
    long bounces() {
      return bounces;
    }

    /** Page views of all sessions. */
    long pages() {
      return pages;
    }

    /** Adds all of {@code other}. */
    void add(Bucket other) {
      durations.merge(other.durations);
      bounces += other.bounces;
      pages += other.pages;
    }

    private void add(Quarter quarter) {
      durations.merge(quarter.durations());
      bounces += quarter.bounces();
      pages += quarter.pages();
    }
  }

  /**
   * Reads what began in the range of {@code wanted}, whose edges are edges of quarter-hours.
   *
   * @throws IllegalArgumentException when there are too many days with data to be read at once
   */
  static SessionSums read(Asking asking, String project, Buckets wanted) {
    var sums = new SessionSums();
    for (int i = 0; i < wanted.count(); i++) {
      sums.buckets.add(new Bucket());
    }
    sums.readEarliest(asking, project);
    long from = Math.max(wanted.start(0), sums.earliest);
    long to = Math.min(wanted.end(wanted.count() - 1), asking.now() + 86_400_000L);
    if (from >= to) {
      return sums;
    }
    long firstDay = SessionsView.day(from);
    long lastDay = SessionsView.day(to - 1);
    if (lastDay - firstDay >= MOST_DAYS) {
      throw new IllegalArgumentException(
          "the range spans "
              + (lastDay - firstDay + 1)
              + " days with data: at most "
              + MOST_DAYS
              + " are read at once");
    }
    asking.scatter(
        SessionsView.ROOM,
        (scope, reads) -> {
          var pages = new PagesRead();
          for (long day = firstDay; day <= lastDay; day++) {
            long number = day;
            reads.wholeHash(
                SessionsView.quarters(scope, project, number),
                stored ->
                    stored.forEach(
                        (field, bytes) -> {
                          long start = SessionsView.start(number, Integer.parseInt(field));
                          int bucket = wanted.indexOf(start);
                          if (bucket >= 0) {
                            Quarter quarter = Quarter.decode(bytes);
                            sums.buckets.get(bucket).add(quarter);
                            pages.add(quarter);
                          }
                        }));
          }
          reads.get(
              SessionsView.pages(scope, project),
              stored -> sums.name(pages, Dictionary.of(stored)));
        });
    return sums;
  }

  private void readEarliest(Asking asking, String project) {
    asking.scatter(
        SessionsView.ROOM,
        (scope, reads) ->
            reads.get(
                SessionsView.earliest(scope, project),
                stored -> {
                  if (stored != null) {
                    earliest = Math.min(earliest, Long.parseLong(Bytes.text(stored)));
                  }
                }));
  }

  private void name(PagesRead pages, Dictionary dictionary) {
    pages.entries.forEach((page, count) -> entries.merge(dictionary.text(page), count, Long::sum));
    pages.exits.forEach((page, count) -> exits.merge(dictionary.text(page), count, Long::sum));
    otherEntries += pages.otherEntries;
    otherExits += pages.otherExits;
  }

  Bucket bucket(int index) {
    return buckets.get(index);
  }

  /** Sessions by their first page; those of pages not told apart are not among them. */
  Map<String, Long> entries() {
    return entries;
  }

  /** Sessions by their last page, likewise. */
  Map<String, Long> exits() {
    return exits;
  }

  /** Sessions whose first page is not told apart. */
  long otherEntries() {
    return otherEntries;
  }

  /** Sessions whose last page is not told apart. */
  long otherExits() {
    return otherExits;
  }

  /** When the first event of the project happened, in epoch milliseconds. */
  long earliest() {
    return earliest;
  }

  /** Pages of one partition, by number. */
  private static final class PagesRead {
    private final Map<Integer, Long> entries = new HashMap<>();
    private final Map<Integer, Long> exits = new HashMap<>();
    private long otherEntries;
    private long otherExits;

    private void add(Quarter quarter) {
      quarter.entries().forEach((page, count) -> entries.merge(page, count, Long::sum));
      quarter.exits().forEach((page, count) -> exits.merge(page, count, Long::sum));
      otherEntries += quarter.entries().other();
      otherExits += quarter.exits().other();
    }
  }
}
