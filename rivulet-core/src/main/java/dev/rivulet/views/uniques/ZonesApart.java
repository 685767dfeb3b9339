package dev.rivulet.views.uniques;

/** Two zones differ by a part of an hour, so the hours kept in one build no days of the other. */
final class ZonesApart extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  ZonesApart(String message) {
    super(message);
  }
}
