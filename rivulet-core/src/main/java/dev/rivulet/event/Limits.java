package dev.rivulet.event;

/** The bounds of what is taken in. Lengths are UTF-8 bytes where they bound memory. */
public final class Limits {
  /** Characters of an event name. */
  public static final int NAME_CHARS = 200;

  /** Characters of a person's id. */
  public static final int USER_CHARS = 200;

  /** Characters of an event id. */
  public static final int ID_CHARS = 128;

  /** Bytes of one event's properties as JSON. */
  public static final int EVENT_BYTES = 32 * 1024;

  /** Events of one request. */
  public static final int REQUEST_EVENTS = 2_500;

  /** Bytes of one request's body after decompression. */
  public static final int BODY_BYTES = 10 * 1024 * 1024;

  /** Properties of one event that are broken down; the rest is stored but not broken down. */
  public static final int EVENT_PROPERTIES = 50;

  /** Event names per project and partition; later ones count together as {@link #OTHER}. */
  public static final int EVENT_NAMES = 2_000;

  /** Characters of the name of the process that measured. */
  public static final int NODE_CHARS = 200;

  /** Tags of a sample. */
  public static final int TAGS = 20;

  /** Characters of a tag's name. */
  public static final int TAG_KEY_CHARS = 100;

  /** Characters of a tag's value. */
  public static final int TAG_VALUE_CHARS = 200;

  /** The name under which events past {@link #EVENT_NAMES} are counted. */
  public static final String OTHER = "$other";

  /** The subject under which all events are counted together; no event may have this name. */
  public static final String EVERY = "*";

  /**
   * An event may say to be of this much later than its log entry: admission allows five minutes,
   * the clocks of servers and store differ a little.
   */
  public static final long CLOCK_SKEW_MILLIS = 6 * 60 * 1000;

  /** Depth of nesting in properties. */
  public static final int NESTING = 32;

  private Limits() {}
}
