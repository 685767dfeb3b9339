import { addressBelow, nameBelow, segment } from "../lib/naming.js";

export const BOARDS = "/api/v1/boards";
const PAGE = "/boards/";

/** As many as the API takes. */
export const MOST_TILES = 40;

export const boardPath = (name) => `${BOARDS}/${segment(name)}`;

/** The board's page, or null where no address can hold its name. */
export const boardAddress = (name, params) => addressBelow(PAGE, name, params);

/** The board whose page this address is; null when it is none, or not readable. */
export const addressed = () => nameBelow(PAGE);

/** Whether the address wants the board and nothing else, for a screen on the wall. */
export const onWall = () => location.pathname.startsWith(PAGE) && new URLSearchParams(location.search).has("wall");

/** A name for the address from a title: `Shop, today` is `shop-today`; one that is not taken. */
export function nameFor(title, taken) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "board";
  let name = plain;
  for (let i = 2; taken.includes(name); i += 1) name = `${plain}-${i}`;
  return name;
}

/** What is saved: the board without what the server adds. */
export const contentOf = ({ title, last, tiles }) => ({ title, ...(last ? { last } : {}), tiles });

export const same = (a, b) => JSON.stringify(contentOf(a)) === JSON.stringify(contentOf(b));

/** An id that no tile of the board has. */
export function freshId(tiles, kind) {
  const taken = new Set(tiles.map(({ id }) => id));
  let number = tiles.length + 1;
  while (taken.has(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}

export const KINDS = [
  { value: "number", label: "Number", width: 3, height: 2, tells: "with its trend" },
  { value: "line", label: "Line", width: 6, height: 4, tells: "over time" },
  { value: "bars", label: "Bars", width: 4, height: 4, tells: "one per value" },
  { value: "table", label: "Table", width: 6, height: 4, tells: "rows and columns" },
  { value: "percentiles", label: "Percentile bands", width: 6, height: 4, tells: "over time" },
  { value: "heatmap", label: "Heat map", width: 6, height: 4, tells: "shades" },
  { value: "text", label: "Text", width: 3, height: 2, tells: "a note" },
];

export const kindOf = (value) => KINDS.find((kind) => kind.value === value) ?? KINDS[0];
