import { DEFAULT_OVERLAP_MS, DEFAULT_RETRY_DELAYS_MS, MAX_OVERLAP_MS } from "@stockbook/engine";
import { describe, expect, it } from "vitest";
import {
  change,
  create,
  endpointOf,
  MAX_ENDPOINTS,
  made,
  refusedFor,
  rotate,
  secretOf,
  written,
} from "./support/Endpoints.js";
import { BEGIN, DAY, NEW_ENDPOINT, SECRET } from "./support/World.js";

describe("creating", () => {
  it("begins with the events that are still to come, and with defaults", () => {
    expect(create()).toEqual({
      type: "make",
      secret: undefined,
      draft: {
        ...NEW_ENDPOINT,
        ledger: 7,
        description: "",
        api: "native",
        events: [],
        format: "json",
        headers: {},
        ordered: false,
        maxConcurrent: 8,
        maxPerSecond: null,
        retryDelaysMs: DEFAULT_RETRY_DELAYS_MS,
        createdAt: BEGIN,
        disabled: null,
        health: null,
        cursor: 100,
        idempotencyKey: null,
        fingerprint: expect.any(Number),
      },
    });
    expect(made({ after: 3 }).cursor).toBe(3);
    expect(create({ secret: SECRET })).toMatchObject({ secret: SECRET });
  });

  it("keeps nothing of a secret in what is not encrypted", () => {
    const { draft } = create({ secret: SECRET }) as { readonly draft: object };
    expect(JSON.stringify(draft)).not.toContain(SECRET.slice(6, 12));
  });

  it("takes events and headers for what they mean", () => {
    const first = made({
      events: ["stock.moved", "stock.depleted"],
      headers: { "X-B": "2", "x-a": "1" },
      idempotencyKey: "once",
    });
    expect(first.events).toEqual(["stock.moved", "stock.depleted"]);
    expect(Object.entries(first.headers)).toEqual([
      ["x-a", "1"],
      ["x-b", "2"],
    ]);
    const again = create(
      {
        events: ["stock.depleted", "stock.moved", "stock.moved"],
        headers: { "X-A": "1", "x-b": "2" },
        description: "",
        idempotencyKey: "once",
      },
      { earlier: first },
    );
    expect(again).toEqual({ type: "keep", endpoint: first });
  });

  it("is the same again whatever has come since, where a new one would be refused", () => {
    const request = { idempotencyKey: "once", after: 90, secret: SECRET };
    const first = endpointOf(create(request));
    const since = { earlier: first, endpoints: MAX_ENDPOINTS, head: 80 };
    expect(create(request, since, BEGIN + DAY)).toEqual({ type: "keep", endpoint: first });
    expect(refusedFor(create(request, { ...since, earlier: undefined }))).toBe("after");
  });

  it.each([
    { url: "https://example.com/else" },
    { description: "else" },
    { api: "other" },
    { events: ["stock.moved"] },
    { format: "form" as const },
    { headers: { "x-a": "1" } },
    { ordered: true },
    { maxConcurrent: 9 },
    { maxPerSecond: 1 },
    { retryDelaysMs: [] },
    { after: 100 },
    { secret: secretOf(32) },
  ])("again with %j is a conflict", (changes) => {
    const first = made({ idempotencyKey: "once" });
    const decision = create({ idempotencyKey: "once", ...changes }, { earlier: first });
    expect(decision).toMatchObject({ refusal: { _tag: "Conflict", field: "idempotencyKey" } });
  });

  it("is refused with another secret under the same key", () => {
    const first = made({ idempotencyKey: "once", secret: secretOf(24) });
    const other = { idempotencyKey: "once", secret: secretOf(25) };
    expect(refusedFor(create(other, { earlier: first }))).toBe("idempotencyKey");
  });

  it("is a conflict where there are 20 already", () => {
    expect(create({}, { endpoints: MAX_ENDPOINTS - 1 }).type).toBe("make");
    expect(create({}, { endpoints: MAX_ENDPOINTS })).toMatchObject({
      refusal: { _tag: "Conflict", field: "endpoints" },
    });
  });
});

describe("changing", () => {
  const endpoint = made({ description: "first", headers: { "x-a": "1" }, events: ["stock.moved"] });

  it("leaves what is not given", () => {
    expect(written(change(endpoint, {}))).toEqual({ ...endpoint, version: 2 });
    const all = {
      url: "https://example.com/else",
      description: "",
      events: [],
      format: "form",
      headers: {},
      ordered: true,
      maxConcurrent: 1,
      maxPerSecond: 5,
      retryDelaysMs: [1_000],
    };
    for (const [field, value] of Object.entries(all)) {
      const changed = written(change(endpoint, { [field]: value }));
      expect(changed).toEqual({ ...endpoint, [field]: value, version: 2 });
    }
    const slow = { ...endpoint, maxPerSecond: 5 };
    expect(written(change(slow, { maxPerSecond: null })).maxPerSecond).toBe(null);
  });

  it("judges the URL by the mode of the endpoint", () => {
    const url = "http://localhost:3000/";
    expect(refusedFor(change(endpoint, { url }))).toBe("url");
    expect(written(change(made({ mode: "test" }), { url })).url).toBe(url);
  });

  it("does not judge again what was kept before", () => {
    const old = { ...endpoint, url: "ftp://old", events: ["gone"], maxConcurrent: 1_000 };
    expect(written(change(old, { enabled: false }))).toMatchObject({
      url: "ftp://old",
      events: ["gone"],
      disabled: { reason: "asked", at: BEGIN },
    });
  });

  it("to events of an API that is served no more is refused for that", () => {
    const decision = change({ ...endpoint, api: "gone" }, { events: ["stock.moved"] });
    expect(refusedFor(decision)).toBe("api");
  });
});

describe("disabling and enabling", () => {
  const health = { failingSince: BEGIN - 6 * DAY, anchorAt: BEGIN - DAY };
  const endpoint = { ...made(), cursor: 42 };

  it("stops an endpoint where it is, and says since when and why", () => {
    const stopped = written(change({ ...endpoint, health }, { enabled: false }, BEGIN + 5));
    const disabled = { reason: "asked", at: BEGIN + 5 };
    expect(stopped).toEqual({ ...endpoint, health, disabled, version: 2 });
  });

  it("leaves why an endpoint is disabled already", () => {
    const disabled = { reason: "gone", at: BEGIN - DAY } as const;
    const again = written(change({ ...endpoint, disabled }, { enabled: false }));
    expect(again.disabled).toEqual(disabled);
  });

  it.each(["asked", "gone", "told", "failing"] as const)(
    "goes on from its cursor with a clean record after %s",
    (reason) => {
      const disabled = { reason, at: BEGIN - DAY };
      const back = written(change({ ...endpoint, disabled, health }, { enabled: true }));
      expect(back).toEqual({ ...endpoint, disabled: null, health: null, version: 2 });
    },
  );

  it("holds against an endpoint what it did where it never was disabled", () => {
    expect(written(change({ ...endpoint, health }, { enabled: true })).health).toEqual(health);
  });
});

describe("rotating", () => {
  const endpoint = made();
  const first = endpoint.secrets[0];

  it("puts a new secret first, and lets the old one sign for a day more", () => {
    const rotated = written(rotate(endpoint, "second"));
    expect(rotated.secrets).toEqual([
      { sealed: "second", createdAt: BEGIN, expiresAt: null },
      { ...first, expiresAt: BEGIN + DEFAULT_OVERLAP_MS },
    ]);
    expect(rotated).toMatchObject({ ...endpoint, secrets: rotated.secrets, version: 2 });
  });

  it("gives no old secret more time than it had", () => {
    const twice = written(rotate(written(rotate(endpoint, "2", 5_000)), "3", DAY, BEGIN + 1_000));
    expect(twice.secrets.map(({ expiresAt }) => expiresAt)).toEqual([
      null,
      BEGIN + 1_000 + DAY,
      BEGIN + 5_000,
    ]);
    const thrice = written(rotate(twice, "4", 100, BEGIN + 2_000));
    expect(thrice.secrets.slice(1).every((one) => one.expiresAt === BEGIN + 2_100)).toBe(true);
  });

  it("without an overlap leaves the new secret alone", () => {
    expect(written(rotate(endpoint, "2", 0)).secrets).toHaveLength(1);
  });

  it("is refused rather than end an old secret before its time", () => {
    let rotated = endpoint;
    for (let no = 1; no <= 10; no++) rotated = written(rotate(rotated, `${no}`, DAY, BEGIN + no));
    expect(rotated.secrets).toHaveLength(11);
    const eleventh = rotate(rotated, "11", DAY, BEGIN + 11);
    expect(eleventh).toMatchObject({ refusal: { _tag: "Conflict", field: "overlapMs" } });
    expect(written(rotate(rotated, "11", 0, BEGIN + 11)).secrets).toHaveLength(1);
    expect(written(rotate(rotated, "11", DAY, BEGIN + 1 + DAY)).secrets).toHaveLength(11);
  });

  it.each([-1, 0.5, MAX_OVERLAP_MS + 1, Number.NaN, "1" as unknown as number])(
    "refuses an overlap of %j",
    (overlapMs) => {
      expect(refusedFor(rotate(endpoint, "2", overlapMs))).toBe("overlapMs");
    },
  );
});
