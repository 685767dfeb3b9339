/*
 * A board on a screen nobody touches: as large as the screen, awake, without a pointer, and never with
 * the same bright pixels at the same place for long.
 */
import { gliding } from "../lib/motion.js";

const GUTTER_REM = 1;
const HEAD_REM = 2.75;
const ROW_REM = 5.75; // a row with its gap
const LEAST_PIXELS = 11;
const MOST_PIXELS = 64;
/** A grid narrower than this many rem has no room for its twelve columns. */
const WIDTH_REM = 62;
const SHIFT_MILLIS = 60_000;
const PAGE_MILLIS = 20_000;
const POINTER_MILLIS = 3_000;
/** Around a small square, a step a minute. */
const SHIFTS = [[0, 0], [3, 0], [6, 2], [6, 5], [3, 6], [0, 6], [-3, 5], [-4, 2], [-2, -1]];

/** A controller of the frame on the wall; `rows()` tells how many rows the board has. */
export class Wall {
  constructor(host, rows) {
    this.host = host;
    this.rows = rows;
    this.on = false;
    this.shift = [0, 0];
    host.addController(this);
    this.fit = () => this.size();
    this.moved = () => this.showPointer();
    this.seen = () => {
      if (document.visibilityState === "visible") this.keepAwake();
    };
  }

  hostDisconnected() {
    this.leave();
  }

  enter() {
    if (this.on) return;
    this.on = true;
    this.size();
    addEventListener("resize", this.fit);
    addEventListener("pointermove", this.moved);
    document.addEventListener("visibilitychange", this.seen);
    let step = 0;
    this.shifting = setInterval(() => {
      step = (step + 1) % SHIFTS.length;
      this.shift = SHIFTS[step];
      this.host.requestUpdate();
    }, SHIFT_MILLIS);
    this.paging = setInterval(() => this.turnPage(), PAGE_MILLIS);
    this.keepAwake();
    this.showPointer();
  }

  leave() {
    if (!this.on) return;
    this.on = false;
    removeEventListener("resize", this.fit);
    removeEventListener("pointermove", this.moved);
    document.removeEventListener("visibilitychange", this.seen);
    clearInterval(this.shifting);
    clearInterval(this.paging);
    clearTimeout(this.hiding);
    this.lock?.release().catch(() => {});
    this.lock = null;
    this.host.toggleAttribute("still", false);
    document.documentElement.style.removeProperty("font-size");
  }

  /** All sizes are in rem, so one number fits the whole board to the screen. */
  size() {
    const tall = this.rows() * ROW_REM + HEAD_REM + GUTTER_REM * 2;
    const fitting = Math.min(innerHeight / tall, innerWidth / WIDTH_REM);
    document.documentElement.style.fontSize = `${Math.min(MOST_PIXELS, Math.max(LEAST_PIXELS, fitting)).toFixed(2)}px`;
  }

  /** What is taller than the screen is shown in turns. */
  turnPage() {
    const page = innerHeight * 0.9;
    const last = document.documentElement.scrollHeight - innerHeight;
    if (last < 8) return;
    scrollTo({ top: scrollY >= last - 8 ? 0 : Math.min(last, scrollY + page), behavior: gliding() });
  }

  async keepAwake() {
    try {
      this.lock = await navigator.wakeLock?.request("screen");
    } catch {
      // Refused, or not over https: then the screen's own settings decide.
    }
  }

  showPointer() {
    this.host.toggleAttribute("still", false);
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => this.host.toggleAttribute("still", true), POINTER_MILLIS);
  }
}
