package dev.rivulet.server.ingest;

import dev.rivulet.admission.Refusal;

/**
 * A request's body from which no event can be taken: it is refused as a whole. Carries no stack
 * trace, for it tells about the sender and not about this program.
 */
public final class UnreadableBody extends Exception {
  private static final long serialVersionUID = 1;

  private final Refusal reason;
  private final int status;

  /**
   * @param reason the word under which the ledger counts it
   * @param status the HTTP status that answers it
   * @param detail names what is wrong and what would be right
   */
  public UnreadableBody(Refusal reason, int status, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.status = status;
  }

  static UnreadableBody invalidJson(String detail) {
    return new UnreadableBody(Refusal.INVALID_JSON, 400, detail);
  }

  public Refusal reason() {
    return reason;
  }

  /** The HTTP status that answers it. */
  public int status() {
    return status;
  }

  /** What is wrong and what would be right. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
