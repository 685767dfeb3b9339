package dev.rivulet.live;

/** No further question can be watched now; those that are watched go on. */
public final class TooManyWatches extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TooManyWatches(int most, String what) {
    super("more than " + most + " " + what + ", which is all it takes");
  }
}
