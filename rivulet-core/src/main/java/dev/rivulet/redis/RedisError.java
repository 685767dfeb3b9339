package dev.rivulet.redis;

/**
 * Redis answered, and the answer is an error: the connection is in step and can be used on.
 *
 * <p>The message is the server's own line, code first ({@code OOM command not allowed …}). It
 * carries no stack trace: a refused batch makes one of these per command.
 */
public final class RedisError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RedisError(String message) {
    super(message, null, false, false);
  }

  /** The server's line; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The first word, in capitals by convention: {@code ERR}, {@code MOVED}, {@code WRONGTYPE}. */
  public String code() {
    var message = getMessage();
    int space = message.indexOf(' ');
    return space < 0 ? message : message.substring(0, space);
  }

  /** Whether the slot lives, or is about to live, on another node: refresh the topology. */
  public boolean moved() {
    return is("MOVED") || is("ASK") || is("TRYAGAIN");
  }

  /** Whether Redis has reached {@code maxmemory}: nothing that grows is written. */
  public boolean outOfMemory() {
    return is("OOM");
  }

  /** Whether the node is a replica now: a failover happened, refresh the topology. */
  public boolean readOnly() {
    return is("READONLY");
  }

  /** Whether the node still reads its data from disk, or its primary's: try again later. */
  public boolean loading() {
    return is("LOADING") || is("MASTERDOWN");
  }

  /** Whether the cluster has slots without a primary, as during a failover: try again later. */
  public boolean clusterDown() {
    return is("CLUSTERDOWN");
  }

  /** Whether the user or password is missing, wrong, or not allowed to do this. */
  public boolean refusedAccess() {
    return is("NOAUTH") || is("WRONGPASS") || is("NOPERM");
  }

  /** Whether EXEC did nothing because a queued command was refused before it. */
  public boolean transactionAborted() {
    return is("EXECABORT");
  }

  /** Whether another node may answer better, so that the topology is worth reading again. */
  boolean asksForRefresh() {
    return moved() || readOnly() || clusterDown();
  }

  /** Whether it is of the moment: a cluster that changes, a server that starts. */
  public boolean ofTheMoment() {
    return asksForRefresh() || loading();
  }

  /** Whether it may end without Rivulet being started again: it is of the moment, or full. */
  boolean passes() {
    return ofTheMoment() || outOfMemory();
  }

  private boolean is(String code) {
    var message = getMessage();
    return message.startsWith(code)
        && (message.length() == code.length() || message.charAt(code.length()) == ' ');
  }
}
