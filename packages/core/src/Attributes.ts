/** Attributes: what owners say of their items and locations besides what the ledger reckons with. */
import type { Faults } from "./Faults.js";
import { invalid, isText } from "./Reading.js";

export type AttributeValue = string | number | boolean | readonly string[];

/** By name, the names in order. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Changes of attributes by name; `null` takes one away, what is not named stays. */
export type AttributeChanges = Readonly<Record<string, AttributeValue | null>>;

export const NO_ATTRIBUTES: Attributes = {};

export const MAX_ATTRIBUTES = 50;
const MAX_TEXT = 2_000;
const MAX_LIST = 100;
const MAX_LISTED_TEXT = 255;

const NAME_TEXT = "names of 1 to 64 letters, digits, . _ or -, beginning with a letter";
const VALUE_TEXT = `a text of at most 2,000 characters, a number, true, false, a list of at most ${MAX_LIST} texts of at most ${MAX_LISTED_TEXT} characters, or null`;

/** The attributes after a change; those before it where there is a fault. */
export function readAttributes(input: unknown, present: Attributes, faults: Faults): Attributes {
  if (input === undefined) return present;
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    invalid(faults, { field: "attributes" }, "an object of attributes by name", input);
    return present;
  }
  const attributes = new Map(Object.entries(present));
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    if (!isName(name)) invalid(faults, { field: "attributes" }, NAME_TEXT, name);
    else if (value === null) attributes.delete(name);
    else if (isValue(value)) attributes.set(name, value);
    else invalid(faults, { field: `attributes.${name}` }, VALUE_TEXT, value);
  }
  if (attributes.size > MAX_ATTRIBUTES) {
    const expected = `at most ${MAX_ATTRIBUTES} attributes`;
    invalid(faults, { field: "attributes" }, expected, attributes.size);
  }
  return Object.fromEntries([...attributes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// The letter in front keeps numbers, whose order is not that of the others, and `__proto__` out.
function isName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9._-]{0,63}$/.test(name);
}

function isValue(value: unknown): value is AttributeValue {
  switch (typeof value) {
    case "string":
      return isText(value, MAX_TEXT);
    case "number":
      return Number.isFinite(value);
    case "boolean":
      return true;
    default:
      return isTextList(value);
  }
}

function isTextList(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_LIST) return false;
  return value.every((text) => isText(text, MAX_LISTED_TEXT));
}
