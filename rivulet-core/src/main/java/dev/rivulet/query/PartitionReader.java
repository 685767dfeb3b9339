package dev.rivulet.query;

import dev.rivulet.view.Reads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs reads on several partitions at once, one pipeline per primary. Thread-safe. */
public interface PartitionReader {
  /**
   * @param reads by partition number, from 0
   * @return the replies by partition number, in the order of its reads; a refused read is a {@link
   *     RuntimeException} in its place
   */
  List<List<@Nullable Object>> read(List<Reads> reads);
}
