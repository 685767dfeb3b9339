package dev.rivulet.engine;

import static java.util.Comparator.comparing;

import dev.rivulet.event.EntryId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fills of definitions under way in one partition and how far each is, committed together with
 * what they change. Whatever they do is fenced by it. Immutable.
 *
 * @param groups definitions that are filled together in one pass over the log
 */
public record FillBook(List<Group> groups) {
  /** Nothing is being filled. */
  public static final FillBook EMPTY = new FillBook(List.of());

  private static final String FORMAT = "1";

  public FillBook {
    groups = List.copyOf(groups);
  }

  /**
   * Definitions that stand at the same entry.
   *
   * @param entry the last entry they have folded
   * @param folded records folded
   * @param since epoch milliseconds from which on everything was read; 0 before the first entry
   * @param members {@link Installed#id}s
   */
  public record Group(EntryId entry, long folded, long since, SortedSet<String> members) {
    static Group starting(SortedSet<String> members) {
      return new Group(EntryId.START, 0, 0, members);
    }

    Group after(Folded batch, long complete) {
      return new Group(batch.last(), folded + batch.records(), complete, members);
    }

    private boolean fitsWith(Group other) {
      return entry.equals(other.entry) && folded == other.folded && since == other.since;
    }
  }

  /** The group that is furthest behind, which is stepped until it has caught up with the next. */
  @Nullable Group hindmost() {
    return groups.stream().min(comparing(Group::entry)).orElse(null);
  }

  /** The next place ahead of {@code group} where another one stands. */
  @Nullable EntryId ahead(Group group) {
    return groups.stream()
        .map(Group::entry)
        .filter(entry -> entry.compareTo(group.entry) > 0)
        .min(EntryId::compareTo)
        .orElse(null);
  }

  /** The group that {@code member} is in. */
  public @Nullable Group of(String member) {
    return groups.stream().filter(g -> g.members.contains(member)).findFirst().orElse(null);
  }

  /** All that is being filled; the caller's to change. */
  SortedSet<String> members() {
    var members = new TreeSet<String>();
    groups.forEach(group -> members.addAll(group.members));
    return members;
  }

  FillBook without(Group group) {
    return new FillBook(groups.stream().filter(other -> !other.equals(group)).toList());
  }

  /** Without {@code members}, wherever they are. */
  FillBook without(SortedSet<String> members) {
    List<Group> rest = new ArrayList<>();
    for (Group group : groups) {
      var kept = new TreeSet<>(group.members);
      kept.removeAll(members);
      if (!kept.isEmpty()) {
        rest.add(new Group(group.entry, group.folded, group.since, kept));
      }
    }
    return new FillBook(rest);
  }

  /** With {@code group}, which joins the one that stands where it stands. */
  FillBook with(Group group) {
    List<Group> all = new ArrayList<>();
    Group joined = group;
    for (Group other : groups) {
      if (other.fitsWith(group)) {
        var members = new TreeSet<>(joined.members);
        members.addAll(other.members);
        joined = new Group(group.entry, group.folded, group.since, members);
      } else {
        all.add(other);
      }
    }
    all.add(joined);
    return new FillBook(all);
  }

  /** Where the slowest fill stands; null when nothing is being filled. */
  public @Nullable EntryId slowest() {
    Group hindmost = hindmost();
    return hindmost == null ? null : hindmost.entry;
  }

  /** A line for each group, readable in {@code redis-cli}. */
  public String encode() {
    var text = new StringBuilder(FORMAT);
    for (Group group : groups) {
      text.append('\n').append(group.entry).append(' ').append(group.folded);
      text.append(' ').append(group.since);
      group.members.forEach(member -> text.append(' ').append(member));
    }
    return text.toString();
  }

  /**
   * @throws IllegalStateException when the text is of another format
   */
  public static FillBook decode(String text) {
    String[] lines = text.split("\n");
    if (!lines[0].equals(FORMAT)) {
      throw new IllegalStateException(
          "the fills of a partition are noted in format "
              + lines[0]
              + ", this version reads "
              + FORMAT);
    }
    List<Group> groups = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] words = lines[i].split(" ");
      var members = new TreeSet<>(List.of(words).subList(3, words.length));
      groups.add(
          new Group(
              EntryId.parse(words[0]),
              Long.parseLong(words[1]),
              Long.parseLong(words[2]),
              members));
    }
    return new FillBook(groups);
  }
}
