/** The lag and what waits, second by second, for as long as the pages are open: the server keeps no history of it. */
const MOST = 600;
const GAP_MILLIS = 5_000;

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

/** `{times, lags, pending}`: epoch seconds, milliseconds, records; new arrays, for charts compare them. */
export const history = () => ({ times: [...kept.times], lags: [...kept.lags], pending: [...kept.pending] });
