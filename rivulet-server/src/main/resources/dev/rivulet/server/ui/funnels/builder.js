import { LitElement, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import { builderStyles } from "./builder-styles.js";
import { BLANK_EXCLUSION, MOST_EXCLUSIONS, MOST_STEPS, definitionOf, isWhole, moved, setDraft, withBlank, without } from "./draft.js";
import { funnelKind } from "./funnels.js";
import "../kit/save-dialog.js";
import "./exclusion-editor.js";
import "./funnel-preview.js";
import "./how.js";
import "./step-editor.js";

/**
 * Edits `draft`, which lives in the address, and shows what it would give. `saved` is the funnel that
 * is being changed, null for a new one; `names` those that exist. Fires `saved` and `left`.
 */
export class RvFunnelBuilder extends LitElement {
  static properties = {
    draft: { attribute: false }, saved: { attribute: false }, names: { attribute: false },
    name: { state: true }, events: { state: true }, properties: { state: true }, error: { state: true }, dragged: { state: true }, said: { state: true },
  };

  static styles = [shared, sentenceStyles, builderStyles];

  constructor() {
    super();
    this.saved = null;
    this.names = [];
    this.name = "";
    this.events = [];
    this.properties = new Map();
    this.error = null;
    this.dragged = null;
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.loadEvents();
  }

  /** The button that led here is gone, and the focus with it. */
  firstUpdated() {
    this.renderRoot.querySelector("#name, h1").focus();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.letGo?.();
  }

  willUpdate(changed) {
    if (!changed.has("draft")) return;
    if (changed.get("draft") !== undefined) this.error = null; // What was wrong may be right now; the preview tells.
    for (const { events } of [...this.draft.steps, ...this.draft.exclude]) events.forEach((event) => this.loadProperties(event));
  }

  async loadEvents() {
    try {
      const { events } = await ask("/api/v1/events");
      this.events = events.toSorted((a, b) => b.total - a.total);
    } catch {
      // The pickers then offer nothing; the preview says what is wrong.
    }
  }

  async loadProperties(event) {
    if (this.properties.has(event)) return;
    this.properties.set(event, []);
    try {
      const { properties } = await ask("/api/v1/events/properties", { event });
      this.properties = new Map(this.properties).set(event, properties);
    } catch {
      // The conditions then offer no names.
    }
  }

  propertiesOf(events) {
    const all = events.flatMap((event) => this.properties.get(event) ?? []);
    return [...new Map(all.map((one) => [one.property, one])).values()];
  }

  render() {
    const { draft } = this;
    return html`
      ${this.head()}
      <div class="both">
        <div class="edit">
          <div class="steps">${draft.steps.map((step, i) => this.step(step, i))}</div>
          ${this.wrong("steps")}
          ${draft.steps.length < MOST_STEPS ? html`<button class="add" id="add-step" @click=${this.add}>add a step</button>` : html`<p class="muted small">A funnel has at most ${MOST_STEPS} steps.</p>`}
          <rv-funnel-how .draft=${draft} .wrong=${this.error} @change=${({ detail }) => setDraft({ ...draft, ...detail })}></rv-funnel-how>
          ${this.exclusions()}
          <p class="out-of-sight" role="status">${this.said}</p>
        </div>
        <rv-funnel-preview .definition=${isWhole(draft) ? definitionOf(draft) : null} @wrong=${({ detail }) => (this.error = detail)}></rv-funnel-preview>
      </div>
      <rv-save-dialog .kind=${funnelKind} @saved=${this.pass} @wrong=${({ detail }) => (this.error = detail)}></rv-save-dialog>`;
  }

  head() {
    const taken = this.saved === null && this.names.includes(this.name.trim());
    const ready = isWhole(this.draft) && (this.saved !== null || (this.name.trim() !== "" && !taken));
    return html`<form class="bar" @submit=${this.save}>
      ${this.saved !== null ? html`<div class="fixed"><h1 tabindex="-1"><bdi>${foreign(this.saved.name)}</bdi></h1></div>`
        : html`<label><span class="out-of-sight">Name</span><input id="name" maxlength="200" placeholder="Name this funnel" autocomplete="off" spellcheck="false" .value=${this.name}
          @input=${({ target }) => (this.name = target.value)}>
          ${taken ? html`<span class="wrong" role="alert">There is already a funnel of this name.</span>` : nothing}</label>`}
      <div class="buttons"><button type="button" class="button" id="cancel" @click=${() => this.dispatchEvent(new CustomEvent("left"))}>Cancel</button>
        <button class="button primary" id="save" ?disabled=${!ready} title=${ready ? nothing : this.saved === null && this.name.trim() === "" ? "Name it first" : "Choose an event for each step first"}>Save</button></div>
      ${this.wrong("name")}${this.wrong("")}
    </form>`;
  }

  /** What the API found wrong at this field; parts of it that have no place of their own are shown with it. */
  wrong(field) {
    const at = this.error?.field;
    if (this.error === null || at === undefined) return nothing;
    const here = field === "" ? !/^(steps|exclude|window|order|count|name)/.test(at ?? "") : at === field;
    return here ? html`<p class="wrong" role="alert">${this.error.message}</p>` : nothing;
  }

  wrongIn(list, i) {
    return this.error?.field?.startsWith(`${list}[${i}]`) ? this.error.message : "";
  }

  step(step, i) {
    const { draft } = this;
    const inside = i > 0 && i < draft.steps.length - 1 && draft.order !== "any";
    return html`<rv-step-editor id="edit-${i + 1}" .step=${step} .nth=${i + 1} .of=${draft.steps.length} .names=${this.events} .properties=${this.propertiesOf(step.events)}
      .mayBeOptional=${inside || step.optional} .wrong=${this.wrongIn("steps", i)} ?data-dragged=${this.dragged?.from === i}
      @change=${({ detail }) => setDraft({ ...draft, steps: draft.steps.toSpliced(i, 1, detail) })}
      @move=${({ detail }) => this.move(i, i + detail)} @grab=${({ detail }) => this.grab(i, detail)} @remove=${() => this.remove(i)}></rv-step-editor>`;
  }

  async add() {
    setDraft(withBlank(this.draft));
    await this.updateComplete;
    const added = [...this.renderRoot.querySelectorAll("rv-step-editor")].at(-1);
    await added.updateComplete;
    added.focusHandle();
  }

  remove(i) {
    setDraft(without(this.draft, i));
    this.said = `Step ${i + 1} removed`;
    this.renderRoot.querySelector("#add-step")?.focus();
  }

  async include(i) {
    setDraft({ ...this.draft, exclude: this.draft.exclude.toSpliced(i, 1) });
    this.said = `Exclusion ${i + 1} removed`;
    await this.updateComplete;
    this.renderRoot.querySelector("#add-exclusion")?.focus();
  }

  async move(from, to) {
    if (to < 0 || to >= this.draft.steps.length || to === from) return;
    setDraft(moved(this.draft, from, to));
    this.said = `Step ${from + 1} is now step ${to + 1}`;
    await this.updateComplete;
    this.renderRoot.querySelectorAll("rv-step-editor")[to].focusHandle();
  }

  /** Follows the pointer; the others make room, and the step stays where it is let go. */
  grab(from, start) {
    if (start.button !== 0) return;
    start.preventDefault();
    const rows = [...this.renderRoot.querySelectorAll("rv-step-editor")];
    const boxes = rows.map((row) => row.getBoundingClientRect());
    const scrolled = scrollY;
    let to = from;
    const shift = (i, by) => rows[i].style.setProperty("transform", by === 0 ? "" : `translateY(${by}px)`);
    const move = ({ clientY }) => {
      const by = clientY - start.clientY + scrollY - scrolled;
      const middle = boxes[from].top + boxes[from].height / 2 + by;
      to = boxes.filter(({ top, height }, i) => i !== from && top + height / 2 < middle).length;
      rows.forEach((_, i) => shift(i, i === from ? by : i > from && i <= to ? -boxes[from].height : i < from && i >= to ? boxes[from].height : 0));
    };
    const end = (event) => {
      this.letGo();
      if (event.type === "pointerup") this.move(from, to);
    };
    this.letGo = () => {
      rows.forEach((_, i) => shift(i, 0));
      this.dragged = null;
      for (const [name, listener] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) removeEventListener(name, listener);
    };
    this.dragged = { from };
    for (const [name, listener] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) addEventListener(name, listener);
  }

  exclusions() {
    const { draft } = this;
    return html`<div class="exclusions">${draft.exclude.map((one, i) => html`<rv-exclusion-editor id="exclude-${i + 1}" .exclusion=${one} .nth=${i + 1} .steps=${draft.steps.length} .order=${draft.order}
        .names=${this.events} .properties=${this.propertiesOf(one.events)} .wrong=${this.wrongIn("exclude", i)}
        @change=${({ detail }) => setDraft({ ...draft, exclude: draft.exclude.toSpliced(i, 1, detail) })}
        @remove=${() => this.include(i)}></rv-exclusion-editor>`)}
      ${this.wrong("exclude")}
      ${draft.exclude.length < MOST_EXCLUSIONS ? html`<button class="add" id="add-exclusion" @click=${() => setDraft({ ...draft, exclude: [...draft.exclude, BLANK_EXCLUSION] })}>
        leave out people who did something in between</button>` : html`<p class="muted small">${count(MOST_EXCLUSIONS)} exclusions at most.</p>`}</div>`;
  }

  save(event) {
    event.preventDefault();
    if (!isWhole(this.draft)) return;
    this.error = null;
    this.renderRoot.querySelector("rv-save-dialog").save(this.saved?.name ?? this.name.trim(), definitionOf(this.draft), this.saved?.revision ?? 0);
  }

  pass({ detail }) {
    this.dispatchEvent(new CustomEvent("saved", { detail }));
  }
}

customElements.define("rv-funnel-builder", RvFunnelBuilder);
