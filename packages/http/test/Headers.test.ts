import { describe, expect, it } from "vitest";
import { accepts, idempotencyKeyOf } from "../src/kit/Headers.js";
import { queryOf } from "../src/kit/Query.js";

const PLAIN = { lists: new Map<string, string>(), unread: [] };

describe("Accept", () => {
  it.each([
    [undefined, true],
    ["", true],
    ["*/*", true],
    ["application/json", true],
    ["application/*;q=0.5", true],
    ["text/html, application/json;q=0.1", true],
    ["text/html", false],
    ["application/json;q=0", false],
    ["application/jsonp", false],
  ])("%s allows JSON: %s", (header, allowed) => {
    expect(accepts(header, ["application/json"])).toBe(allowed);
  });
});

describe("an idempotency key", () => {
  it.each([
    ["order-1", "order-1"],
    ['"order-1"', "order-1"],
    [' "a \\"b\\" \\\\" ', 'a "b" \\'],
    ['"broken', '"broken'],
    [undefined, undefined],
  ])("%s is %s", (header, key) => {
    expect(idempotencyKeyOf(header)).toBe(key);
  });
});

describe("a query", () => {
  it("keeps names that mean something to JavaScript as plain fields", () => {
    const query = queryOf("__proto__=1&constructor=2&a=b%20c", PLAIN);
    expect(Object.entries(query)).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
      ["a", "b c"],
    ]);
    expect(Object.getPrototypeOf(query)).toBe(Object.prototype);
  });

  it("refuses a name that is given twice", () => {
    expect(queryOf("limit=1&limit=2", PLAIN)).toMatchObject({ _tag: "MalformedBody" });
  });
});
