import { firstFree } from "./grid.js";
import { kindOf } from "./boards.js";
import { written } from "./query.js";

/*
 * Boards to begin with. A template looks at what the project has (`context`: names of events, funnels
 * and metrics, the most frequent first) and makes its tiles from that.
 */
const ORDERS = ["order_completed", "Order Completed", "order", "purchase", "checkout_completed", "payment_succeeded"];
const VIEWS = ["product_viewed", "Product Viewed", "view_item", "product_view", "view"];
const CARTS = ["added_to_cart", "Product Added", "add_to_cart", "cart"];
const CHECKOUTS = ["checkout_started", "Checkout Started", "begin_checkout", "checkout"];
const PAGES = ["page", "pageview", "$pageview", "request"];
const SIGNUPS = ["signup", "Signed Up", "sign_up", "account_created", "registered"];
const SEARCHES = ["search", "Products Searched", "search_performed"];

const firstOf = (names, wanted) => wanted.find((name) => names.includes(name)) ?? null;

const call = (path, params = {}) => written({ path: `/api/v1/${path}`, params });
const counted = (event, more = {}) => call("events/count", { event, ...more });

/** A tile without its place; `kind` gives the size unless told. */
const tile = (kind, title, query, { options, width = kindOf(kind).width, height = kindOf(kind).height } = {}) => ({ kind, title, query, options, width, height });
const number = (title, query, options, width) => tile("number", title, query, { options, width });

const funnelCall = (name) => call(`funnels/${encodeURIComponent(name)}/report`);

function web({ events }) {
  const page = firstOf(events, PAGES) ?? "page";
  return [
    number("People", call("events/uniques"), { better: "higher" }),
    number("Page views", counted(page), { better: "higher" }),
    number("Sessions", call("sessions"), { stat: "sessions", better: "higher" }),
    number("Online now", call("online")),
    tile("line", "Page views by device", counted(page, { by: "device" }), { width: 8 }),
    tile("bars", "Top pages", call("events/top", { event: page, property: "path", limit: 7 })),
    number("Bounce rate", call("sessions"), { stat: "bounceRate", better: "lower" }, 4),
    number("Median visit", call("sessions"), { stat: "medianSeconds", better: "higher" }, 4),
    number("Pages per session", call("sessions"), { stat: "pagesPerSession", better: "higher" }, 4),
    tile("bars", "Where they come from", call("events/top", { event: page, property: "referrer", limit: 7 }), { width: 6 }),
    tile("bars", "Countries", call("events/top", { event: page, property: "country", limit: 7 }), { width: 6 }),
  ];
}

function shop({ events, funnels }) {
  const order = firstOf(events, ORDERS) ?? ORDERS[0];
  const view = firstOf(events, VIEWS) ?? VIEWS[0];
  const cart = firstOf(events, CARTS) ?? CARTS[0];
  const funnel = funnels.find((name) => /checkout/i.test(name)) ?? funnels[0] ?? null;
  return [
    number("Orders", counted(order), { better: "higher" }),
    number("Products viewed", counted(view), { better: "higher" }),
    number("Into the cart", counted(cart), { better: "higher" }),
    number("Customers", call("events/uniques", { event: order }), { unit: "people who ordered", better: "higher" }),
    tile("line", "Orders by country", counted(order, { by: "country" }), { width: 8 }),
    ...(funnel === null ? [] : [tile("bars", "Checkout", funnelCall(funnel))]),
    tile("bars", "Best viewed products", call("events/top", { event: view, property: "product", limit: 7 })),
    tile("bars", "Categories in carts", call("events/top", { event: cart, property: "category", limit: 7 })),
    tile("bars", "Orders by device", call("events/top", { event: order, property: "device" })),
  ];
}

function people({ events }) {
  const signup = firstOf(events, SIGNUPS);
  const order = firstOf(events, ORDERS);
  return [
    number("People", call("events/uniques"), { better: "higher" }, 4),
    signup ? number("Sign-ups", counted(signup), { better: "higher" }, 4) : number("Sessions", call("sessions"), { stat: "sessions", better: "higher" }, 4),
    number("Came back a week later", call("retention", { period: "week" }), { better: "higher" }, 4),
    tile("heatmap", "Who came back, by week", call("retention", { period: "week" }), { width: 12, height: 5 }),
    tile("bars", "New, returning, back again, gone", call("retention/lifecycle", { period: "week", last: "56d" }), { options: { style: "columns" }, width: 6 }),
    order ? tile("heatmap", "Ordered again, by week", call("retention", { period: "week", first: order, return: order }))
      : tile("line", "People by day", call("events/uniques", { last: "30d", step: "1d" })),
  ];
}

function performance() {
  const asked = call("performance");
  return [
    number("Median", asked, { stat: "p50", better: "lower" }),
    number("99th percentile", asked, { stat: "p99", better: "lower" }),
    number("Apdex", asked, { stat: "apdex", unit: "of 1, target 500 ms", better: "higher", thresholds: [{ from: 0, level: "bad" }, { from: 0.7, level: "warn" }, { from: 0.85, level: "good" }] }),
    number("Errors", asked, { stat: "errorRate", unit: "answered 5xx", better: "lower", thresholds: [{ from: 0.01, level: "warn" }, { from: 0.05, level: "bad" }] }),
    tile("percentiles", "Response times", asked, { width: 8 }),
    number("Throughput", asked, { stat: "throughput" }, 4),
    number("Requests", asked, { stat: "requests" }, 4),
    tile("heatmap", "How often how long", call("performance/heatmap"), { width: 12 }),
    tile("table", "Slowest endpoints", call("performance", { sort: "p99", limit: 10 }), { width: 12 }),
  ];
}

function business({ metrics, kinds, events }) {
  const rank = (name) => ["counter", "histogram", null, "gauge"].indexOf(kinds.get(name) ?? null);
  const own = metrics.filter((name) => name !== "response_time").toSorted((a, b) => rank(a) - rank(b)); // What the business does comes before how machines stand.
  if (own.length === 0) {
    return [...events.slice(0, 4).map((event) => number(event, counted(event), { better: "higher" })),
      ...events.slice(0, 2).map((event) => tile("line", event, counted(event)))];
  }
  const path = (name) => `metrics/${encodeURIComponent(name)}`;
  // What is counted adds up, what stands at a value has one now, what is measured has a middle.
  const usual = { counter: "sum", gauge: "last", histogram: "p50" };
  const history = (name, stat = usual[kinds.get(name)] ?? "mean") => call(path(name), { stat });
  const measured = own.filter((name) => kinds.get(name) === "histogram" || (kinds.get(name) ?? null) === null);
  return [
    ...own.slice(0, 4).map((name) => (kinds.get(name) === "gauge" ? number(name, call(`${path(name)}/current`)) : number(name, history(name), { unit: usual[kinds.get(name)] === "sum" ? "in all" : undefined }))),
    ...own.slice(0, 2).map((name) => tile("line", name, history(name))),
    ...measured.slice(0, 2).map((name) => tile("percentiles", `${name}: p50, p90, p99`, call(path(name)), { width: measured.length === 1 ? 12 : 6 })),
    tile("table", "All metrics", call("metrics"), { width: 12 }),
  ];
}

function wall({ events, funnels }) {
  const page = firstOf(events, PAGES) ?? "page";
  const order = firstOf(events, ORDERS) ?? events[0] ?? "order";
  return [
    number("Online now", call("online"), {}, 4),
    number("Orders", counted(order), { better: "higher" }, 4),
    number("People", call("events/uniques"), { better: "higher" }, 4),
    tile("line", "Page views", counted(page), { width: 8 }),
    funnels.length > 0 ? number("Conversion", funnelCall(funnels.find((name) => /checkout/i.test(name)) ?? funnels[0]), { stat: "conversion", better: "higher" }, 4)
      : number("Bounce rate", call("sessions"), { stat: "bounceRate", better: "lower" }, 4),
    number("Events per second", call("overview"), { stat: "eventsPerSecond" }, 4),
  ];
}

function growth({ events }) {
  const steps = [firstOf(events, SEARCHES), firstOf(events, VIEWS), firstOf(events, CARTS), firstOf(events, CHECKOUTS), firstOf(events, ORDERS)].filter(Boolean);
  const names = steps.length > 1 ? steps : events.slice(0, 5);
  return [
    ...names.slice(0, 4).map((event) => number(event, counted(event, { last: "7d" }), { better: "higher" })),
    tile("line", "People by day", call("events/uniques", { last: "30d", step: "1d" })),
    tile("bars", "Sessions by day", call("sessions", { last: "30d", step: "1d" }), { options: { stat: "sessions", style: "columns" }, width: 6 }),
    tile("table", "All events", call("events"), { width: 12 }),
  ];
}

export const TEMPLATES = [
  { id: "web", title: "Web overview", last: "24h", tells: "People, pages, sessions and where they come from.", make: web },
  { id: "shop", title: "Shop", last: "24h", tells: "Orders, carts, products and the way to the checkout.", make: shop, needs: ({ events }) => firstOf(events, ORDERS) !== null, lacks: "needs events such as order_completed" },
  { id: "people", title: "People and retention", last: "30d", tells: "Who is new, who comes back, who has gone.", make: people },
  { id: "performance", title: "Response times", last: "1h", tells: "Percentiles as bands, a heat map, the slowest endpoints.", make: performance, needs: ({ performance: there }) => there, lacks: "needs samples of response_time" },
  { id: "business", title: "Business metrics", last: "24h", tells: "Your own metrics: values, trends and percentiles.", make: business, needs: ({ metrics }) => metrics.length > 0, lacks: "takes your busiest events until there are metrics" },
  { id: "growth", title: "Last weeks", last: "7d", tells: "Days and weeks instead of minutes.", make: growth },
  { id: "wall", title: "On the wall", last: "24h", tells: "Few and large, to be read across a room.", make: wall },
];

/** The board of a template, its tiles placed one after the other. */
export function fromTemplate(id, context) {
  const template = TEMPLATES.find((each) => each.id === id);
  if (template === undefined) return { title: "", last: "24h", tiles: [] };
  const tiles = [];
  for (const { width, height, options, ...rest } of template.make(context)) {
    const plain = Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined));
    tiles.push({ id: `${rest.kind}-${tiles.length + 1}`, ...rest, ...(Object.keys(plain).length > 0 ? { options: plain } : {}), place: firstFree(tiles, width, height) });
  }
  return { title: template.title, last: template.last, tiles };
}
