import { css } from "lit";

/**
 * The panel under a button, for pickers: opens and closes it, keeps it on the screen. A controller of
 * a Lit element whose shadow root has `.opener` and, while `open`, `.panel`.
 */
export class Popover {
  constructor(host) {
    this.host = host;
    this.open = false;
    host.addController(this);
    this.outside = (event) => {
      if (!event.composedPath().includes(host)) this.hide();
    };
  }

  hostDisconnected() {
    this.hide();
  }

  async show() {
    this.open = true;
    document.addEventListener("pointerdown", this.outside);
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.keepOnScreen();
  }

  /** `back` returns the focus to the button: after a choice or Escape, not after a click elsewhere. */
  hide(back = false) {
    if (!this.open) return;
    this.open = false;
    document.removeEventListener("pointerdown", this.outside);
    this.host.requestUpdate();
    if (back) this.host.renderRoot.querySelector(".opener").focus();
  }

  toggle() {
    if (this.open) this.hide(true);
    else this.show();
  }

  keepOnScreen() {
    const panel = this.host.renderRoot.querySelector(".panel");
    if (panel === null) return;
    panel.style.translate = "0";
    const margin = 8;
    const { left, right } = panel.getBoundingClientRect();
    const over = Math.max(0, right - (document.documentElement.clientWidth - margin));
    panel.style.translate = `${Math.round(-Math.min(over, Math.max(0, left - margin)))}px`;
  }
}

export const popoverStyles = css`
  :host { display: inline-block; position: relative; max-width: 100%; }
  .opener::before { content: ""; position: absolute; inset: -0.2rem -0.1rem; } /* Room for a finger. */
  .opener { position: relative; display: inline-flex; align-items: baseline; max-width: 100%; gap: 0.25em; color: var(--water); border-bottom: 2px solid var(--water-deep); line-height: 1.3; transition: border-color var(--quick); }
  .opener:hover, .opener[aria-expanded="true"] { border-color: var(--water); }
  .opener svg { flex: none; align-self: center; width: 0.7em; height: 0.7em; stroke-width: 2; }
  .panel { position: absolute; z-index: 8; top: calc(100% + 0.5rem); left: 0; width: min(22rem, calc(100vw - 1rem)); background: var(--raised); border-radius: 0.75rem; box-shadow: var(--shadow); font-size: var(--size-m); letter-spacing: 0; overflow: hidden; animation: drop var(--quick) ease-out; }
  .options { max-height: min(22rem, 60dvh); overflow: auto; padding: var(--space-2); overscroll-behavior: contain; }
  .option { display: flex; align-items: center; gap: var(--space-3); min-height: 2.25rem; padding: 0 var(--space-3); border-radius: var(--radius); cursor: pointer; }
  .option .cut { flex: 1; }
  .option .detail { color: var(--muted); font-size: var(--size-s); }
  .option svg { flex: none; color: var(--water); visibility: hidden; }
  .option:is([aria-selected="true"], [aria-pressed="true"]) svg { visibility: visible; }
  .option:hover, .option[data-active] { background: var(--hover); }
  .note { padding: var(--space-2) var(--space-3); color: var(--muted); font-size: var(--size-s); }
  .search { display: flex; align-items: center; gap: var(--space-2); padding: 0 var(--space-4); border-bottom: 1px solid var(--line); color: var(--muted); }
  .search input { flex: 1; min-width: 0; height: 2.75rem; border: 0; background: none; color: var(--text); outline: none; }
  @keyframes drop { from { opacity: 0; transform: translateY(-0.3rem); } }
`;
