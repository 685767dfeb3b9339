import { html } from "lit";
import { onWall } from "../boards/boards.js";

/**
 * Every page: its address, title, module and element. The menu shows the groups in this order; a
 * page `within` another is reached through that one. A new page is one entry here and one address in
 * the server's list of pages.
 */
export const groups = [
  {
    title: "At a glance",
    pages: [
      { path: "/", title: "Live", load: () => import("../live/live-page.js"), view: () => html`<rv-live-page></rv-live-page>` },
      { path: "/boards", title: "Boards", load: () => import("../boards/boards-page.js"), view: () => html`<rv-boards-page></rv-boards-page>` },
      { path: "/boards/*", title: "Board", within: "/boards", frameless: onWall, load: () => import("../boards/board-page.js"), view: () => html`<rv-board-page></rv-board-page>` },
    ],
  },
  {
    title: "Events and people",
    pages: [
      { path: "/events", title: "Events", load: () => import("../events/events-page.js"), view: () => html`<rv-events-page></rv-events-page>` },
      { path: "/people", title: "People", load: () => import("../people/people-page.js"), view: () => html`<rv-people-page></rv-people-page>` },
      { path: "/people/*", title: "Person", within: "/people", load: () => import("../people/person-page.js"), view: () => html`<rv-person-page></rv-person-page>` },
      { path: "/funnels", title: "Funnels", load: () => import("../funnels/funnels-page.js"), view: () => html`<rv-funnels-page></rv-funnels-page>` },
      { path: "/funnels/*", title: "Funnel", within: "/funnels", load: () => import("../funnels/funnel-page.js"), view: () => html`<rv-funnel-page></rv-funnel-page>` },
      { path: "/retention", title: "Retention", load: () => import("../retention/retention-page.js"), view: () => html`<rv-retention-page></rv-retention-page>` },
    ],
  },
  {
    title: "Measurements",
    pages: [
      { path: "/performance", title: "Performance", load: () => import("../performance/performance-page.js"), view: () => html`<rv-performance-page></rv-performance-page>` },
      { path: "/metrics/explore", title: "Metrics", load: () => import("../metrics/metrics-page.js"), view: () => html`<rv-metrics-page></rv-metrics-page>` },
      { path: "/metrics/explore/*", title: "Metric", within: "/metrics/explore", load: () => import("../metrics/metric-page.js"), view: () => html`<rv-metric-page></rv-metric-page>` },
    ],
  },
  {
    title: "Server",
    pages: [
      { path: "/status", title: "Status", load: () => import("../status/status-page.js"), view: () => html`<rv-status-page></rv-status-page>` },
    ],
  },
];

const all = groups.flatMap(({ pages }) => pages);

/** Whether an address is a page's: `/people/*` stands for every address below /people. */
const owns = ({ path }, address) => (path.endsWith("/*")
  ? address.startsWith(path.slice(0, -1)) && address.length > path.length - 1 : address === path);

/** The page of an address, or null. */
export const pageAt = (address) => all.find((page) => owns(page, address)) ?? null;
