/** Groups of a breakdown as series of the chart and rows of the table, with what is left as "other". */
const COLOURED = 8;

/** `[{label, total, values, token}]`, largest first; the sum of their totals is the answer's total. */
export function groupsOf(answer) {
  const groups = (answer.groups ?? []).map((group) => ({
    label: nameOf(group.group !== undefined ? group.group : group.value),
    total: group.total,
    values: align(answer.series, group.series),
  })).sort((a, b) => b.total - a.total);
  const shown = groups.slice(0, COLOURED).map((group, i) => ({ ...group, token: `--series-${i + 1}` }));
  const small = groups.slice(COLOURED).map((group) => ({ ...group, token: "--series-other" }));
  const left = answer.total - groups.reduce((sum, group) => sum + group.total, 0);
  const other = left > 0 ? [{ label: "other", total: left, values: rest(answer.series, groups), token: "--series-other" }] : [];
  return { rows: [...shown, ...small, ...other], series: [...shown, ...fold(answer.series, [...small, ...other])] };
}

/** A property's value as a name; null is its absence. */
export function nameOf(value) {
  if (value === null) return "(none)";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A group may leave out buckets in which it did not occur; in a bucket with data that is 0. */
function align(buckets, series) {
  if (series === undefined) return null;
  const counts = new Map(series.map(({ time, count }) => [time, count]));
  return buckets.map(({ time, count }) => (count === null ? null : counts.get(time) ?? 0));
}

function rest(buckets, groups) {
  return buckets.map(({ count }, i) =>
    // Estimated groups may add up to more than the bucket.
    count === null ? null : Math.max(0, count - groups.reduce((sum, { values }) => sum + (values?.[i] ?? 0), 0)));
}

function fold(buckets, groups) {
  if (groups.length === 0) return [];
  const values = buckets.map(({ count }, i) =>
    count === null ? null : groups.reduce((sum, group) => sum + (group.values?.[i] ?? 0), 0));
  return [{ label: "other", values, token: "--series-other" }];
}
