import { css } from "lit";

export const listStyles = css`
  .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-3); }
  h1 { font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; }
  h1 .muted { font-weight: 400; }
  .teaching { max-width: 88rem; margin: 0 auto; padding-top: clamp(2rem, 7vh, 5rem); }
  ul { border-top: 1px solid var(--line-strong); }
  li { position: relative; display: grid; grid-template-columns: minmax(0, 1fr) minmax(8rem, 22%) 9rem; align-items: center; gap: var(--space-5) clamp(1.25rem, 4vw, 4rem); padding: var(--space-4) 0; border-bottom: 1px solid var(--line); }
  li:hover { background: var(--hover); }
  li:hover .name { color: var(--water); }
  .what { min-width: 0; }
  .name { display: block; font-size: var(--size-l); font-weight: 600; letter-spacing: -0.01em; }
  a.name::after { content: ""; position: absolute; inset: 0; }
  .path { color: var(--muted); }
  .state { display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--space-2); color: var(--muted); font-size: var(--size-s); padding-top: var(--space-1); }
  .fill { width: 6rem; height: 0.3rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
  .fill span { display: block; height: 100%; background: var(--water); transform-origin: 0 50%; transform: scaleX(var(--part)); transition: transform var(--flow) ease-out; }
  .numbers { display: grid; justify-items: end; text-align: right; }
  .conversion { font-size: var(--size-xl); font-weight: 500; letter-spacing: -0.02em; line-height: 1.2; }
  @media (max-width: 48rem) {
    li { grid-template-columns: minmax(0, 1fr) auto; gap: var(--space-2) var(--space-4); }
    rv-funnel-mini { grid-area: 2 / 1 / 3 / -1; height: 2rem; }
  }
`;
