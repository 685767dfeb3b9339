import { css } from "lit";

/** A question as a sentence whose underlined words are choices. */
export const sentenceStyles = css`
  .sentence { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.35rem 0.45rem; font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; line-height: 1.35; }
  .sentence rv-picker { max-width: min(100%, 22em); }
  .sentence rv-conditions { font-weight: 500; }
  .sentence > span { color: var(--muted); }
`;
