import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  check,
  generateKeyPair,
  type HeadersLike,
  makeSigner,
  makeVerifier,
  type Reason,
  sign,
  verify,
  WebhookVerificationError,
} from "../src/index.js";
import { message, now, numRuns, secretOf, VECTOR } from "./support/Messages.js";

const secrets = [VECTOR.sharedSecret];
const { body } = message;
const signed = await sign({ ...message, secrets });

const without = (name: string) =>
  Object.fromEntries(Object.entries(signed).filter(([other]) => other !== name));

function emptied(headers: Headers): Headers {
  headers.set("webhook-id", "");
  return headers;
}

function* walkedOnce(prefix: string): Generator<readonly [string, string]> {
  for (const [name, value] of Object.entries(signed))
    yield [name.replace("webhook", prefix), value];
}

const withSignature = (signature: string) => ({ ...signed, "webhook-signature": signature });

describe("a message is refused for the reason", () => {
  const SECRET = "a body that nobody else may see";
  const cases: readonly (readonly [string, Reason, number, object])[] = [
    ["no id", "missing-header", 400, { headers: without("webhook-id") }],
    ["no timestamp", "missing-header", 400, { headers: without("webhook-timestamp") }],
    ["no signature", "missing-header", 400, { headers: without("webhook-signature") }],
    ["an empty id", "missing-header", 400, { headers: { ...signed, "webhook-id": "" } }],
    ["no headers", "missing-header", 400, { headers: {} }],
    ["empty Headers", "missing-header", 400, { headers: emptied(new Headers(signed)) }],
    ["a dot in its id", "bad-id", 400, { headers: { ...signed, "webhook-id": "a.b" } }],
    ...["1614265330abc", "1614265330.0", "-1", "+1", "0x10", "1e9", "1234567890123", " 1"].map(
      (time) =>
        [
          `the timestamp ${time}`,
          "bad-timestamp",
          400,
          { headers: { ...signed, "webhook-timestamp": time } },
        ] as const,
    ),
    ...[
      "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      "v1",
      "v1,",
      "v1,AAAA",
      "v1,not base64",
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=,",
      "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      VECTOR.v1a,
    ].map(
      (signature) =>
        [
          `the signature ${signature}`,
          "no-usable-signature",
          401,
          { headers: withSignature(signature) },
        ] as const,
    ),
    ["another secret", "wrong-secret", 401, { secrets: [secretOf(1)] }],
    ["another body", "wrong-secret", 401, { body: SECRET }],
    ["another id", "wrong-secret", 401, { headers: { ...signed, "webhook-id": "other" } }],
    ["another spelling", "body-re-serialised", 401, { body: JSON.stringify(JSON.parse(body)) }],
    ["a parsed body", "parsed-body", 500, { body: { test: SECRET } }],
    ["no body", "parsed-body", 500, { body: undefined }],
  ];

  it.each(cases)("%s: %s", async (_, reason, status, changed) => {
    // Some of it is what a caller without types can do.
    const received = { headers: signed, body, secrets, now, ...changed } as Parameters<
      typeof check
    >[0];
    const result = await check(received);
    expect(result).toMatchObject({ ok: false, reason });
    const error = await verify(received).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WebhookVerificationError);
    expect(error).toMatchObject({ reason, status, name: "WebhookVerificationError" });
    for (const confidential of [SECRET, "2432232314", VECTOR.sharedSecret.slice(6)]) {
      expect(JSON.stringify(result) + String(error)).not.toContain(confidential);
    }
  });

  it("and names the header that is missing", async () => {
    const headers = without("webhook-timestamp");
    expect(await check({ headers, body, secrets, now })).toMatchObject({
      header: "webhook-timestamp",
    });
    await expect(verify({ headers, body, secrets, now })).rejects.toMatchObject({
      header: "webhook-timestamp",
    });
  });

  it("and says what to do about a parsed body", async () => {
    const parsed = { headers: signed, body: JSON.parse(body), secrets, now };
    await expect(verify(parsed)).rejects.toThrow("a parsed body cannot be verified");
  });
});

describe("the age of a message", () => {
  const at = (ageMs: number, toleranceMs?: number) =>
    check({ headers: signed, body, secrets, toleranceMs, now: () => now() + ageMs });

  it.each([0, 1, 300_000, -300_000])("may be %d ms", async (ageMs) => {
    expect(await at(ageMs)).toMatchObject({ ok: true });
  });

  it.each([
    [300_001, "too-old", "300 s behind the clock; 300 s are tolerated"],
    [-300_001, "too-new", "300 s ahead of the clock"],
    [3_600_000, "too-old", "3600 s behind"],
  ])("may not be %d ms: %s", async (ageMs, reason, told) => {
    expect(await at(ageMs)).toMatchObject({ reason, message: expect.stringContaining(told) });
  });

  it("is measured with the given tolerance to the millisecond", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000_000), fc.integer(), async (toleranceMs, ageMs) => {
        const { ok } = await at(ageMs, toleranceMs);
        expect(ok).toBe(Math.abs(ageMs) <= toleranceMs);
      }),
      numRuns(500),
    );
  });

  it("is too much for a clock that is not there", async () => {
    const broken = { headers: signed, body, secrets, now: () => Number.NaN };
    expect(await check(broken)).toMatchObject({ ok: false });
  });

  it.each([-1, Number.NaN])("cannot be tolerated up to %d ms", (toleranceMs) => {
    expect(() => makeVerifier({ secrets, toleranceMs })).toThrow(RangeError);
  });
});

describe("the headers of a message", () => {
  const pairs = Object.entries(signed);
  const forms: readonly (readonly [string, HeadersLike])[] = [
    ["Headers", new Headers(signed)],
    ["a record", signed],
    ["a record in capitals", Object.fromEntries(pairs.map(([k, v]) => [k.toUpperCase(), v]))],
    ["a record of arrays", Object.fromEntries(pairs.map(([k, v]) => [k, [v]]))],
    ["pairs", pairs],
    ["a map with names in any case", new Map(pairs.map(([k, v]) => [k.toUpperCase(), v]))],
    ["pairs that can be walked once", new Map(pairs).entries()],
    ["svix-… in pairs that can be walked once", walkedOnce("svix")],
    ["svix-…", Object.fromEntries(pairs.map(([k, v]) => [k.replace("webhook", "svix"), v]))],
    ["a record beside others", { "content-type": "application/json", "x-a": undefined, ...signed }],
  ];

  it.each(forms)("can be %s", async (_, headers) => {
    expect(await check({ headers, body, secrets, now })).toMatchObject({ ok: true });
  });

  it("are not mixed from two senders", async () => {
    const headers = { ...without("webhook-id"), "svix-id": VECTOR.id };
    expect(await check({ headers, body, secrets, now })).toMatchObject({ header: "webhook-id" });
  });
});

describe("while a secret is being changed", () => {
  const [older, newer, third] = [secretOf(1), secretOf(2), secretOf(3)];
  const accepted = async (senders: readonly string[], receivers: readonly string[]) =>
    (
      await check({
        headers: await sign({ ...message, secrets: senders }),
        body,
        secrets: receivers,
        now,
      })
    ).ok;

  it.each([
    ["the old receiver", [older]],
    ["the new receiver", [newer]],
    ["the receiver of both", [older, newer]],
    ["the receiver of both, the other way round", [newer, older]],
  ])("%s accepts what is signed with both", async (_, receivers) => {
    expect(await accepted([older, newer], receivers)).toBe(true);
    expect(await accepted([newer, older], receivers)).toBe(true);
  });

  it("a receiver of both accepts what is signed with either", async () => {
    expect(await accepted([older], [newer, older])).toBe(true);
    expect(await accepted([newer], [newer, older])).toBe(true);
  });

  it("a third secret accepts nothing", async () => {
    expect(await accepted([older, newer], [third])).toBe(false);
    expect(await accepted([third], [older, newer])).toBe(false);
  });

  it("an HMAC and an ed25519 key go side by side, in any order", async () => {
    const pair = await generateKeyPair();
    const both = await sign({ ...message, secrets: [older, pair.secretKey] });
    const [v1 = "", v1a = ""] = (both["webhook-signature"] ?? "").split(" ");
    expect([v1.slice(0, 3), v1a.slice(0, 4)]).toEqual(["v1,", "v1a,"]);
    for (const secret of [older, pair.publicKey]) {
      for (const signature of [`${v1} ${v1a}`, `${v1a} ${v1}`, `v9,x ${v1a} ? ${v1}`]) {
        const headers = { ...both, "webhook-signature": signature };
        expect(await check({ headers, body, secrets: [secret], now })).toMatchObject({ ok: true });
      }
    }
  });

  it("signatures in two lines of a header count, too", async () => {
    const one = await sign({ ...message, secrets: [older] });
    const other = await sign({ ...message, secrets: [newer] });
    const headers = new Headers(one);
    headers.append("webhook-signature", other["webhook-signature"] ?? "");
    for (const secret of [older, newer]) {
      expect(await check({ headers, body, secrets: [secret], now })).toMatchObject({ ok: true });
    }
  });

  it("any order of any secrets on both sides comes to the same", async () => {
    const all = Array.from({ length: 5 }, (_, byte) => secretOf(byte));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: 1 }),
        fc.shuffledSubarray(all, { minLength: 1 }),
        async (senders, receivers) => {
          const common = senders.some((secret) => receivers.includes(secret));
          expect(await accepted(senders, receivers)).toBe(common);
        },
      ),
      numRuns(200),
    );
  });

  it("a header full of signatures is not tried without end", async () => {
    const wrong = `v1,${Buffer.alloc(32).toString("base64")} `;
    const headers = (count: number) => withSignature(wrong.repeat(count) + VECTOR.v1);
    expect(await check({ headers: headers(63), body, secrets, now })).toMatchObject({ ok: true });
    expect(await check({ headers: headers(64), body, secrets, now })).toMatchObject({ ok: false });
  });
});

it("the bytes can lie within others, as those of Node's buffers do", async () => {
  const within = new TextEncoder().encode(`[${body}]`).subarray(1, -1);
  expect(await check({ headers: signed, body: within, secrets, now })).toMatchObject({ ok: true });
  const headers = await sign({ ...message, body: within, secrets });
  expect(headers).toEqual(signed);
});

it("a signer and a verifier do for many messages", async () => {
  const signer = makeSigner(secrets);
  const verifier = makeVerifier({ secrets, now });
  for (const id of ["a", "b", "c"]) {
    const headers = await signer({ ...message, id });
    expect(await verifier.verify({ headers, body })).toEqual({
      ok: true,
      id,
      timestamp: message.timestamp,
    });
  }
});
