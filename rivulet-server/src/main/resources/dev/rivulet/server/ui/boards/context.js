import { ask } from "../lib/api.js";
import { key } from "../lib/session.js";

/** The API call, or what is given instead when it has no answer: a project need not have everything. */
const asked = (path, otherwise) => ask(path, {}, { withKey: key() }).catch(() => otherwise);

/**
 * What the project has, for templates and forms: `{events, funnels, metrics, performance, can}` with names,
 * the most frequent first; `can` tells which calls the server knows.
 */
export async function contextOf() {
  const [{ events }, { funnels }, metrics] = await Promise.all([
    asked("/api/v1/events", { events: [] }),
    asked("/api/v1/funnels", { funnels: [] }),
    asked("/api/v1/metrics", null),
  ]);
  const names = (metrics?.metrics ?? []).toSorted((a, b) => (b.samples ?? 0) - (a.samples ?? 0)).map(({ metric }) => metric);
  return {
    events: events.toSorted((a, b) => b.total - a.total).map(({ event }) => event),
    totals: new Map(events.map(({ event, total }) => [event, total])),
    funnels: funnels.map(({ name }) => name),
    metrics: names,
    tags: new Map((metrics?.metrics ?? []).map(({ metric, tags, nodes }) => [metric, [...Object.keys(tags ?? {}), ...(nodes?.length ? ["node"] : [])]])),
    kinds: new Map((metrics?.metrics ?? []).map(({ metric, kind }) => [metric, kind ?? null])),
    performance: names.includes("response_time"),
  };
}
