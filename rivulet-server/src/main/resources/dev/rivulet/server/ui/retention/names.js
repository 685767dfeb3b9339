import { day, month } from "../lib/time.js";

/** How many periods later, in words. */
export const later = (number, period, mode = "on") =>
  `${number} ${period}${number === 1 ? "" : "s"}${mode === "on" ? "" : " or more"} later`;

/** A period's own name, as the head of a row. */
export const periodName = (time, period, zone) =>
  (period === "month" ? month(Date.parse(time), zone) : day(Date.parse(time), zone));

/** The same within a sentence. */
export const inFull = (time, period, zone) => `${period === "week" ? "week of " : ""}${periodName(time, period, zone)}`;

export const rangeName = ({ from, to }, zone) => {
  const end = Date.parse(to) - 1; // The end is not part of the range.
  return `${day(Date.parse(from), zone)} to ${day(end, zone)}`;
};
