/** Somebody has parsed the body and written it anew: the verifier finds out how. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, sign, storq } from "../src/index.js";
import { message, now, numRuns, VECTOR } from "./support/Messages.js";

const secrets = [VECTOR.sharedSecret];

async function diagnosis(sent: string, received: string) {
  const headers = await sign({ ...message, body: sent, secrets });
  return check({ headers, body: received, secrets, now });
}

const value = {
  name: "Käse, 100 g: 'mild'",
  url: "https://a.example/b",
  lines: [1, { x: [] }, {}],
};
const compact = JSON.stringify(value);

describe("the body that was signed was", () => {
  it.each([
    ["JSON without spaces", compact, JSON.stringify(value, null, 2)],
    ["JSON indented by 2 spaces", JSON.stringify(value, null, 2), compact],
    ["JSON indented by 4 spaces", JSON.stringify(value, null, 4), compact],
    ["JSON indented by tabs", JSON.stringify(value, null, "\t"), compact],
    ["and a line feed at the end", `${compact}\n`, compact],
    ["the same without white space around it", compact, `${compact}\n`],
    ["the same with line feeds alone", "{\n}", "{\r\n}"],
    ["the same with carriage returns", "{\r\n}", "{\n}"],
    [
      "JSON as Python writes it",
      '{"name": "K\\u00e4se, 100 g: \'mild\'", "url": "https://a.example/b", "lines": [1, {"x": []}, {}]}',
      compact,
    ],
    [
      "JSON with a space after commas and colons",
      '{"name": "Käse, 100 g: \'mild\'", "url": "https://a.example/b", "lines": [1, {"x": []}, {}]}',
      compact,
    ],
    ["JSON without spaces, in ASCII", compact.replace("ä", "\\u00e4"), compact],
    ["JSON as PHP writes it", compact.replace("ä", "\\u00e4").replaceAll("/", "\\/"), compact],
  ])("%s", async (name, sent, received) => {
    expect(JSON.parse(sent)).toEqual(JSON.parse(received));
    const result = await diagnosis(sent, received);
    expect(result).toMatchObject({
      reason: "body-re-serialised",
      message: expect.stringMatching(/verify the raw bytes, before any JSON parser$/),
    });
    expect(result).toMatchObject({ message: expect.stringContaining(name) });
  });
});

it("is found for any JSON that JavaScript parses and writes", async () => {
  const spellings = [
    (json: unknown) => JSON.stringify(json, null, 2),
    (json: unknown) => JSON.stringify(json, null, 4),
    (json: unknown) => `${JSON.stringify(json)}\n`,
  ];
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...spellings), async (json, write) => {
      const sent = write(json);
      const received = JSON.stringify(JSON.parse(sent));
      fc.pre(sent !== received);
      expect(await diagnosis(sent, received)).toMatchObject({ reason: "body-re-serialised" });
    }),
    numRuns(500),
  );
});

it("is found for other schemes, too", async () => {
  const headers = await sign({ ...message, secrets, scheme: storq });
  const body = JSON.stringify(JSON.parse(message.body));
  expect(await check({ headers, body, secrets, scheme: storq, now })).toMatchObject({
    reason: "body-re-serialised",
  });
});

it.each([
  ["another value", compact, JSON.stringify({ ...value, lines: [] })],
  ["no JSON", compact, "lines=1"],
  ["a long body", JSON.stringify("a".repeat(40_000), null, 2), `"${"a".repeat(40_000)}"\n`],
])("is not claimed of %s", async (_, sent, received) => {
  expect(await diagnosis(sent, received)).toMatchObject({ reason: "wrong-secret" });
});

it("is not claimed of bytes that are no UTF-8", async () => {
  const headers = await sign({ ...message, secrets });
  const body = Uint8Array.of(0x7b, 0xff, 0x7d);
  expect(await check({ headers, body, secrets, now })).toMatchObject({ reason: "wrong-secret" });
});
