import { parsed, written } from "./query.js";
import { routeOf } from "./readings.js";

/*
 * What a tile can ask, as forms: each turns its fields into a call of the API and back. A query that no
 * form knows stays what it is, a text.
 */
const api = (path, params = {}) => written({ path: `/api/v1/${path}`, params });
const encoded = encodeURIComponent;

const ALL = { value: "", label: "any event" };
const NOT_SPLIT = { value: "", label: "not split" };

const eventsOf = ({ events }, more = []) => [...more, ...events.map((value) => ({ value }))];

export const FORMS = [
  { id: "count", label: "Events, how often", path: /^events\/count$/, fields: [
    { name: "event", label: "Event", options: (context) => eventsOf(context, [ALL]), search: true },
    { name: "by", label: "Split by", of: "event", options: (context, { properties }) => [NOT_SPLIT, ...properties] }],
    call: ({ event, by }) => api("events/count", { event, by }) },
  { id: "uniques", label: "People, how many", path: /^events\/uniques$/, fields: [
    { name: "event", label: "Who did", options: (context) => eventsOf(context, [ALL]), search: true }],
    call: ({ event }) => api("events/uniques", { event }) },
  { id: "top", label: "The most frequent values", path: /^events\/top$/, kind: "bars", fields: [
    { name: "event", label: "Event", options: (context) => eventsOf(context), search: true, must: true },
    { name: "property", label: "Property", of: "event", options: (_, { properties }) => properties, must: true },
    { name: "limit", label: "How many", options: () => ["5", "8", "10", "20", "50"].map((value) => ({ value })), usual: "10" }],
    call: ({ event, property, limit }) => api("events/top", { event, property, limit }) },
  { id: "stats", label: "A number that events carry", path: /^events\/stats$/, fields: [
    { name: "event", label: "Event", options: (context) => eventsOf(context), search: true, must: true },
    { name: "property", label: "Property", of: "event", options: (_, { properties }) => properties, must: true }],
    call: ({ event, property }) => api("events/stats", { event, property }) },
  { id: "sessions", label: "Sessions", path: /^sessions$/, fields: [], call: () => api("sessions") },
  { id: "online", label: "People online now", path: /^online$/, fields: [], call: () => api("online") },
  { id: "funnel", label: "A funnel", path: /^funnels\/([^/]+)\/report$/, named: "funnel", there: ({ funnels }) => funnels.length > 0, fields: [
    { name: "funnel", label: "Funnel", options: ({ funnels }) => funnels.map((value) => ({ value })), search: true, must: true }],
    call: ({ funnel }) => api(`funnels/${encoded(funnel)}/report`) },
  { id: "retention", label: "Retention", path: /^retention$/, kind: "heatmap", fields: [
    { name: "period", label: "By", options: () => ["day", "week", "month"].map((value) => ({ value })), usual: "week" },
    { name: "first", label: "Who first did", options: (context) => eventsOf(context, [ALL]), search: true },
    { name: "return", label: "And came back with", options: (context) => eventsOf(context, [ALL]), search: true }],
    call: ({ period, first, return: back }) => api("retention", { period, first, return: back }) },
  { id: "lifecycle", label: "New, returning, gone", path: /^retention\/lifecycle$/, kind: "bars", fields: [
    { name: "period", label: "By", options: () => ["day", "week", "month"].map((value) => ({ value })), usual: "week" }],
    call: ({ period }) => api("retention/lifecycle", { period }) },
  { id: "metric", label: "A metric", path: /^metrics\/([^/]+)$/, named: "metric", there: ({ metrics }) => metrics.length > 0, fields: [
    { name: "metric", label: "Metric", options: ({ metrics }) => metrics.map((value) => ({ value })), search: true, must: true },
    { name: "stat", label: "Number", options: () => ["mean", "sum", "count", "rate", "min", "max", "last", "p50", "p90", "p95", "p99", "p999"].map((value) => ({ value })), usual: "mean" },
    { name: "by", label: "Split by", options: ({ tags }, { values }) => [NOT_SPLIT, ...(tags.get(values.metric) ?? []).map((value) => ({ value }))] }],
    call: ({ metric, stat, by }) => api(`metrics/${encoded(metric)}`, { stat, by }) },
  { id: "current", label: "A metric, its value now", path: /^metrics\/([^/]+)\/current$/, named: "metric", kind: "number", there: ({ metrics }) => metrics.length > 0, fields: [
    { name: "metric", label: "Metric", options: ({ metrics }) => metrics.map((value) => ({ value })), search: true, must: true }],
    call: ({ metric }) => api(`metrics/${encoded(metric)}/current`) },
  { id: "performance", label: "Response times", path: /^performance$/, there: ({ performance }) => performance, fields: [
    { name: "endpoint", label: "Endpoint", typed: true, none: "all endpoints" }],
    call: ({ endpoint }) => api("performance", { endpoint }) },
  { id: "latencies", label: "Response times, heat map", path: /^performance\/heatmap$/, kind: "heatmap", there: ({ performance }) => performance, fields: [
    { name: "endpoint", label: "Endpoint", typed: true, none: "all endpoints" }],
    call: ({ endpoint }) => api("performance/heatmap", { endpoint }) },
  { id: "any", label: "Any call of the API", fields: [], call: ({ query }) => query },
];

const RANGE = ["last", "from", "to", "step", "tz"];

/** The form of a tile's query with its values; the form "any" where a form would lose something. */
export function formOf(query) {
  const read = parsed(query);
  const below = read?.path.replace(/^\/api\/v1\//, "");
  for (const form of FORMS) {
    const match = read && form.path?.exec(below);
    if (!match) continue;
    const values = { ...read.params };
    RANGE.forEach((name) => delete values[name]);
    if (form.named) values[form.named] = decoded(match[1]);
    if (Object.keys(values).every((name) => form.fields.some((field) => field.name === name))) return { form, values, range: picked(read.params) };
  }
  return { form: FORMS.at(-1), values: { query: query ?? "" }, range: {} };
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const picked = (params) => Object.fromEntries(RANGE.filter((name) => name in params).map((name) => [name, params[name]]));

/** The query of a form's values with the tile's own range; null while something is missing. */
export function queryOf(form, values, range = {}) {
  if (form.fields.some(({ name, must }) => must && !values[name])) return null;
  const query = form.call(values);
  const read = parsed(query);
  return read === null || form.id === "any" ? query : written({ path: read.path, params: { ...read.params, ...range } });
}

/** The values a form begins with. */
export function usualValues(form, context) {
  const values = {};
  for (const { name, usual, must, options } of form.fields) {
    const first = must && options ? options(context, { properties: [], values })[0]?.value : undefined;
    if (usual ?? first) values[name] = usual ?? first;
  }
  return values;
}

/** The kinds of tiles that can show the query. */
export const kindsFor = (query) => {
  const read = parsed(query);
  return read === null ? [] : routeOf(read.path).kinds;
};
