package dev.rivulet.view;

import java.time.ZoneId;

/** Where a view's state of one partition lives. */
public interface Scope {
  /** The partition's number. */
  int partition();

  /**
   * The key of a part of this view's state, {@code rv:{p}:<room>:<project>:<subject>:<bucket>}. The
   * parts are escaped, so no id can leave its place or its slot.
   */
  byte[] key(String project, String... parts);

  /** The time zone in which {@code project} has its days. */
  ZoneId zone(String project);
}
