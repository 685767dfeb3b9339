/**
 * Turns the series of a chart into what uPlot draws: stacks them, and splits an unfinished last
 * bucket off into a dashed piece of its own.
 *
 * `series`: `[{label, values, token, style, dash?}]` with `style` of `line`, `area`, `bars`; null is
 * "no data" and stays a gap; a `faint` line stands behind the others.
 */
export function layers(series, { stacked, partial }) {
  const heights = stacked ? stack(series.map((one) => one.values)) : series.map((one) => one.values);
  const drawn = [];
  series.forEach((one, index) => {
    const values = heights[index];
    if (one.style === "bars" || partial < 0 || one.whole) {
      drawn.push({ ...one, values, index });
      return;
    }
    drawn.push({ ...one, values: values.map((value, i) => (i === partial ? null : value)), index });
    drawn.push({
      ...one,
      values: values.map((value, i) => (i === partial || i === partial - 1 ? value : null)),
      index,
      style: "line",
      dash: [4, 4],
      tail: true,
    });
  });
  // The highest layer of a stack goes first, the lower ones are painted over it.
  // Without a stack, the faint lines go first.
  return drawn.sort((a, b) => (stacked ? b.index - a.index : Boolean(b.faint) - Boolean(a.faint)));
}

function stack(columns) {
  const running = { up: [], down: [] }; // What is below zero hangs from it, it does not eat into what stands.
  return columns.map((values) => {
    const pile = values.some((value) => value < 0) ? running.down : running.up;
    return values.map((value, i) => {
      const below = pile[i] ?? null;
      const height = value === null ? below : value + (below ?? 0);
      pile[i] = height;
      return height;
    });
  });
}

/** The index of the unfinished bucket, -1 if there is none. */
export const partialIndex = (rows) => rows.findLastIndex((row) => row.partial === true);
