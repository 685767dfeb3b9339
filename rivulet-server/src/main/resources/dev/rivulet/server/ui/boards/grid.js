/*
 * Where tiles stand. Places are `{column, row, width, height}` on 12 columns, counting from 1. What is
 * moved pushes what is in its way downwards; nothing falls upwards by itself, so a place that was left
 * free stays free.
 */
export const COLUMNS = 12;
export const MOST_HEIGHT = 20;
export const LAST_ROW = 400;

export const overlaps = (a, b) => a.column < b.column + b.width && b.column < a.column + a.width
  && a.row < b.row + b.height && b.row < a.row + a.height;

const clamp = (value, least, most) => Math.min(most, Math.max(least, Math.round(value)));

/** The nearest place that is on the grid. */
export function onGrid({ column, row, width, height }) {
  const wide = clamp(width, 1, COLUMNS);
  const high = clamp(height, 1, MOST_HEIGHT);
  return { width: wide, height: high, column: clamp(column, 1, COLUMNS - wide + 1), row: clamp(row, 1, LAST_ROW - high) };
}

/** The tiles with the one of that id at `place`, and the others out of its way. */
export function put(tiles, id, place) {
  const wanted = onGrid(place);
  const moved = tiles.map((tile) => (tile.id === id ? { ...tile, place: wanted } : tile));
  return settle(moved, id);
}

/** Takes tiles from the top; each that stands over one before it goes below that one. */
export function settle(tiles, first = null) {
  const order = tiles.toSorted((a, b) => (b.id === first) - (a.id === first) || a.place.row - b.place.row || a.place.column - b.place.column);
  const settled = [];
  for (const tile of order) {
    let place = onGrid(tile.place);
    for (let under = hit(settled, place); under !== undefined; under = hit(settled, place)) {
      place = { ...place, row: under.place.row + under.place.height };
    }
    settled.push({ ...tile, place });
  }
  const byId = new Map(settled.map((tile) => [tile.id, tile]));
  return tiles.map(({ id }) => byId.get(id));
}

const hit = (tiles, place) => tiles.find((tile) => overlaps(tile.place, place));

/** The tiles without empty rows and holes above them: each as high up as it goes. */
export function tidy(tiles) {
  const settled = [];
  for (const tile of inReadingOrder(tiles)) {
    let place = tile.place;
    while (place.row > 1 && hit(settled, { ...place, row: place.row - 1 }) === undefined) place = { ...place, row: place.row - 1 };
    settled.push({ ...tile, place });
  }
  const byId = new Map(settled.map((tile) => [tile.id, tile]));
  return tiles.map(({ id }) => byId.get(id));
}

/** The first place where so large a tile fits, from the top left. */
export function firstFree(tiles, width, height) {
  for (let row = 1; row < LAST_ROW; row += 1) {
    for (let column = 1; column + width - 1 <= COLUMNS; column += 1) {
      const place = { column, row, width, height };
      if (hit(tiles, place) === undefined) return place;
    }
  }
  return { column: 1, row: LAST_ROW - height, width, height };
}

export const rowsOf = (tiles) => Math.max(0, ...tiles.map(({ place }) => place.row + place.height - 1));

/** As one reads: by rows, then by columns; on a narrow screen the tiles stand in this order. */
export const inReadingOrder = (tiles) => tiles.toSorted((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);

/** A place in words, for those who do not see it. */
export const placeWords = ({ column, row, width, height }) =>
  `column ${column}, row ${row}, ${width} ${width === 1 ? "column" : "columns"} wide, ${height} ${height === 1 ? "row" : "rows"} high`;
