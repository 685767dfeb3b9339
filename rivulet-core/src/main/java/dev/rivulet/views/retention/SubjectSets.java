package dev.rivulet.views.retention;

import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntHashSet;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One subject's sets of one partition: who did it in which day, week and month. A new member costs
 * one appended word; when the words have become many against the sets they belong to, those sets
 * are written whole and the words go, as in a log-structured merge tree. So a set is rewritten a
 * bounded number of times however it grows, and no reader has many words to look through.
 */
final class SubjectSets {
  /** Words that are always left to wait: 8 KB. */
  static final int FEW_WORDS = 1_024;

  /** Words that never wait longer: 256 KB, which a reader takes in within a millisecond. */
  static final int MANY_WORDS = 32_768;

  /** What a set takes in memory besides its people. */
  private static final int OVERHEAD_BYTES = 200;

  /** Bytes written by a merge for each byte of words that it takes in. */
  private static final int AMPLIFICATION = 4;

  /** Cold words past which the sets they belong to are worth a read. */
  private static final int COLD_WORDS = FEW_WORDS / 2;

  private final Scope scope;
  private final String project;
  private final String subject;
  private final Int2ObjectHashMap<PeopleSet> sets = new Int2ObjectHashMap<>();
  private final Map<Period, List<PeopleSet>> missing = new EnumMap<>(Period.class);
  private final LongArrayList added = new LongArrayList();
  private LongArrayList tail = new LongArrayList();
  private int wordsToMergeAt = FEW_WORDS;
  private int wantedDay;
  private long wantedAt = -1;
  private boolean tailUnread = true;
  private boolean coldWanted;
  private boolean rewriting;

  SubjectSets(Scope scope, String project, String subject) {
    this.scope = scope;
    this.project = project;
    this.subject = subject;
  }

  /** A set in memory. */
  static final class PeopleSet {
    private final Period period;
    private final int number;
    private RoaringBitmap people = new RoaringBitmap();
    private long usedAt;
    private int bytes;
    private boolean tailed;
    private boolean rewritten;

    private PeopleSet(Period period, int number) {
      this.period = period;
      this.number = number;
    }

    long usedAt() {
      return usedAt;
    }

    /** Roughly what it takes in memory, as {@link SubjectSets#weigh} found it. */
    int bytes() {
      return bytes;
    }
  }

  String subject() {
    return subject;
  }

  Collection<PeopleSet> sets() {
    return sets.values();
  }

  /** Says that the batch touches a period: its set is asked for unless memory holds it. */
  void want(Period period, int number, long batch) {
    int code = period.code(number);
    PeopleSet set = sets.get(code);
    if (set == null) {
      set = new PeopleSet(period, number);
      sets.put(code, set);
      missing.computeIfAbsent(period, p -> new ArrayList<>()).add(set);
    }
    set.usedAt = batch;
  }

  /** Says that the batch touches a day and what holds it. */
  void want(int epochDay, long batch) {
    if (epochDay != wantedDay || batch != wantedAt) {
      for (Period period : Period.values()) {
        want(period, period.number(epochDay), batch);
      }
      wantedDay = epochDay;
      wantedAt = batch;
    }
  }

  /** Asks for every month that has anybody, whether merged or waiting in the tail. */
  void loadMonths(Reads reads, long batch) {
    readTail(reads);
    reads.wholeHash(
        Layout.sets(scope, project, subject, Period.MONTH),
        stored -> {
          List<PeopleSet> fresh = new ArrayList<>();
          stored.forEach(
              (field, bytes) -> {
                PeopleSet set = fresh(Period.MONTH.parseField(field), batch, fresh);
                if (set != null) {
                  set.people = Layout.decode(bytes);
                }
              });
          for (int i = 0; i < tail.size(); i++) {
            int code = Layout.code(tail.getLong(i));
            if (Period.ofCode(code) == Period.MONTH) {
              fresh(Period.numberOfCode(code), batch, fresh);
            }
          }
          takeTail(fresh);
        });
  }

  /** Makes room for a month unless memory holds it. */
  private @Nullable PeopleSet fresh(int month, long batch, List<PeopleSet> fresh) {
    int code = Period.MONTH.code(month);
    if (sets.containsKey(code)) {
      return null;
    }
    var set = new PeopleSet(Period.MONTH, month);
    set.usedAt = batch;
    sets.put(code, set);
    fresh.add(set);
    return set;
  }

  /** Asks for what was wanted and memory does not hold. */
  void load(Reads reads, long batch) {
    readTail(reads);
    if (coldWanted) {
      coldWanted = false;
      for (int i = 0; i < tail.size(); i++) {
        int code = Layout.code(tail.getLong(i));
        want(Period.ofCode(code), Period.numberOfCode(code), batch);
      }
    }
    missing.forEach(
        (period, wanted) -> {
          List<byte[]> fields = new ArrayList<>();
          wanted.forEach(set -> fields.add(Layout.field(period, set.number)));
          reads.hash(
              Layout.sets(scope, project, subject, period),
              fields,
              stored -> {
                for (int i = 0; i < wanted.size(); i++) {
                  wanted.get(i).people = Layout.decode(stored.get(i));
                }
                takeTail(wanted);
              });
        });
    missing.clear();
  }

  private void readTail(Reads reads) {
    if (tailUnread) {
      tailUnread = false;
      reads.get(Layout.tail(scope, project, subject), stored -> tail = Layout.words(stored));
    }
  }

  /** Adds the words of sets that were just read. */
  private void takeTail(List<PeopleSet> fresh) {
    var wanted = new IntHashSet();
    fresh.forEach(set -> wanted.add(set.period.code(set.number)));
    for (int i = 0; i < tail.size(); i++) {
      int code = Layout.code(tail.getLong(i));
      if (wanted.contains(code)) {
        PeopleSet set = sets.get(code);
        set.people.add(Layout.person(tail.getLong(i)));
        set.tailed = true;
      }
    }
  }

  /**
   * Puts {@code person} into a day and what holds it; returns whether this is the first change
   * since the last {@link #write}.
   */
  boolean mark(int epochDay, int person) {
    boolean first = added.isEmpty();
    // Whoever is in the day is in its week and its month.
    if (!add(Period.DAY, epochDay, person)) {
      return false;
    }
    add(Period.WEEK, Period.WEEK.number(epochDay), person);
    add(Period.MONTH, Period.MONTH.number(epochDay), person);
    return first;
  }

  private boolean add(Period period, int number, int person) {
    int code = period.code(number);
    PeopleSet set = sets.get(code);
    if (set == null) {
      throw new IllegalStateException(
          "people of '" + subject + "' in " + period.field(number) + " are not loaded");
    }
    if (!set.people.checkedAdd(person)) {
      return false;
    }
    set.tailed = true;
    added.addLong(Layout.word(code, person));
    return true;
  }

  /** Takes {@code person} out of every set in memory; the next write rewrites those. */
  void remove(int person) {
    for (PeopleSet set : sets.values()) {
      if (set.people.checkedRemove(person)) {
        set.rewritten = true;
        rewriting = true;
      }
    }
  }

  /** Months in memory that have one of {@code people}. */
  List<Integer> monthsOf(RoaringBitmap people) {
    List<Integer> months = new ArrayList<>();
    for (PeopleSet set : sets.values()) {
      if (set.period == Period.MONTH && RoaringBitmap.intersects(set.people, people)) {
        months.add(set.number);
      }
    }
    return months;
  }

  /** Wants each day and week of a month. */
  void wantInside(int month, long batch) {
    int end = Period.MONTH.firstDay(month + 1);
    for (int day = Period.MONTH.firstDay(month); day < end; day++) {
      want(Period.DAY, day, batch);
      want(Period.WEEK, Period.WEEK.number(day), batch);
    }
  }

  /** Hands over what has changed since the last call. */
  void write(Writes writes) {
    if (rewriting) {
      merge(writes);
    } else if (!added.isEmpty()) {
      if (tail.size() + added.size() > wordsToMergeAt && isTimeToMerge()) {
        merge(writes);
      } else {
        writes.append(Layout.tail(scope, project, subject), Layout.words(added));
        for (int i = 0; i < added.size(); i++) {
          tail.addLong(added.getLong(i));
        }
        added.clear();
      }
    }
  }

  private boolean isTimeToMerge() {
    long bytes = 0;
    for (PeopleSet set : sets.values()) {
      bytes += set.tailed ? set.people.serializedSizeInBytes() : 0;
    }
    long words = bytes / AMPLIFICATION / Layout.WORD_BYTES;
    wordsToMergeAt = (int) Math.max(FEW_WORDS, Math.min(words, MANY_WORDS));
    return tail.size() + added.size() > wordsToMergeAt;
  }

  /** Writes each changed set whole; words of sets that memory does not hold stay in the tail. */
  void merge(Writes writes) {
    for (Period period : Period.values()) {
      List<byte[]> pairs = new ArrayList<>();
      List<byte[]> emptied = new ArrayList<>();
      for (PeopleSet set : sets.values()) {
        if (set.period == period && (set.tailed || set.rewritten)) {
          byte[] field = Layout.field(period, set.number);
          if (set.people.isEmpty()) {
            emptied.add(field);
          } else {
            pairs.add(field);
            pairs.add(Layout.encode(set.people));
          }
          set.tailed = false;
          set.rewritten = false;
        }
      }
      byte[] key = Layout.sets(scope, project, subject, period);
      writes.hash(key, pairs);
      writes.hashDelete(key, emptied);
    }
    keepColdWords(writes);
    added.clear();
    rewriting = false;
    wordsToMergeAt = FEW_WORDS;
  }

  private void keepColdWords(Writes writes) {
    var cold = new LongArrayList();
    for (int i = 0; i < tail.size(); i++) {
      if (!sets.containsKey(Layout.code(tail.getLong(i)))) {
        cold.addLong(tail.getLong(i));
      }
    }
    byte[] key = Layout.tail(scope, project, subject);
    if (!cold.isEmpty()) {
      writes.set(key, Layout.words(cold));
    } else if (!tail.isEmpty()) {
      writes.delete(key);
    }
    tail = cold;
    coldWanted = cold.size() > COLD_WORDS;
  }

  /** Takes note of what a set weighs now; returns by how much more that is than before. */
  static int weigh(PeopleSet set) {
    int bytes = OVERHEAD_BYTES + set.people.getSizeInBytes();
    int more = bytes - set.bytes;
    set.bytes = bytes;
    return more;
  }

  /** Lets a set go from memory; one that waits for a merge is merged first. */
  void forget(PeopleSet set, Writes writes) {
    if (set.tailed) {
      merge(writes);
    }
    sets.remove(set.period.code(set.number));
  }
}
