import { ask } from "../lib/api.js";
import { BANDS, BAND_STATS, metricPath, usualOf } from "./metrics.js";
import { before, callParams } from "./question.js";

/** One answer for each stat that is drawn, listed or stands in a figure, by stat; split where groups are shown. */
export async function answersOf(asked, kind, signal) {
  const split = new Set([...(asked.stat === BANDS ? BAND_STATS : [asked.stat]), "count"]);
  const stats = [...new Set([...split, ...usualOf(kind).figures])];
  const answers = await Promise.all(stats.map((stat) =>
    ask(metricPath(asked.metric), callParams(asked, { stat, by: split.has(stat) ? asked.by : null }), { signal })));
  return Object.fromEntries(stats.map((stat, i) => [stat, answers[i]]));
}

/** The same stat over the stretch before. */
export const answerOfBefore = (asked, stat, now, signal) => ask(metricPath(asked.metric), before(asked, now, { stat }), { signal });
