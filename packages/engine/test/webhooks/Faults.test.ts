import { describe, expect, it } from "vitest";
import { change, create, made, messageOf, refusedFor, secretOf } from "./support/Endpoints.js";
import { DAY, RULES } from "./support/World.js";

/** What is given, as a request might say it, and the field at fault. */
type Fault = readonly [changes: object, field: string];

const EVENTS = RULES.shapes[0]?.eventTypes ?? [];
const MINUTE = 60_000;
const headers = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, "v"]));

/** Settings that can be given at first and later. */
const SETTINGS: readonly Fault[] = [
  [{ url: "ftp://example.com" }, "url"],
  [{ url: null }, "url"],
  [{ url: { href: "https://example.com" } }, "url"],
  [{ description: "x".repeat(501) }, "description"],
  [{ description: "bell \u0007" }, "description"],
  [{ description: 7 }, "description"],
  [{ description: null }, "description"],
  [{ events: "stock.moved" }, "events"],
  [{ events: ["stock.moved", "stock.burnt"] }, "events[1]"],
  [{ events: ["inventory/update"] }, "events[0]"],
  [{ events: [7] }, "events[0]"],
  [{ format: "xml" }, "format"],
  [{ format: null }, "format"],
  [{ headers: [] }, "headers"],
  [{ headers: null }, "headers"],
  [{ headers: "x-a: b" }, "headers"],
  [{ headers: headers(21) }, "headers"],
  [{ headers: { "": "v" } }, "headers"],
  [{ headers: { "x y": "v" } }, "headers"],
  [{ headers: { "x:": "v" } }, "headers"],
  [{ headers: { "x\r\ny": "v" } }, "headers"],
  [{ headers: { é: "v" } }, "headers"],
  [{ headers: { ["x".repeat(101)]: "v" } }, "headers"],
  [{ headers: { "x-a": "1", "X-A": "2" } }, "headers.X-A"],
  [{ headers: { "X-A": "1", "x-a": "2" } }, "headers.x-a"],
  [{ headers: { "x-a": "" } }, "headers.x-a"],
  [{ headers: { "x-a": " v" } }, "headers.x-a"],
  [{ headers: { "x-a": "v\t" } }, "headers.x-a"],
  [{ headers: { "x-a": "v\r\nhost: b" } }, "headers.x-a"],
  [{ headers: { "x-a": "v\n" } }, "headers.x-a"],
  [{ headers: { "x-a": "café" } }, "headers.x-a"],
  [{ headers: { "x-a": "v".repeat(4_097) } }, "headers.x-a"],
  [{ headers: { "x-a": 7 } }, "headers.x-a"],
  [{ ordered: "yes" }, "ordered"],
  [{ ordered: null }, "ordered"],
  [{ maxConcurrent: 0 }, "maxConcurrent"],
  [{ maxConcurrent: 65 }, "maxConcurrent"],
  [{ maxConcurrent: 1.5 }, "maxConcurrent"],
  [{ maxConcurrent: null }, "maxConcurrent"],
  [{ maxPerSecond: 0 }, "maxPerSecond"],
  [{ maxPerSecond: 10_001 }, "maxPerSecond"],
  [{ maxPerSecond: "5" }, "maxPerSecond"],
  [{ retryDelaysMs: 5_000 }, "retryDelaysMs"],
  [{ retryDelaysMs: Array(21).fill(5_000) }, "retryDelaysMs"],
  [{ retryDelaysMs: [999] }, "retryDelaysMs[0]"],
  [{ retryDelaysMs: [5_000, DAY + 1] }, "retryDelaysMs[1]"],
  [{ retryDelaysMs: [MINUTE, MINUTE - 1] }, "retryDelaysMs[1]"],
  [{ retryDelaysMs: [1_000.5] }, "retryDelaysMs[0]"],
  [{ retryDelaysMs: ["5000"] }, "retryDelaysMs[0]"],
  [{ retryDelaysMs: [1_000, ...Array(7).fill(DAY)] }, "retryDelaysMs"],
];

const RESERVED = [
  ...["host", "content-length", "Content-Type", "content-encoding", "content-digest"],
  ...["transfer-encoding", "Connection", "keep-alive", "te", "trailer", "upgrade", "expect"],
  ...["proxy-authorization", "Proxy-Connection", "user-agent", "accept", "accept-encoding"],
  ...["webhook-id", "Webhook-Signature", "webhook-anything", "svix-id", "svix-signature"],
  ...["date", "via", "forwarded", "x-forwarded-for", "origin", "sec-fetch-site"],
  ...["http2-settings", "idempotency-key", "max-forwards", "accept-charset"],
];

describe("creating", () => {
  it.each<Fault>([
    ...SETTINGS,
    [{ api: "billing" }, "api"],
    [{ api: null }, "api"],
    [{ after: -1 }, "after"],
    [{ after: 0.5 }, "after"],
    [{ after: "7" }, "after"],
    [{ after: 101 }, "after"],
    [{ secret: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }, "secret"],
    [{ secret: "whsec_" }, "secret"],
    [{ secret: secretOf(23) }, "secret"],
    [{ secret: secretOf(65) }, "secret"],
    [{ secret: secretOf(32).replace("=", "") }, "secret"],
    [{ secret: `${secretOf(24)}\n` }, "secret"],
    [{ secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-w" }, "secret"],
    [{ secret: 7 }, "secret"],
    [{ idempotencyKey: "" }, "idempotencyKey"],
    [{ idempotencyKey: "x".repeat(201) }, "idempotencyKey"],
    [{ idempotencyKey: "@x" }, "idempotencyKey"],
    [{ idempotencyKey: 7 }, "idempotencyKey"],
  ])("with %j is refused, and says which field and what it must be", (changes, field) => {
    const decision = create(changes);
    expect(refusedFor(decision)).toBe(field);
    expect(messageOf(decision)).toMatch(saying(field));
  });

  it.each(RESERVED)("with the header %s is refused", (name) => {
    expect(refusedFor(create({ headers: { [name]: "v" } }))).toBe(`headers.${name}`);
  });

  it("never repeats what may be a secret", () => {
    const secret = "a-password";
    for (const changes of [
      { url: `ftp://user:${secret}@example.com` },
      { headers: { authorization: `${secret}\n` } },
      { headers: { host: secret } },
      { secret },
    ]) {
      expect(messageOf(create(changes))).not.toContain(secret);
    }
  });

  it.each([
    [{ url: "http://localhost:3000/", mode: "test" as const }],
    [{ description: "x".repeat(500) }],
    [{ events: [...EVENTS] }],
    [{ api: "other", events: ["inventory/update"] }],
    [{ format: "form" as const }],
    [{ headers: headers(20) }],
    [{ headers: { ["x".repeat(100)]: "v".repeat(4_096) } }],
    [{ headers: { authorization: "Bearer abc def", cookie: "a=b" } }],
    [{ headers: { "!#$%&'*+-.^_`|~1aZ": "~" } }],
    [{ maxConcurrent: 1 }],
    [{ maxConcurrent: 64 }],
    [{ maxPerSecond: 10_000 }],
    [{ retryDelaysMs: [] }],
    [{ retryDelaysMs: Array(20).fill(1_000) }],
    [{ retryDelaysMs: Array(7).fill(DAY) }],
    [{ after: 0 }],
    [{ after: 100 }],
    [{ secret: secretOf(24) }],
    [{ secret: secretOf(64) }],
  ])("with %j is allowed", (changes) => {
    expect(create(changes).type).toBe("make");
  });
});

describe("changing", () => {
  it.each<Fault>([...SETTINGS, [{ enabled: "yes" }, "enabled"], [{ enabled: null }, "enabled"]])(
    "to %j is refused, and says which field and what it must be",
    (changes, field) => {
      const decision = change(made(), changes);
      expect(refusedFor(decision)).toBe(field);
      expect(messageOf(decision)).toMatch(saying(field));
    },
  );
});

/** A text that names the field and says what would be right. */
function saying(field: string): RegExp {
  return new RegExp(`^${field.replace(/[[\].]/g, "\\$&")} must be .{4}`);
}
