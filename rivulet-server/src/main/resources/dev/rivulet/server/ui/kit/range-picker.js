import { LitElement, css, html, nothing } from "lit";
import { RANGES, clock, day, dayClock, instantOf, wall } from "../lib/time.js";
import { icon } from "./icon.js";
import { Popover, popoverStyles } from "./popover.js";
import { shared } from "./styles.js";

/**
 * A stretch of time: `range` is `{last}` or `{from, to}` (epoch millis), `ranges` the usual ones.
 * Fires `range` with the same shape. Clock times are of the zone of the numbers, which is not always the reader's.
 */
export class RvRangePicker extends LitElement {
  static properties = { range: { attribute: false }, ranges: { attribute: false }, zone: {}, now: { attribute: false }, wrong: { state: true } };

  static styles = [
    shared,
    popoverStyles,
    css`
      .options button { width: 100%; }
      form { display: grid; gap: var(--space-3); padding: var(--space-4); border-top: 1px solid var(--line); }
      label { display: grid; grid-template-columns: 3rem 1fr; align-items: center; font-size: var(--size-s); color: var(--muted); }
      input { height: 2.25rem; min-width: 0; padding: 0 var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg); color: var(--text); color-scheme: inherit; }
      .wrong { color: var(--alarm); font-size: var(--size-s); }
      .button { justify-content: center; }
    `,
  ];

  constructor() {
    super();
    this.range = { last: "24h" };
    this.ranges = RANGES;
    this.zone = "UTC";
    this.now = Date.now();
    this.wrong = null;
    this.drop = new Popover(this);
  }

  get text() {
    if (this.range.last) return this.ranges.find((known) => known.value === this.range.last)?.label ?? `last ${this.range.last}`;
    const { from, to } = this.range;
    const wholeDays = [from, to].every((at) => clock(at, this.zone) === "00:00");
    if (!wholeDays) return `${dayClock(from, this.zone)} to ${dayClock(to, this.zone)}`;
    const [first, last] = [day(from, this.zone), day(to - 1, this.zone)]; // The end is not part of the range.
    return first === last ? first : `${first} to ${last}`;
  }

  /** The range in epoch millis, `now` for an end still moving. */
  get ends() {
    if (!this.range.last) return this.range;
    const known = this.ranges.find((one) => one.value === this.range.last) ?? this.ranges[1];
    return { from: this.now - known.millis, to: this.now };
  }

  render() {
    return html`
      <button class="opener" aria-haspopup="dialog" aria-expanded=${this.drop.open} aria-label="Range: ${this.text}"
        @click=${this.toggle}><span>${this.text}</span>${icon("down")}</button>
      ${this.drop.open ? this.panel() : nothing}
    `;
  }

  panel() {
    const { from, to } = this.ends;
    return html`<div class="panel" role="dialog" aria-label="Range" @keydown=${this.keys}>
      <div class="options">${this.ranges.map((known) => html`<button class="option" aria-pressed=${this.range.last === known.value}
        @click=${() => this.choose({ last: known.value })}><span class="cut">${known.label}</span>${icon("check")}</button>`)}</div>
      <form @submit=${this.custom}>
        <label>From<input type="datetime-local" name="from" required .value=${wall(from, this.zone)}></label>
        <label>To<input type="datetime-local" name="to" required .value=${wall(to, this.zone)}></label>
        ${this.wrong === null ? nothing : html`<p class="wrong" role="alert">${this.wrong}</p>`}
        <button class="button">Show this range (${this.zone})</button>
      </form>
    </div>`;
  }

  async toggle() {
    if (this.drop.open) {
      this.drop.hide(true);
      return;
    }
    this.wrong = null;
    await this.drop.show();
    (this.renderRoot.querySelector("[aria-pressed=true]") ?? this.renderRoot.querySelector(".option")).focus();
  }

  keys(event) {
    const options = [...this.renderRoot.querySelectorAll(".option")];
    const at = options.indexOf(this.renderRoot.activeElement);
    if (event.key === "Escape") this.drop.hide(true);
    else if (event.key === "ArrowDown" && at >= 0) options[Math.min(options.length - 1, at + 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) options[Math.max(0, at - 1)].focus();
    else return;
    event.preventDefault();
  }

  custom(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const from = instantOf(form.get("from"), this.zone);
    const to = instantOf(form.get("to"), this.zone);
    if (!(from < to)) {
      this.wrong = "The range must begin before it ends.";
      return;
    }
    this.choose({ from, to });
  }

  choose(range) {
    this.drop.hide(true);
    this.dispatchEvent(new CustomEvent("range", { detail: range }));
  }
}

customElements.define("rv-range-picker", RvRangePicker);
