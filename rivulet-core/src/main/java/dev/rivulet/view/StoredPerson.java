package dev.rivulet.view;

import static dev.rivulet.view.Command.bytes;

import dev.rivulet.event.ByteReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@link PersonSegments} have stored of one person: a value, and what changed of it since. */
public final class StoredPerson {
  private final long head;
  private final List<ByteReader> changes = new ArrayList<>();
  private @Nullable ByteReader value;

  private StoredPerson(long head) {
    this.head = head;
  }

  /** What was appended is read before the base: it may be merged into that in between. */
  static void read(
      Scope scope,
      String subject,
      String project,
      long hash,
      Reads reads,
      Consumer<StoredPerson> consumer) {
    long number = hash & (PersonSegments.SEGMENTS - 1);
    List<StoredSegment> appended = new ArrayList<>();
    reads.get(
        scope.key(project, subject, Long.toString(number)),
        stored -> {
          if (stored != null) {
            appended.add(StoredSegment.appended(stored));
          }
        });
    reads.hash(
        scope.key(project, subject),
        List.of(bytes(number)),
        stored -> {
          var person = new StoredPerson(StoredSegment.head(hash));
          byte[] found = stored.get(0);
          StoredSegment base = found == null ? null : StoredSegment.base(found);
          if (base != null) {
            base.forEach(person::take);
          }
          int generation = base == null ? 0 : base.generation();
          // Otherwise the base has it already.
          appended.stream()
              .filter(news -> news.generation() == generation)
              .forEach(news -> news.forEach(person::take));
          consumer.accept(person);
        });
  }

  private void take(long own, ByteReader bytes, boolean isChange) {
    if (own == head && isChange) {
      changes.add(bytes);
    } else if (own == head) {
      changes.clear();
      value = bytes.isAtEnd() ? null : bytes;
    }
  }

  /** The value; null when there is none. */
  public <T> @Nullable T open(PersonSegments.Codec<T> codec, String project) {
    if (value == null && changes.isEmpty()) {
      return null;
    }
    T open = value == null ? codec.fresh() : codec.decode(project, value);
    changes.forEach(change -> codec.apply(project, open, change));
    return open;
  }
}
