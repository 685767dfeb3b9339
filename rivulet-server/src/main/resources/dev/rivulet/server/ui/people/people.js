import { address } from "../lib/api.js";
import { addressBelow, nameBelow, segment } from "../lib/naming.js";

const PAGE = "/people/";

/** The person's page, or null where no address can hold the id. */
export const personAddress = (user) => addressBelow(PAGE, user);

/** The person's API path. */
export const userPath = (user, below = "") => `/api/v1/users/${segment(user)}${below}`;

/** The person whose page this address is; null when it is not a person's, or not readable. */
export const addressed = () => nameBelow(PAGE);

/** The Events page's question about an event, by one of its properties if `by` names it. */
export const eventAddress = (event, by = null) => address("/events", { event, last: "30d", by, top: by });
