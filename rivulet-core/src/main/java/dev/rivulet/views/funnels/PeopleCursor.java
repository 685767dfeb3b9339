package dev.rivulet.views.funnels;

/** The person that the next page of people begins with. */
record PeopleCursor(int partition, int person) {
  static final PeopleCursor START = new PeopleCursor(0, 0);

  /**
   * @throws IllegalArgumentException when it is not one of {@link #toString}
   */
  static PeopleCursor parse(String text) {
    int dash = text.indexOf('-');
    try {
      int partition = Integer.parseInt(text, 0, Math.max(dash, 0), 10);
      int person = Integer.parseInt(text, dash + 1, text.length(), 10);
      if (partition >= 0 && person >= 0) {
        return new PeopleCursor(partition, person);
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "cursor '" + text + "' is none: take the 'next' of the page before");
  }

  @Override
  public String toString() {
    return partition + "-" + person;
  }
}
