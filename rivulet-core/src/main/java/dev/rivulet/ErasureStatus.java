package dev.rivulet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.policies.ErasureAccount;
import dev.rivulet.policies.ErasureAccount.State;
import dev.rivulet.policies.RewriteProgress;
import dev.rivulet.view.Times;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an erasure is. It never names the person.
 *
 * @param erasure its random id
 * @param state {@code running} or {@code done}
 * @param progress the part done, from 0 to 1
 * @param waiting why it cannot go on now; absent when it can
 * @param erased counts of what was removed, by what it was
 */
public record ErasureStatus(
    String erasure,
    String state,
    double progress,
    @JsonInclude(Include.NON_NULL) @Nullable String waiting,
    String requestedAt,
    @JsonInclude(Include.NON_NULL) @Nullable String finishedAt,
    Map<String, Long> erased) {
  /** The rewrite of the log is most of the work, that of the files the rest. */
  private static final double LOG_PART = 0.9;

  static ErasureStatus of(ErasureAccount account, @Nullable RewriteProgress rewrite) {
    boolean done = account.state() == State.DONE;
    boolean waits = account.state() == State.RUNNING;
    return new ErasureStatus(
        account.erasure(),
        done ? "done" : "running",
        progress(account, rewrite),
        waits && rewrite != null ? rewrite.waiting() : null,
        Times.iso(account.requestedAt()),
        done ? Times.iso(account.finishedAt()) : null,
        account.erased());
  }

  /** Whether nothing is left. */
  public boolean done() {
    return state.equals("done");
  }

  private static double progress(ErasureAccount account, @Nullable RewriteProgress rewrite) {
    return switch (account.state()) {
      case RUNNING -> rewrite == null || rewrite.waiting() != null ? 0 : rewrite.part() * LOG_PART;
      case REWRITTEN -> LOG_PART;
      case DONE -> 1;
    };
  }
}
