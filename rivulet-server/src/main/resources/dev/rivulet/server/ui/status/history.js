/** The lag and what waits, second by second, for as long as the pages are open: the server keeps no history of it. */
const MOST = 600;
const GAP_MILLIS = 5_000;
const SHORTEST_SECONDS = 120;

const kept = { times: [], lags: [], pending: [] };

/** Notes a reading at `at` (epoch millis); after a gap in the connection the line is broken. */
export function note(at, lagMillis, pending) {
  const last = kept.times.at(-1);
  if (last !== undefined && at / 1_000 <= last) return;
  if (last !== undefined && at / 1_000 - last > GAP_MILLIS / 1_000) push((last + at / 1_000) / 2, null, null);
  push(at / 1_000, lagMillis, pending);
}

function push(time, lag, waiting) {
  kept.times.push(time);
  kept.lags.push(lag);
  kept.pending.push(waiting);
  for (const column of Object.values(kept)) if (column.length > MOST) column.shift();
}

/** `{times, lags, pending}`: epoch seconds, milliseconds, records; over two minutes at least, so that a line begins at the right and flows. */
export function history() {
  const last = kept.times.at(-1);
  const early = last - kept.times[0] < SHORTEST_SECONDS ? [last - SHORTEST_SECONDS] : [];
  const gap = early.map(() => null);
  return { times: [...early, ...kept.times], lags: [...gap, ...kept.lags], pending: [...gap, ...kept.pending] };
}
