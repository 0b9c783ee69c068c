/** One bit changed anywhere, and a message is not accepted. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hmacScheme,
  makeSigner,
  makeVerifier,
  type SignatureScheme,
  type SignedHeaders,
  stackNex,
  standardWebhooks,
  storq,
} from "../src/index.js";
import { bodies, ids, message, numRuns, secrets, timestamps, VECTOR } from "./support/Messages.js";

const timed = hmacScheme({
  name: "timed",
  header: "X-Signature",
  prefix: "v0=",
  encoding: "base64",
  timestamp: { header: "X-Timestamp", before: "v0:{timestamp}:" },
});

interface Sent {
  readonly headers: SignedHeaders;
  readonly body: Uint8Array;
}

function flippedText(text: string): readonly string[] {
  return [...text].flatMap((char, at) =>
    Array.from({ length: 8 }, (_, bit) => {
      const other = String.fromCharCode(char.charCodeAt(0) ^ (1 << bit));
      return text.slice(0, at) + other + text.slice(at + 1);
    }),
  );
}

const flippedBytes = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const other = bytes.slice();
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return other;
  });

const flipped = ({ headers, body }: Sent): readonly Sent[] => [
  ...Object.entries(headers).flatMap(([name, value]) =>
    flippedText(value).map((other) => ({ headers: { ...headers, [name]: other }, body })),
  ),
  ...flippedBytes(body).map((other) => ({ headers, body: other })),
];

// The signature alone must tell, whatever the clock says.
const toleranceMs = Number.POSITIVE_INFINITY;

describe("every single bit of a short message counts", () => {
  const cases: readonly (readonly [string, string, SignatureScheme])[] = [
    ["v1", VECTOR.sharedSecret, standardWebhooks],
    ["v1a", VECTOR.secretKey, standardWebhooks],
    ["StackNex", VECTOR.sharedSecret, stackNex],
    ["storq", VECTOR.sharedSecret, storq],
    ["an HMAC with a time", VECTOR.sharedSecret, timed],
  ];

  it.each(cases)("of %s", async (_, secret, scheme) => {
    const secrets = [secret];
    const headers = await makeSigner(secrets, scheme)(message);
    const body = new TextEncoder().encode(message.body);
    const { check } = makeVerifier({ secrets, scheme, toleranceMs });
    expect(await check({ headers, body })).toMatchObject({ ok: true });
    const changed = flipped({ headers, body });
    const results = await Promise.all(changed.map(check));
    expect(changed.filter((_, at) => results[at]?.ok)).toEqual([]);
    expect(changed.length).toBeGreaterThanOrEqual(8 * (44 + message.body.length));
  });
});

it("a bit anywhere in a generated message counts", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ id: ids, timestamp: timestamps, body: bodies }),
      secrets,
      fc.nat(),
      async (sent, secret, which) => {
        const headers = await makeSigner([secret])(sent);
        const body = new TextEncoder().encode(sent.body);
        const { check } = makeVerifier({ secrets: [secret], toleranceMs });
        const changed = flipped({ headers, body });
        const tampered = changed[which % changed.length] ?? { headers, body };
        expect(await check({ headers, body })).toMatchObject({ ok: true });
        expect(await check(tampered)).toMatchObject({ ok: false });
      },
    ),
    numRuns(1_000),
  );
});

it("bytes added, left out or swapped count", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 2 }),
      fc.nat(),
      fc.nat(255),
      async (body, at, byte) => {
        const secrets = [VECTOR.sharedSecret];
        const headers = await makeSigner(secrets)({ ...message, body });
        const { check } = makeVerifier({ secrets, toleranceMs });
        const cut = at % body.length;
        const bytes = Array.from(body);
        const changed = [
          bytes.toSpliced(cut, 0, byte),
          bytes.toSpliced(cut, 1),
          [...bytes.slice(cut), ...bytes.slice(0, cut)],
        ].filter((other) => other.join() !== bytes.join());
        for (const other of changed) {
          const result = await check({ headers, body: Uint8Array.from(other) });
          expect(result).toMatchObject({ ok: false });
        }
      },
    ),
    numRuns(500),
  );
});

it("what is signed cannot be divided otherwise into id, time and body", async () => {
  const secrets = [VECTOR.sharedSecret];
  const sent = { id: "a", timestamp: 1, body: "2.{}" };
  const headers = await makeSigner(secrets)(sent);
  const { check } = makeVerifier({ secrets, toleranceMs });
  const moved = { ...headers, "webhook-id": "a.1", "webhook-timestamp": "2" };
  expect(await check({ headers: moved, body: "{}" })).toMatchObject({ reason: "bad-id" });
});
