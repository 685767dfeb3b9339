import { html, svg } from "lit";

const shapes = {
  sun: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"/>`,
  moon: svg`<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z"/>`,
  system: svg`<rect x="2" y="3" width="12" height="8" rx="1"/><path d="M6 13.5h4"/>`,
  leave: svg`<path d="M6 2.5H3.5v11H6M7 8h6.5M11 5.5 13.5 8 11 10.5"/>`,
  down: svg`<path d="m4 6 4 4 4-4"/>`,
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`,
  check: svg`<path d="m3 8.5 3.2 3.2L13 4.8"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 3.2v-.7h-8v8h.7"/>`,
  code: svg`<path d="M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  grip: svg`<path d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" stroke-width="2.2"/>`,
  pencil: svg`<path d="m3 13 .6-2.8 7.4-7.4 2.2 2.2-7.4 7.4L3 13Z"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  share: svg`<path d="M8 9.5v-7M5.5 4.7 8 2.2l2.5 2.5M4.5 7H3v6.5h10V7h-1.5"/>`,
  wall: svg`<path d="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10"/>`,
  undo: svg`<path d="M6 3 2.5 6.5 6 10M2.8 6.5h6.4a3.8 3.8 0 0 1 0 7.5H6.5"/>`,
  redo: svg`<path d="m10 3 3.5 3.5L10 10M13.2 6.5H6.8a3.8 3.8 0 0 0 0 7.5h2.7"/>`,
  tidy: svg`<path d="M2.5 2.5h11M8 13.5v-8M5 8.3 8 5.4l3 2.9"/>`,
  lines: svg`<path d="m2 11 3.5-5 3 3L14 3.5"/>`,
  area: svg`<path d="M2 13V9.5L5.5 5l3 3L14 3v10Z" fill="currentColor" fill-opacity=".3"/>`,
  bars: svg`<path d="M3.5 13V8M8 13V3M12.5 13V6" stroke-width="2.4"/>`,
};

/** A line drawing in the current colour; says nothing to screen readers. */
export function icon(name) {
  return html`<svg viewBox="0 0 16 16" width="1rem" height="1rem" fill="none" stroke="currentColor"
    stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
    >${shapes[name]}</svg>`;
}

/** Three streams that become one. */
export const mark = html`<svg viewBox="0 0 28 20" width="1.75rem" height="1.25rem" fill="none" stroke-width="2.4"
  stroke-linecap="round" aria-hidden="true"><path d="M2 3c8 0 8 7 15 7h9" stroke="var(--water)"/><path
  d="M2 10h24" stroke="var(--water)" opacity=".5"/><path d="M2 17c8 0 8-7 15-7" stroke="var(--sand)"/></svg>`;
