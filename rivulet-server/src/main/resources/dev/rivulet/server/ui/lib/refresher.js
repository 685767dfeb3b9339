/**
 * Asks again after news, for the page `host`: one asking at a time, and before each a pause in which more news may
 * gather. What comes while it asks is asked for afterwards, and what comes while `may` says no, or while nobody sees
 * the page, once that ends: no news is lost, whenever it comes.
 *
 * `again` asks and tells failures itself; `pause` gives the milliseconds to wait before it, from what the last asking
 * took. After whatever makes `may` say yes again, call `start`.
 */
export class Refresher {
  constructor(host, again, { pause, may = () => true }) {
    this.host = host;
    this.again = again;
    this.pause = pause;
    this.may = may;
    this.wanted = false;
    this.timer = undefined;
    this.took = 0;
    this.start = this.start.bind(this);
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener("visibilitychange", this.start);
  }

  hostDisconnected() {
    document.removeEventListener("visibilitychange", this.start);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.wanted = false;
  }

  /** There is news. */
  soon() {
    this.wanted = true;
    this.start();
  }

  start() {
    if (this.timer === undefined && this.due) this.timer = setTimeout(() => this.run(), this.pause(this.took));
  }

  get due() {
    return this.wanted && this.host.isConnected && !document.hidden && this.may();
  }

  async run() {
    const { timer } = this;
    if (this.due) {
      this.wanted = false;
      const begun = performance.now();
      await this.again();
      this.took = performance.now() - begun;
    }
    if (this.timer !== timer) return; // The page was left meanwhile.
    this.timer = undefined;
    this.start();
  }
}
