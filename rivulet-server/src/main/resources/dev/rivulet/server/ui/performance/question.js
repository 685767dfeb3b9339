import { address } from "../lib/api.js";
import { params, setParams } from "../lib/router.js";
import { RANGES, STEPS, knownZone, stepsFor, usualStep } from "../lib/time.js";
import { iso, setRange } from "../events/question.js";

export const PATH = "/api/v1/performance";
const USUAL = "1h";
export const USUAL_APDEX = 500;
const LIMIT = 30;
const MORE = 300;

/** What endpoints can be sorted by, in the API's words; all show the worst or most first. */
export const SORTS = ["requests", "totalMillis", "p50", "p95", "p99", "max", "errorRate", "apdex"];

/** Good up to so many milliseconds; any other number in the address is taken too. */
export const TARGETS = [50, 100, 200, 300, 500, 1_000, 2_000, 5_000];

/** What the address asks; what makes no sense in it falls back to the usual. */
export function question(projectZone, now) {
  const given = params();
  const zone = given.get("tz") !== null && knownZone(given.get("tz")) ? given.get("tz") : projectZone;
  const [from, to] = [given.get("from"), given.get("to")].map((time) => Date.parse(time ?? ""));
  const known = RANGES.find(({ value }) => value === given.get("last")) ?? RANGES.find(({ value }) => value === USUAL);
  const range = from < to ? { from, to } : { last: known.value };
  const millis = range.last ? known.millis : to - from;
  const steps = stepsFor(millis);
  const step = steps.find(({ value }) => value === given.get("step"))?.value ?? (range.last ? known.step : usualStep(millis));
  const apdex = Number(given.get("apdex"));
  return {
    endpoint: given.get("endpoint"),
    method: given.get("method"),
    range,
    step: STEPS.find(({ value }) => value === step),
    zone,
    apdex: apdex > 0 && apdex <= 86_400_000 ? apdex : USUAL_APDEX,
    sort: SORTS.includes(given.get("sort")) ? given.get("sort") : SORTS[0],
    log: given.get("scale") === "log",
    all: given.get("all") === "true",
    find: given.get("find") ?? "",
    moving: range.last !== undefined || range.to > now,
  };
}

const isOne = ({ endpoint }) => endpoint !== null;

/** The parameters that every call about the question has. */
function shared({ endpoint, method, range, zone }) {
  return { endpoint, method, ...(range.last ? range : { from: iso(range.from), to: iso(range.to) }), tz: zone };
}

/** The calls that answer the question, by what they give. */
export function callsOf(asked) {
  const { step, apdex, sort, all } = asked;
  const common = { ...shared(asked), apdex };
  const calls = {
    report: { path: PATH, params: { ...common, step: step.value, sort, limit: isOne(asked) ? 20 : all ? MORE : LIMIT, compare: "previous", by: isOne(asked) ? "node" : null } },
    heat: { path: `${PATH}/heatmap`, params: { ...shared(asked), step: step.value } },
  };
  if (isOne(asked)) calls.statuses = { path: PATH, params: { ...common, by: "status", limit: 1 } };
  return calls;
}

/** The page of one endpoint, in the range and by the measures of this one. */
export function endpointAddress(endpoint, method) {
  const kept = Object.fromEntries(["last", "from", "to", "step", "tz", "apdex", "scale"].map((name) => [name, params().get(name)]));
  return address("/performance", { ...kept, endpoint, method });
}

/** All endpoints again. */
export const allAddress = () => endpointAddress(null, null);

/** An endpoint as one word, for pickers. */
export const endpointName = (endpoint, method) => [method, endpoint ?? "no endpoint"].filter((part) => part !== null).join(" ");

export { setParams, setRange };
