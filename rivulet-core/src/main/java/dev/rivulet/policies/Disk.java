package dev.rivulet.policies;

/** The files behind the store, which may hold for a while what no key holds any more. */
public interface Disk {
  /** A store whose files are somebody else's to look after. */
  Disk NOT_OURS =
      new Disk() {
        @Override
        public boolean isOurs() {
          return false;
        }

        @Override
        public void compact() {}
      };

  /** Whether the files are this process's to look after. */
  boolean isOurs();

  /**
   * Has the files rewritten from what the keys hold now; blocks until the old ones are gone.
   *
   * @throws RuntimeException when that did not succeed
   */
  void compact();
}
