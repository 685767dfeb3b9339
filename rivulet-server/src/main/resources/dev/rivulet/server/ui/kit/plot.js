import { css } from "lit";

/** What every uPlot of ours shares. uPlot's own style sheet is not used: these are the rules needed. */
export const plotStyles = css`
  .uplot, .uplot * { box-sizing: border-box; }
  .u-wrap { position: relative; user-select: none; }
  .u-over, .u-under { position: absolute; }
  .u-under { overflow: hidden; }
  .uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
  .u-axis { position: absolute; }
  .u-legend { display: none; }
  .u-select { position: absolute; pointer-events: none; background: var(--water-soft); }
  .u-cursor-x, .u-cursor-y { position: absolute; left: 0; top: 0; pointer-events: none; }
  .u-hz .u-cursor-x { height: 100%; border-right: 1px solid var(--line-strong); }
  .u-cursor-pt { position: absolute; top: 0; left: 0; border-radius: 50%; border: 0 solid; pointer-events: none; background-clip: padding-box !important; }
  .u-off { display: none; }
  .tip {
    position: absolute; z-index: 2; top: 0; left: 0; pointer-events: none; min-width: 9rem; max-width: 20rem;
    padding: var(--space-2) var(--space-3); border-radius: var(--radius);
    background: var(--raised); box-shadow: var(--shadow); font-size: var(--size-s);
  }
  .tip table { border-spacing: 0; width: 100%; }
  .tip caption { text-align: left; color: var(--muted); white-space: nowrap; padding-bottom: 0.15rem; }
  .tip th { font-weight: 400; text-align: left; max-width: 13rem; padding: 0 var(--space-4) 0 0; }
  .tip td { font-weight: 600; text-align: right; white-space: nowrap; }
  .tip td.key { width: 1.1rem; padding: 0; }
  .key i { display: block; width: 0.6rem; height: 0.6rem; border-radius: 2px; }
  /* Paper is narrower than the screen that was drawn for: the drawing shrinks as a whole, and nothing is cut off. */
  @media print {
    :host { height: auto !important; min-height: 0 !important; }
    .frame { position: static !important; }
    .u-wrap { max-width: 100%; height: auto !important; }
    .uplot canvas { height: auto; }
    .u-over, .u-under, .u-axis, .tip { display: none; }
  }
`;

/** Resolves tokens (light-dark() and all) to colours that a canvas understands. */
export function palette(host) {
  const probe = document.createElement("i");
  probe.hidden = true;
  host.append(probe);
  const known = new Map();
  const color = (token) => {
    if (!known.has(token)) {
      probe.style.color = `var(${token})`;
      known.set(token, getComputedStyle(probe).color);
    }
    return known.get(token);
  };
  const done = () => probe.remove();
  return { color, done };
}

/** Pixels of one rem: canvases do not scale with the reader's font size by themselves. */
export const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The axis labels' font, for canvases. */
export function axisFont(host) {
  return `${Math.round(rem() * 0.75)}px ${getComputedStyle(host).fontFamily}`;
}

/** Calls back when the theme changes: the system's, or the one chosen here. */
export function onTheme(listener) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", listener);
  const chosen = new MutationObserver(listener);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => {
    system.removeEventListener("change", listener);
    chosen.disconnect();
  };
}

/** A see-through version of a resolved colour. */
export function fade(color, alpha) {
  const parts = color.match(/[\d.]+/g);
  return `rgba(${parts[0]}, ${parts[1]}, ${parts[2]}, ${alpha})`;
}

/** Diagonal lines: "not finished yet". On `paper` where something else is painted below. */
export function hatch(color, paper = null) {
  const size = Math.round(7 * devicePixelRatio);
  const tile = document.createElement("canvas");
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext("2d");
  if (paper !== null) {
    pen.fillStyle = paper;
    pen.fillRect(0, 0, size, size);
  }
  pen.fillStyle = fade(color, 0.18);
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = color;
  pen.lineWidth = 1.6 * devicePixelRatio;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

/** Puts a tooltip beside the point, on the side with room. */
export function place(tip, left, top, width, height) {
  const gap = 14;
  const box = tip.getBoundingClientRect();
  const x = left + gap + box.width > width ? left - gap - box.width : left + gap;
  const y = Math.min(Math.max(0, top - box.height / 2), Math.max(0, height - box.height));
  tip.style.transform = `translate(${Math.round(Math.max(0, x))}px, ${Math.round(y)}px)`;
}
