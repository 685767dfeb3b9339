import { address } from "../lib/api.js";
import { rangeOf, stepOf, timesOf, zoneOf } from "../lib/question.js";
import { params } from "../lib/router.js";
import { STEPS } from "../lib/time.js";

export const PATH = "/api/v1/performance";
const USUAL = "1h";
export const USUAL_APDEX = 500;
const LIMIT = 30;
const MORE = 300;

/** What endpoints can be sorted by, in the API's words; all show the worst or most first. */
export const SORTS = ["requests", "totalMillis", "p50", "p95", "p99", "max", "errorRate", "apdex"];

/** Good up to so many milliseconds; any other number in the address is taken too. */
export const TARGETS = [50, 100, 200, 300, 500, 1_000, 2_000, 5_000];

/** What the address asks. */
export function question(projectZone, now) {
  const given = params();
  const asked = rangeOf(given, now, { usual: USUAL });
  const { step } = stepOf(given, asked);
  const apdex = Number(given.get("apdex"));
  return {
    endpoint: given.get("endpoint"),
    method: given.get("method"),
    range: asked.range,
    step: STEPS.find(({ value }) => value === step),
    zone: zoneOf(given, projectZone),
    apdex: apdex > 0 && apdex <= 86_400_000 ? apdex : USUAL_APDEX,
    sort: SORTS.includes(given.get("sort")) ? given.get("sort") : SORTS[0],
    log: given.get("scale") === "log",
    all: given.get("all") === "true",
    find: given.get("find") ?? "",
    moving: asked.moving,
  };
}

const isOne = ({ endpoint }) => endpoint !== null;

/** The parameters that every call about the question has. */
function shared({ endpoint, method, range, zone }) {
  return { endpoint, method, ...timesOf(range), tz: zone };
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
