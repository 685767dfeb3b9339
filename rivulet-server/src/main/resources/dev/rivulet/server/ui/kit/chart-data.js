/**
 * Turns the series of a chart into what uPlot draws: stacks them, and splits an unfinished last
 * bucket off into a dashed piece of its own.
 *
 * `series`: `[{label, values, token, style, dash?}]` with `style` of `line`, `area`, `bars`; null is
 * "no data" and stays a gap.
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
  return stacked ? drawn.sort((a, b) => b.index - a.index) : drawn;
}

function stack(columns) {
  const running = [];
  return columns.map((values) =>
    values.map((value, i) => {
      const below = running[i] ?? null;
      const height = value === null ? below : value + (below ?? 0);
      running[i] = height;
      return height;
    }),
  );
}

/** The index of the unfinished bucket, -1 if there is none. */
export const partialIndex = (rows) => rows.findLastIndex((row) => row.partial === true);
