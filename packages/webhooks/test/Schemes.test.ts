/** The schemes of services, against receivers as their guides show them. */
import { createHmac, timingSafeEqual } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  check,
  type HmacOptions,
  hmacScheme,
  InvalidSecret,
  makeSigner,
  sign,
  stackNex,
  storq,
} from "../src/index.js";
import { bodies, message, now, numRuns, secretOf, VECTOR } from "./support/Messages.js";

const secret = VECTOR.sharedSecret;
const secrets = [secret];
const hex = (body: string) => createHmac("sha256", secret).update(body).digest("hex");

describe("storq", () => {
  it("satisfies the receivers of its guide, and those of Standard Webhooks", async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const headers = await sign({ ...message, body, secrets, scheme: storq });
        const expected = Buffer.from(hex(body));
        for (const name of ["storq.io-signature", "Storq-Signature"]) {
          expect(timingSafeEqual(expected, Buffer.from(headers[name] ?? ""))).toBe(true);
        }
        expect(await check({ headers, body, secrets, now })).toMatchObject({ ok: true });
        const received = { headers, body, secrets, now, scheme: storq };
        expect(await check(received)).toMatchObject({ ok: true, id: message.id });
      }),
      numRuns(200),
    );
  });

  it("is accepted without the headers of Standard Webhooks, and then has no age", async () => {
    const headers = { "Storq-Signature": hex(message.body) };
    const received = { headers, body: message.body, secrets, scheme: storq };
    expect(await check(received)).toEqual({ ok: true, id: undefined, timestamp: undefined });
  });

  it("is refused if only one of its two signatures is right, or it is too old", async () => {
    const headers = await sign({ ...message, secrets, scheme: storq });
    const standard = await sign({ ...message, secrets: [secretOf(1)] });
    const { body } = message;
    const both = { body, secrets, scheme: storq };
    const mixed = { ...headers, ...standard };
    expect(await check({ ...both, now, headers: mixed })).toMatchObject({ ok: false });
    const forged = { ...headers, "storq.io-signature": "0".repeat(64) };
    expect(await check({ ...both, now, headers: forged })).toMatchObject({ ok: false });
    const later = () => now() + 300_001;
    const forms = [headers, new Headers(headers), new Map(Object.entries(headers)).entries()];
    for (const old of forms) {
      const result = await check({ ...both, now: later, headers: old });
      expect(result).toMatchObject({ reason: "too-old" });
    }
  });

  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])(
    "is refused if of the headers of Standard Webhooks %s is missing",
    async (header) => {
      const signed = await sign({ ...message, secrets, scheme: storq });
      const headers = { ...signed, [header]: "" };
      const received = { headers, body: message.body, secrets, scheme: storq, now };
      expect(await check(received)).toMatchObject({ reason: "missing-header", header });
    },
  );

  it("needs a secret of Standard Webhooks", () => {
    expect(() => makeSigner(["plain"], storq)).toThrow(InvalidSecret);
  });
});

describe("StackNex", () => {
  it("satisfies the receiver of its guide", async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.string({ minLength: 1 }), async (body, anySecret) => {
        const signed = { ...message, body, secrets: [anySecret], scheme: stackNex };
        const headers = await sign(signed);
        const expected = createHmac("sha256", anySecret).update(body).digest("hex");
        expect(headers).toEqual({ "X-Webhook-Signature": expected });
        const received = { headers, body, secrets: [anySecret], scheme: stackNex };
        expect(await check(received)).toMatchObject({ ok: true });
      }),
      numRuns(200),
    );
  });

  it("signs with the first secret, and accepts any", async () => {
    const headers = await sign({ ...message, secrets: ["new", "old"], scheme: stackNex });
    const received = { headers, body: message.body, scheme: stackNex };
    expect(await check({ ...received, secrets: ["old", "new"] })).toMatchObject({ ok: true });
    expect(await check({ ...received, secrets: ["old"] })).toMatchObject({
      reason: "wrong-secret",
    });
  });

  it.each([
    [{}, "missing-header"],
    [{ "X-Webhook-Signature": "abc" }, "no-usable-signature"],
    [{ "X-Webhook-Signature": hex(message.body).toUpperCase() }, "no-usable-signature"],
    [{ "X-Webhook-Signature": hex("other") }, "wrong-secret"],
  ])("refuses %j: %s", async (headers, reason) => {
    const received = { headers, body: message.body, secrets, scheme: stackNex };
    expect(await check(received)).toMatchObject({ ok: false, reason });
  });

  it.each([[[]], [[""]], ["text"], [[undefined]]])("refuses the secrets %j", (none) => {
    // What a caller without types can do.
    const untyped = none as unknown as readonly string[];
    expect(() => makeSigner(untyped, stackNex)).toThrow(InvalidSecret);
    expect(() => stackNex.verifier(untyped)).toThrow(InvalidSecret);
  });
});

describe("an HMAC of one's own", () => {
  const options = fc.record({
    name: fc.constant("own"),
    header: fc.constantFrom<HmacOptions["header"]>("X-Hub-Signature-256", ["X-One", "X-Two"]),
    algorithm: fc.constantFrom("sha256" as const, "sha1" as const, "sha512" as const),
    encoding: fc.constantFrom("hex" as const, "base64" as const),
    prefix: fc.constantFrom("", "sha256=", "v0="),
    timestamp: fc.constantFrom(undefined, { header: "X-Time", before: "v0:{timestamp}:" }),
  });

  it("is what Node's own crypto makes, in every format", async () => {
    await fc.assert(
      fc.asyncProperty(options, bodies, async (format, body) => {
        const { header, algorithm, encoding, prefix, timestamp } = format;
        const scheme = hmacScheme(format);
        const headers = await sign({ ...message, body, secrets, scheme });
        const before = timestamp === undefined ? "" : `v0:${message.timestamp}:`;
        const digest = createHmac(algorithm, secret)
          .update(before + body)
          .digest(encoding);
        for (const name of [header].flat()) expect(headers[name]).toBe(prefix + digest);
        expect(headers["X-Time"]).toBe(timestamp && `${message.timestamp}`);
        const received = { headers, body, secrets, scheme, now };
        expect(await check(received)).toMatchObject({ ok: true });
        expect(await check({ ...received, secrets: ["x"] })).toMatchObject({ ok: false });
      }),
      numRuns(500),
    );
  });

  const timed = hmacScheme({
    name: "timed",
    header: "X-Signature",
    prefix: "sha256=",
    timestamp: { header: "X-Time", before: "{timestamp}." },
  });

  it("with a time is refused when it is too old", async () => {
    const headers = await sign({ ...message, secrets, scheme: timed });
    const received = { headers, body: message.body, secrets, scheme: timed };
    const later = () => now() + 300_001;
    expect(await check({ ...received, now: later })).toMatchObject({ reason: "too-old" });
    expect(await check({ ...received, now })).toEqual({
      ok: true,
      id: undefined,
      timestamp: message.timestamp,
    });
  });

  it.each([
    [{ "X-Time": undefined }, "missing-header"],
    [{ "X-Time": "soon" }, "bad-timestamp"],
    [{ "X-Signature": hex(message.body) }, "no-usable-signature"],
    [{ "X-Signature": "sha256=" }, "wrong-secret"],
    [{ "X-Signature": "sha256=00" }, "wrong-secret"],
  ])("with a time is refused with %j: %s", async (changed, reason) => {
    const signed = await sign({ ...message, secrets, scheme: timed });
    const headers = { ...signed, ...changed };
    const received = { headers, body: message.body, secrets, scheme: timed, now };
    expect(await check(received)).toMatchObject({ ok: false, reason });
  });
});
