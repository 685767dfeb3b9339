/*
 * Conditions on properties, as a reader edits them and as the API takes them:
 * `[{property, operator, value}]` against `{"plan": "pro", "total": {"gt": 10}, "coupon": null}`.
 */

/** In the order in which they are offered; `value` says what the operator takes. */
export const OPERATORS = [
  { id: "eq", label: "is", value: "one" },
  { id: "not", label: "is not", value: "one" },
  { id: "in", label: "is one of", value: "many" },
  { id: "not in", label: "is none of", value: "many" },
  { id: "gt", label: "is above", value: "one" },
  { id: "gte", label: "is at least", value: "one" },
  { id: "lt", label: "is below", value: "one" },
  { id: "lte", label: "is at most", value: "one" },
  { id: "contains", label: "contains", value: "text" },
  { id: "matches", label: "matches", value: "text" },
  { id: "present", label: "is there", value: null },
  { id: "absent", label: "is not there", value: null },
];

export const operatorOf = (id) => OPERATORS.find((operator) => operator.id === id) ?? OPERATORS[0];

/** Reads the API's form; what cannot be read is left out. */
export function conditionsOf(where) {
  if (where === null || typeof where !== "object") return [];
  return Object.entries(where).flatMap(([property, given]) => {
    if (given === null) return [{ property, operator: "absent", value: "" }];
    if (Array.isArray(given)) return [{ property, operator: "in", value: written(given, "many") }];
    if (typeof given !== "object") return [{ property, operator: "eq", value: written(given, "one") }];
    return Object.entries(given).map(([name, value]) => {
      if (value === null) return { property, operator: name === "not" ? "present" : "absent", value: "" };
      if (name === "present") return { property, operator: value === false ? "absent" : "present", value: "" };
      const operator = operatorOf(name === "notIn" ? "not in" : name);
      return { property, operator: operator.id, value: written(value, operator.value) };
    });
  });
}

/** The API's form; null when there is no condition. */
export function whereOf(conditions) {
  const where = Object.create(null); // A property may be called __proto__.
  for (const { property, operator, value } of conditions) {
    const takes = operatorOf(operator).value;
    const read = takes === null ? null : takes === "text" ? value : takes === "many" ? split(value).map(typed) : typed(value);
    const alone = conditions.filter((one) => one.property === property).length === 1;
    if (alone && operator === "eq") where[property] = read;
    else if (alone && operator === "absent") where[property] = null;
    else where[property] = { ...where[property], ...(takes === null ? { present: operator === "present" } : { [operator]: read }) };
  }
  return Object.keys(where).length === 0 ? null : where;
}

/** What was typed: 10, true and "10" in quotes are a number, a truth and a text. */
function typed(text) {
  const trimmed = text.trim();
  if (/^(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(trimmed)) return JSON.parse(trimmed);
  return unquoted(trimmed);
}

function unquoted(text) {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The commas between values, not those within quotes. */
const split = (text) => text.match(/\s*("(?:[^"\\]|\\.)*"|[^,]+)\s*/g)?.map((one) => one.trim()).filter((one) => one !== "") ?? [];

function written(value, takes) {
  if (takes === "text") return String(value);
  if (Array.isArray(value)) return value.map((one) => written(one, "one")).map((one) => (one.includes(",") ? JSON.stringify(one) : one)).join(", ");
  if (typeof value !== "string") return JSON.stringify(value) ?? "";
  // A text that would be read as something else keeps its quotes.
  return typed(value) === value ? value : JSON.stringify(value);
}
