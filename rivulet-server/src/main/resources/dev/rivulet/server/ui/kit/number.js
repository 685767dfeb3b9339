import { LitElement, css } from "lit";
import { count } from "../lib/format.js";
import { calm } from "../lib/motion.js";

const FLOW_MILLIS = 600;
/** Digits that change more often are not seen, only paid for. */
const FRAME_MILLIS = 50;

/**
 * A number that flows to its new value instead of jumping. `format` turns the value in between into
 * text; null shows the dash of "no data".
 */
export class RvNumber extends LitElement {
  static properties = { value: { attribute: false }, format: { attribute: false } };

  static styles = css`:host { font-variant-numeric: tabular-nums; white-space: nowrap; }`;

  constructor() {
    super();
    this.value = null;
    this.format = count;
    this.shown = null;
    this.frame = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
    this.shown = this.value;
  }

  render() {
    return this.format(this.shown ?? this.value);
  }

  willUpdate(changed) {
    if (!changed.has("value")) return;
    const from = this.shown;
    const to = this.value;
    cancelAnimationFrame(this.frame);
    if (typeof from !== "number" || typeof to !== "number" || calm.matches || document.hidden) {
      this.shown = to;
      return;
    }
    const begin = performance.now();
    let drawn = -Infinity;
    const step = (now) => {
      const part = Math.min(1, Math.max(0, now - begin) / FLOW_MILLIS);
      if (part === 1 || now - drawn >= FRAME_MILLIS) {
        drawn = now;
        this.shown = part === 1 ? to : from + (to - from) * (1 - (1 - part) ** 3);
        this.requestUpdate();
      }
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }
}

customElements.define("rv-number", RvNumber);
