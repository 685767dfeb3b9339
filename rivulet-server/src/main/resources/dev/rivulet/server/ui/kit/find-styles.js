import { css } from "lit";

/** A search over what the page lists. */
export const findStyles = css`
  .find { display: flex; align-items: center; gap: var(--space-3); border-bottom: 2px solid var(--water-deep); color: var(--water); transition: border-color var(--quick); }
  .find:focus-within { border-color: var(--water); }
  .find svg { flex: none; width: 1.375rem; height: 1.375rem; }
  .find input { flex: 1; min-width: 0; height: 3.25rem; border: 0; background: none; outline: none; color: var(--text); font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; }
  .find input::placeholder { color: var(--muted); opacity: 1; }
  .find input::-webkit-search-cancel-button { display: none; }
  .find button { padding: var(--space-2); border-radius: var(--radius); color: var(--muted); line-height: 0; }
  .find button:hover { background: var(--hover); color: var(--text); }
`;
