import { css } from "lit";

/** A modal sheet: `<dialog><div class="sheet"><header>…<button class="close">`. */
export const dialogStyles = css`
  dialog { width: min(46rem, calc(100vw - 2rem)); max-height: min(44rem, calc(100dvh - 2rem)); padding: 0; border: 0; border-radius: 0.75rem; background: var(--raised); color: var(--text); box-shadow: var(--shadow); }
  dialog::backdrop { background: #0007; }
  .sheet { display: flex; flex-direction: column; max-height: inherit; }
  header { display: flex; align-items: center; justify-content: space-between; padding: var(--space-3) var(--space-3) var(--space-3) var(--space-5); border-bottom: 1px solid var(--line); }
  .close { padding: var(--space-2); border-radius: var(--radius); line-height: 0; }
  .close:hover { background: var(--hover); }
`;
