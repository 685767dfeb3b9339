import { LitElement, css, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { dayClock } from "../lib/time.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { personAddress } from "../people/people.js";
import { funnelPath, span } from "./funnels.js";
import { peopleParams } from "./question.js";
import "../kit/source.js";
import "../kit/states.js";

const AT_ONCE = 12;

/** Who reached a step or dropped before it: `chosen` is `{step, outcome}`, `asked` the range. Fires `shut`. */
export class RvFunnelPeople extends LitElement {
  static properties = {
    name: { attribute: false }, chosen: { attribute: false }, asked: { attribute: false }, titles: { attribute: false }, zone: {},
    answer: { state: true }, error: { state: true }, loading: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); padding: var(--space-4) var(--space-5) var(--space-3); background: var(--raised); border-radius: 0.75rem; box-shadow: 0 0 0 1px var(--line); }
      header { display: flex; align-items: start; gap: var(--space-4); }
      h2 { flex: 1; font-size: var(--size-l); overflow-wrap: anywhere; }
      h2:focus-visible { outline-offset: 6px; }
      .close { padding: var(--space-2); margin: calc(-1 * var(--space-1)); border-radius: var(--radius); line-height: 0; color: var(--muted); }
      .close:hover { background: var(--hover); color: var(--text); }
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      th, td { height: 2.5rem; padding: 0 var(--space-4) 0 0; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      thead th { height: 2rem; color: var(--muted); font-size: var(--size-s); border-bottom-color: var(--line-strong); }
      tbody th { font-weight: 600; position: relative; }
      tbody th a::after { content: ""; position: absolute; inset: 0; }
      tbody tr:hover { background: var(--hover); }
      tbody tr:hover a { color: var(--water); }
      .time { width: 11rem; }
      .took { width: 6rem; text-align: right; padding-right: 0; }
      td.time, td.took { color: var(--muted); font-size: var(--size-s); }
      .none { padding: var(--space-4) 0; color: var(--muted); }
      @media (max-width: 56rem) { .reached { display: none; } }
      @media (max-width: 40rem) { :host { padding: var(--space-4); } .took { display: none; } .time { width: 9rem; text-align: right; padding-right: 0; } }
    `,
  ];

  constructor() {
    super();
    this.answer = null;
    this.error = null;
    this.loading = false;
    this.addEventListener("keydown", ({ key }) => key === "Escape" && this.dispatchEvent(new CustomEvent("shut")));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  get params() {
    return peopleParams(this.asked, this.chosen);
  }

  get path() {
    return funnelPath(this.name, "/people");
  }

  willUpdate(changed) {
    const key = JSON.stringify([this.path, this.params]);
    if (key === this.key) return;
    const other = changed.has("chosen") || changed.has("name");
    this.key = key;
    if (other) this.answer = null;
    this.load();
  }

  /** Where the reader goes on after choosing whom to see. */
  async focusHead() {
    await this.updateComplete;
    this.renderRoot.querySelector("h2").focus();
    this.scrollIntoView({ block: "nearest" });
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      this.answer = await this.page({}, request.signal);
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  /** A page may hold fewer people than asked for and still have a next one: reads on until one is full. */
  async page(cursor, signal) {
    let answer = await ask(this.path, { ...this.params, limit: AT_ONCE, ...cursor }, { signal });
    const { people } = answer;
    for (let turns = 0; people.length < AT_ONCE && answer.next !== undefined && turns < 8; turns++) {
      answer = await ask(this.path, { ...this.params, limit: AT_ONCE - people.length, cursor: answer.next }, { signal });
      people.push(...answer.people);
    }
    return { people, next: answer.next };
  }

  async more() {
    this.loading = true;
    const { key } = this;
    try {
      const page = await this.page({ cursor: this.answer.next });
      if (key === this.key) this.answer = { people: [...this.answer.people, ...page.people], next: page.next };
    } catch (error) {
      if (!error.refused) this.error = error;
    } finally {
      this.loading = false;
    }
  }

  render() {
    const { step, outcome } = this.chosen;
    const title = this.titles[step - 1] ?? `step ${step}`;
    return html`
      <header><h2 tabindex="-1">${outcome === "reached" ? "Reached" : "Dropped before"} <bdi>${title}</bdi></h2>
        <button class="close" aria-label="Close the list of people" @click=${() => this.dispatchEvent(new CustomEvent("shut"))}>${icon("close")}</button></header>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.answer !== null ? this.list() : this.error === null ? html`<rv-skeleton lines="5" aria-busy="true"></rv-skeleton>` : nothing}`;
  }

  list() {
    const { people, next } = this.answer;
    if (people.length === 0 && next === undefined) return html`<p class="none">Nobody, in this range.</p>`;
    return html`<table aria-label="People">
        <thead><tr><th scope="col">person</th><th scope="col" class="reached">came as far as</th><th scope="col" class="time">entered</th><th scope="col" class="took">took</th></tr></thead>
        <tbody id="who">${people.map((person) => this.row(person))}</tbody></table>
      ${next === undefined ? nothing : html`<p><button class="button" ?disabled=${this.loading} @click=${this.more}>Show more</button></p>`}
      <rv-source .facts=${[`${count(people.length)}${next === undefined ? "" : " so far"}, in no order that means anything`, this.zone]} path=${this.path} .params=${this.params}></rv-source>`;
  }

  row({ user, entered, reached, lastStepAt }) {
    const [name, href] = [foreign(user), personAddress(user)];
    const [first, last] = [Date.parse(entered), Date.parse(lastStepAt)];
    return html`<tr><th scope="row" title=${name}>${href === null ? html`<bdi>${name}</bdi>` : html`<a href=${href} data-page><bdi>${name}</bdi></a>`}</th>
      <td class="reached">${reached} <bdi>${this.titles[reached - 1] ?? ""}</bdi></td><td class="time" title="last step ${dayClock(last, this.zone)}">${dayClock(first, this.zone)}</td>
      <td class="took" title="from the first step to the last one done">${last > first ? span((last - first) / 1_000) : "–"}</td></tr>`;
  }
}

customElements.define("rv-funnel-people", RvFunnelPeople);
