/** Against the published vectors, and against another implementation. */
import { createPrivateKey, sign as signBytes } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import { check, sign } from "../src/index.js";
import {
  bodies,
  ids,
  message,
  now,
  numRuns,
  secrets,
  timestamps,
  VECTOR,
} from "./support/Messages.js";

afterEach(() => {
  vi.useRealTimers();
});

describe("the published vectors", () => {
  it.each([
    ["v1", VECTOR.sharedSecret, VECTOR.v1],
    ["v1a", VECTOR.secretKey, VECTOR.v1a],
  ])("%s is what signing gives", async (_, secret, signature) => {
    expect(await sign({ ...message, secrets: [secret] })).toEqual({
      "webhook-id": VECTOR.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": signature,
    });
  });

  it.each([
    ["v1", VECTOR.sharedSecret, VECTOR.v1],
    ["v1a, by the sender's key", VECTOR.secretKey, VECTOR.v1a],
    ["v1a, by the public key", VECTOR.publicKey, VECTOR.v1a],
  ])("%s is accepted", async (_, secret, signature) => {
    const headers = {
      "webhook-id": VECTOR.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": signature,
    };
    expect(await check({ headers, body: VECTOR.body, secrets: [secret], now })).toEqual({
      ok: true,
      id: VECTOR.id,
      timestamp: VECTOR.timestamp,
    });
  });
});

describe("the package standardwebhooks", () => {
  it("signs as we do, and each accepts what the other has signed, over 2,000 bodies", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await fc.assert(
      fc.asyncProperty(ids, timestamps, bodies, secrets, async (id, timestamp, body, secret) => {
        vi.setSystemTime(timestamp * 1_000);
        const oracle = new Webhook(secret);
        const ours = await sign({ id, timestamp, body, secrets: [secret] });
        const theirs = oracle.sign(id, new Date(timestamp * 1_000), body);
        expect(ours["webhook-signature"]).toBe(theirs);
        oracle.verify(body, { ...ours }, { jsonParse: false });
        const headers = { ...ours, "webhook-signature": theirs };
        const bytes = new TextEncoder().encode(body);
        expect(await check({ headers, body: bytes, secrets: [secret] })).toMatchObject({ id });
      }),
      numRuns(2_000),
    );
  });

  it("gives bodies of different bytes that are no UTF-8 one signature, and we do not", async () => {
    const secrets = [VECTOR.sharedSecret];
    const [one, other] = await Promise.all(
      [Uint8Array.of(0xff), Uint8Array.of(0xfe)].map((body) => sign({ ...message, body, secrets })),
    );
    expect(one).not.toEqual(other);
  });
});

describe("Node's own crypto", () => {
  it("makes the ed25519 signatures that we make, over 500 bodies", async () => {
    const seed = Buffer.from(VECTOR.secretKey.slice(5), "base64").subarray(0, 32);
    const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
    const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
    await fc.assert(
      fc.asyncProperty(ids, timestamps, bodies, async (id, timestamp, body) => {
        const ours = await sign({ id, timestamp, body, secrets: [VECTOR.secretKey] });
        const signed = signBytes(null, Buffer.from(`${id}.${timestamp}.${body}`), key);
        expect(ours["webhook-signature"]).toBe(`v1a,${signed.toString("base64")}`);
        const clock = () => timestamp * 1_000;
        const received = { headers: ours, body, secrets: [VECTOR.publicKey], now: clock };
        expect(await check(received)).toMatchObject({ ok: true });
      }),
      numRuns(500),
    );
  });
});

describe("what is to be signed", () => {
  it.each(["", "a.b", "a b", "a\nb", "ä"])("has no id like %j", async (id) => {
    const signing = sign({ ...message, id, secrets: [VECTOR.sharedSecret] });
    await expect(signing).rejects.toThrow(RangeError);
  });

  it.each([-1, 1.5, Number.NaN, 1e12, Number.POSITIVE_INFINITY])(
    "has no timestamp like %d",
    async (timestamp) => {
      const signing = sign({ ...message, timestamp, secrets: [VECTOR.sharedSecret] });
      await expect(signing).rejects.toThrow(RangeError);
    },
  );

  it("is the same as a string and as bytes", async () => {
    const body = '{"name":"Käse 🧀"}';
    const secrets = [VECTOR.sharedSecret];
    const bytes = new TextEncoder().encode(body);
    expect(await sign({ ...message, body, secrets })).toEqual(
      await sign({ ...message, body: bytes, secrets }),
    );
  });
});
