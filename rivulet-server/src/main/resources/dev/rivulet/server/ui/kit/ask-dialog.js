import { css, html, nothing } from "lit";

/** What the dialogs share that change something on the server. */
export const askDialogStyles = css`
  dialog { width: min(34rem, calc(100vw - 2rem)); }
  form { display: grid; gap: var(--space-4); padding: var(--space-5); overflow: auto; }
  label { display: grid; gap: var(--space-2); font-size: var(--size-s); }
  input { height: 2.5rem; min-width: 0; padding: 0 var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg); font-family: var(--mono); }
  .theirs { padding: var(--space-3) var(--space-4); background: var(--sunken); border-radius: var(--radius); overflow-wrap: anywhere; }
  .wrong { padding: var(--space-3) var(--space-4); border-left: 3px solid var(--alarm); background: var(--alarm-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; }
  .buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: var(--space-3); }
  .final { border-color: var(--alarm); color: var(--alarm); }
  .final:not([disabled]):hover { background: var(--alarm-soft); border-color: var(--alarm); }
`;

export const keyField = () => html`<label>Admin key, used for this only
  <input id="admin-key" type="password" autocomplete="off" spellcheck="false" required></label>`;

export function refusalWords({ status }, doing) {
  return status === 401 ? "The server does not know this key." : `You are signed in with a key that may only read. ${doing} takes the admin key.`;
}

/** Why it was not done, and what is missing; nothing where there is no error. */
export const refusal = (error, doing) => (error === null ? nothing
  : html`<p class="wrong" role="alert">${error.refused ? refusalWords(error, doing) : error.message}</p>${error.refused ? keyField() : nothing}`);
