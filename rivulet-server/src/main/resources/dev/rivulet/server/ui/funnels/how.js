import { LitElement, html, nothing } from "lit";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import { builderStyles } from "./builder-styles.js";
import "../kit/picker.js";

const UNITS = [{ value: "s", label: "seconds" }, { value: "m", label: "minutes" }, { value: "h", label: "hours" }, { value: "d", label: "days" }];
const ORDERS = [
  { value: "ordered", label: "in this order", tells: "Other events may happen in between." },
  { value: "strict", label: "one right after the other", tells: "Any other event of the person in between ends the attempt." },
  { value: "any", label: "in any order", tells: "Step 2 of the report then means: any two different ones of them." },
];
const COUNTS = [
  { value: "people", label: "people", tells: "Each person counts once, with the attempt that came furthest." },
  { value: "sessions", label: "sessions", tells: "All steps must be done within one visit; each visit counts." },
  { value: "entries", label: "entries", tells: "Each time somebody does the first step counts." },
];

/** Window, order and what is counted, as a sentence. Fires `change` with the part that changed. */
export class RvFunnelHow extends LitElement {
  static properties = { draft: { attribute: false }, wrong: { attribute: false } };

  static styles = [shared, sentenceStyles, builderStyles];

  render() {
    const { window, order, count } = this.draft;
    const [, number, unit] = /^(\d*)(ms|s|m|h|d)$/.exec(window) ?? [null, window, "d"];
    const counts = COUNTS.filter(({ value }) => order !== "any" || value !== "entries" || count === "entries");
    const at = this.wrong?.field ?? "";
    return html`<div class="how">
      <div class="sentence" role="group" aria-label="How it is counted"><span>within</span>
        <span><input id="window" type="text" inputmode="numeric" aria-label="Window" maxlength="9" .value=${number} ?aria-invalid=${at === "window"}
          @change=${({ target }) => this.tell({ window: `${target.value.trim()}${unit}` })}></span>
        <rv-picker id="window-unit" label="Unit of the window" .value=${unit} .options=${UNITS} @pick=${({ detail }) => this.tell({ window: `${number}${detail}` })}></rv-picker>
        <span>of the first step,</span>
        <rv-picker id="order" label="Order" .value=${order} .options=${ORDERS} @pick=${({ detail }) => this.tell({ order: detail, ...(detail === "any" ? this.freed() : {}) })}></rv-picker>
        <span>and counting</span>
        <rv-picker id="count" label="Count" .value=${count} .options=${counts} @pick=${({ detail }) => this.tell({ count: detail })}></rv-picker></div>
      <p class="muted">${ORDERS.find(({ value }) => value === order).tells} ${COUNTS.find(({ value }) => value === count).tells}</p>
      ${["window", "order", "count"].includes(at) ? html`<p class="wrong" role="alert">${this.wrong.message}</p>` : nothing}</div>`;
  }

  /** What the order any has no room for. */
  freed() {
    const { steps, count } = this.draft;
    return { steps: steps.map((step) => ({ ...step, optional: false })), count: count === "entries" ? "people" : count };
  }

  tell(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}


customElements.define("rv-funnel-how", RvFunnelHow);
