import {
  type AttemptView,
  Busy,
  type DeliveryStatus,
  EndpointMoved,
  type NewEndpoint,
  OutcomeUnknown,
} from "@stockbook/engine";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import {
  BEGIN,
  DAY,
  makeWorld,
  NEW_ENDPOINT,
  OWNER,
  RULES,
  SECRET,
  type World,
} from "./support/World.js";

const fault = (tag: string, about: object = {}) => expect.objectContaining({ _tag: tag, ...about });
const noEndpoint = (id: string) => fault("NotFound", { what: "endpoint", id });

const ATTEMPT: AttemptView = {
  number: 1,
  at: BEGIN,
  durationMs: 1,
  request: { url: NEW_ENDPOINT.url, headers: {} },
  outcome: { type: "failed", reason: "refused", message: "no connection" },
};

/** What becomes of a delivery, as a worker would write it. */
async function settle(world: World, endpoint: string, message: string, status: DeliveryStatus) {
  const { ledger } = await world.stored(endpoint);
  const query = {
    ledger,
    endpoint,
    now: Number.MAX_SAFE_INTEGER,
    limit: 1_000,
    order: "due",
  } as const;
  const { due } = await world.run(world.store.due(query));
  const waiting = due.find((one) => one.message.id === message);
  const attemptsBefore = waiting?.attemptsBefore ?? 0;
  const { attempts } = await world.run(world.webhooks.delivery(OWNER, endpoint, message));
  const attempt = { ...ATTEMPT, number: attempts + 1 };
  const settlement = { ledger, endpoint, message, attempts, attemptsBefore, attempt, status };
  await world.run(world.store.settle([{ ...settlement, dueAt: null, delaysUsed: 0 }], []));
}

/** A delivery that has failed, of a type and at a time. */
async function failed(world: World, endpoint: string, no: number, type = "stock.moved") {
  const { ledger } = await world.stored(endpoint);
  const id = `msg_${no}`;
  const message = { id, type, sequence: no, body: "{}" };
  await world.run(world.store.addDelivery(ledger, endpoint, message, world.clock.now));
  await settle(world, endpoint, id, "failed");
  return id;
}

describe("endpoints", () => {
  it("are shown without their secrets, oldest first", async () => {
    const world = await makeWorld();
    const { webhooks, run, made, clock } = world;
    const { endpoint: first, secret } = await made({ description: "first" });
    clock.now += 1_000;
    const { endpoint: second } = await made({ description: "second", mode: "live" });
    expect(secret).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/);
    expect(await run(webhooks.endpoints(OWNER))).toEqual([first, second]);
    expect(await run(webhooks.endpoint(OWNER, first.id))).toEqual(first);
    expect(first).toEqual({
      ...NEW_ENDPOINT,
      id: expect.stringMatching(/^whe_[0-9A-Za-z]{20}$/),
      description: "first",
      api: "native",
      events: [],
      format: "json",
      headers: {},
      ordered: false,
      maxConcurrent: 8,
      maxPerSecond: null,
      retryDelaysMs: expect.any(Array),
      createdAt: BEGIN,
      disabled: null,
      cursor: 0,
    });
  });

  it("have secrets of their own, which are kept encrypted", async () => {
    const { made, stored, signing } = await makeWorld();
    const [one, other] = [await made(), await made()];
    expect(one.secret).not.toBe(other.secret);
    expect(await signing(one.endpoint.id)).toEqual([one.secret]);
    expect(await signing(other.endpoint.id)).toEqual([other.secret]);
    const chosen = await made({ secret: SECRET });
    expect(chosen.secret).toBe(SECRET);
    expect(await signing(chosen.endpoint.id)).toEqual([SECRET]);
    expect(JSON.stringify(await stored(chosen.endpoint.id))).not.toContain(SECRET.slice(6));
  });

  it("begin at the head of their ledger, or after the event that is asked for", async () => {
    const { made, setHead } = await makeWorld();
    setHead(41);
    expect((await made()).endpoint.cursor).toBe(41);
    expect((await made({ after: 7 })).endpoint.cursor).toBe(7);
    expect((await made({ mode: "test" })).endpoint.cursor).toBe(0);
  });

  it("are made once under an idempotency key, and conflict under it with others", async () => {
    const { webhooks, run, failure, made, setHead, clock } = await makeWorld();
    const asked = { events: ["stock.moved"], idempotencyKey: "shop-1" };
    const first = await made(asked);
    setHead(9);
    clock.now += DAY;
    expect(await made(asked)).toEqual({ endpoint: first.endpoint, secret: null });
    expect(
      await failure(webhooks.createEndpoint({ ...NEW_ENDPOINT, ...asked, events: [] })),
    ).toEqual(fault("Conflict", { field: "idempotencyKey" }));
    expect(await run(webhooks.endpoints(OWNER))).toHaveLength(1);
    expect((await made({ ...asked, mode: "test" })).secret).not.toBe(null);
    expect((await made({ ...asked, organisation: "other" })).secret).not.toBe(null);
  });

  it("are at most 20 in each ledger", async () => {
    const { webhooks, run, failure, made } = await makeWorld();
    for (let no = 0; no < 20; no++) await made();
    const full = fault("Conflict", { field: "endpoints" });
    expect(await failure(webhooks.createEndpoint(NEW_ENDPOINT))).toEqual(full);
    const [first] = await run(webhooks.endpoints(OWNER));
    await made({ mode: "test" });
    await run(webhooks.removeEndpoint(OWNER, first?.id ?? ""));
    expect((await made()).secret).not.toBe(null);
  });

  it("that are refused are not made", async () => {
    const { webhooks, run, failure } = await makeWorld();
    const refused = webhooks.createEndpoint({ ...NEW_ENDPOINT, url: "http://example.com" });
    const because = { field: "url", message: "url must be an https URL" };
    expect(await failure(refused)).toEqual(fault("InvalidRequest", because));
    expect(await run(webhooks.endpoints(OWNER))).toEqual([]);
  });

  it("change in what is given, and go on where they stopped", async () => {
    const world = await makeWorld();
    const { webhooks, run, made, store, stored, clock } = world;
    const { endpoint } = await made();
    const { id } = endpoint;
    const changed = await run(webhooks.changeEndpoint(OWNER, id, { description: "else" }));
    expect(changed).toEqual({ ...endpoint, description: "else" });
    clock.now += 5;
    const stopped = await run(webhooks.changeEndpoint(OWNER, id, { enabled: false }));
    expect(stopped.disabled).toEqual({ reason: "asked", at: BEGIN + 5 });
    const { ledger } = await stored(id);
    const health = { failingSince: BEGIN, anchorAt: BEGIN };
    await run(store.settle([], [{ ledger, endpoint: id, health }]));
    const again = await run(webhooks.changeEndpoint(OWNER, id, { enabled: true }));
    expect(again).toEqual(changed);
    expect(await stored(id)).toMatchObject({ version: 4, health: null });
  });

  it("are gone once they are removed", async () => {
    const { webhooks, run, failure, made } = await makeWorld();
    const { endpoint } = await made();
    await run(webhooks.removeEndpoint(OWNER, endpoint.id));
    expect(await failure(webhooks.removeEndpoint(OWNER, endpoint.id))).toEqual(
      noEndpoint(endpoint.id),
    );
    expect(await failure(webhooks.endpoint(OWNER, endpoint.id))).toEqual(noEndpoint(endpoint.id));
  });
});

describe("rotating", () => {
  it("lets the old secret sign along for a day, on the clock", async () => {
    const { webhooks, run, made, signing, clock } = await makeWorld();
    const { endpoint, secret } = await made();
    const rotated = await run(webhooks.rotateSecret(OWNER, endpoint.id));
    expect(rotated.endpoint).toEqual(endpoint);
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
    clock.now += DAY - 1;
    expect(await signing(endpoint.id)).toEqual([rotated.secret, secret]);
    clock.now += 1;
    expect(await signing(endpoint.id)).toEqual([rotated.secret]);
  });

  it("takes a secret and an overlap", async () => {
    const { webhooks, run, made, signing, clock } = await makeWorld();
    const { endpoint, secret } = await made();
    const options = { secret: SECRET, overlapMs: 1_000 };
    expect(await run(webhooks.rotateSecret(OWNER, endpoint.id, options))).toMatchObject({
      secret: SECRET,
    });
    expect(await signing(endpoint.id)).toEqual([SECRET, secret]);
    clock.now += 1_000;
    expect(await signing(endpoint.id)).toEqual([SECRET]);
  });

  it.each([
    [{ secret: "whsec_short" }, "secret"],
    [{ overlapMs: 7 * DAY + 1 }, "overlapMs"],
  ])("with %j is refused and changes nothing", async (options, field) => {
    const { webhooks, failure, made, stored } = await makeWorld();
    const { endpoint } = await made();
    const before = await stored(endpoint.id);
    expect(await failure(webhooks.rotateSecret(OWNER, endpoint.id, options))).toEqual(
      fault("InvalidRequest", { field }),
    );
    expect(await stored(endpoint.id)).toEqual(before);
  });
});

describe("what is another's", () => {
  it("is not found", async () => {
    const world = await makeWorld();
    const { webhooks, run, failure, made } = world;
    const { endpoint } = await made();
    const { id } = endpoint;
    const message = await failed(world, id, 1);
    const strangers = [
      { organisation: "other", mode: "live" },
      { organisation: "acme", mode: "test" },
    ] as const;
    for (const owner of strangers) {
      for (const asked of [
        webhooks.endpoint(owner, id),
        webhooks.changeEndpoint(owner, id, { enabled: false }),
        webhooks.removeEndpoint(owner, id),
        webhooks.rotateSecret(owner, id),
        webhooks.deliveries(owner, id, {}),
        webhooks.delivery(owner, id, message),
        webhooks.resend(owner, id, message),
        webhooks.recover(owner, id, { since: BEGIN, until: BEGIN + 1 }),
        webhooks.sendTest(owner, id),
      ]) {
        expect(await failure<unknown, unknown>(asked)).toEqual(noEndpoint(id));
      }
      expect(await run(webhooks.endpoints(owner))).toEqual([]);
    }
    expect(await run(webhooks.endpoint(OWNER, id))).toEqual(endpoint);
  });

  it("is not found for nobody, and not in a mode that is none", async () => {
    const { webhooks, failure } = await makeWorld();
    const nobody = fault("NotFound", { what: "organisation", id: "nobody" });
    const of = (owner: object) => ({ ...OWNER, ...owner }) as NewEndpoint;
    expect(await failure(webhooks.endpoints(of({ organisation: "nobody" })))).toEqual(nobody);
    const asked = { ...NEW_ENDPOINT, organisation: "nobody" };
    expect(await failure(webhooks.createEndpoint(asked))).toEqual(nobody);
    expect(await failure(webhooks.endpoints(of({ organisation: { any: 1 } })))).toEqual(
      fault("NotFound", { what: "organisation" }),
    );
    const wrong = fault("InvalidRequest", { field: "mode" });
    expect(await failure(webhooks.endpoints(of({ mode: "prod" })))).toEqual(wrong);
    const created = webhooks.createEndpoint({ ...NEW_ENDPOINT, ...of({ mode: "toString" }) });
    expect(await failure(created)).toEqual(wrong);
  });

  it("is not looked for under what is no id, which may be a secret", async () => {
    const looked = { times: 0 };
    const { webhooks, failure, made } = await makeWorld({
      changed: (store) => ({
        removeEndpoint: () => Effect.sync(() => ++looked.times > 0),
        resend: () => Effect.sync(() => ++looked.times > 0),
        delivery: () => Effect.sync(() => void ++looked.times),
        endpoint: (ledger, id) => {
          if (id === SECRET) looked.times++;
          return store.endpoint(ledger, id);
        },
      }),
    });
    const { endpoint } = await made();
    const unknown = noEndpoint("of such an id");
    expect(await failure(webhooks.endpoint(OWNER, SECRET))).toEqual(unknown);
    expect(await failure(webhooks.removeEndpoint(OWNER, SECRET))).toEqual(unknown);
    const missing = fault("NotFound", { what: "delivery", id: "of such an id" });
    expect(await failure(webhooks.delivery(OWNER, endpoint.id, SECRET))).toEqual(missing);
    expect(await failure(webhooks.resend(OWNER, endpoint.id, SECRET))).toEqual(missing);
    expect(looked.times).toBe(0);
  });
});

describe("deliveries", () => {
  it("are listed as the store gives them, and looked into one by one", async () => {
    const world = await makeWorld();
    const { webhooks, run, made } = world;
    const { endpoint } = await made();
    const messages = [await failed(world, endpoint.id, 1), await failed(world, endpoint.id, 2)];
    const page = await run(webhooks.deliveries(OWNER, endpoint.id, { status: "failed" }));
    expect(page.rows.map(({ message }) => message)).toEqual([...messages].reverse());
    expect(page.next).toBe(null);
    const detail = await run(webhooks.delivery(OWNER, endpoint.id, messages[0] ?? ""));
    expect(detail).toMatchObject({ message: "msg_1", body: "{}", history: [ATTEMPT] });
  });

  it("are asked for as the request says", async () => {
    const asked: unknown[] = [];
    const { webhooks, run, made, stored } = await makeWorld({
      changed: () => ({
        deliveries: (...args) => {
          asked.push(args);
          return Effect.succeed({ rows: [], next: 3 });
        },
      }),
    });
    const { id } = (await made()).endpoint;
    const { ledger } = await stored(id);
    const filter = { status: "waiting", type: "stock.moved", since: 1, until: 2 } as const;
    const page = await run(webhooks.deliveries(OWNER, id, { ...filter, before: 9, limit: 5 }));
    expect(page.next).toBe(3);
    await run(webhooks.deliveries(OWNER, id, {}));
    expect(asked).toEqual([
      [ledger, { endpoint: id, ...filter }, { before: 9, limit: 5 }],
      [ledger, { endpoint: id }, { limit: 100 }],
    ]);
  });

  it.each([
    [{ status: "lost" }, "status"],
    [{ type: 7 }, "type"],
    [{ type: "x".repeat(257) }, "type"],
    [{ since: "2026-01-01" }, "since"],
    [{ until: 0.5 }, "until"],
    [{ before: -1 }, "before"],
    [{ before: "7" }, "before"],
    [{ limit: 0 }, "limit"],
    [{ limit: 1_001 }, "limit"],
  ])("with %j are refused", async (request, field) => {
    const { webhooks, failure, made } = await makeWorld();
    const { endpoint } = await made();
    // As a request might say it.
    const asked = webhooks.deliveries(OWNER, endpoint.id, request as object);
    expect(await failure(asked)).toEqual(fault("InvalidRequest", { field }));
  });

  it("that are not there are not found", async () => {
    const { webhooks, failure, made } = await makeWorld();
    const { id } = (await made()).endpoint;
    const missing = fault("NotFound", { what: "delivery", id: "msg_none" });
    expect(await failure(webhooks.delivery(OWNER, id, "msg_none"))).toEqual(missing);
    expect(await failure(webhooks.resend(OWNER, id, "msg_none"))).toEqual(missing);
  });
});

describe("sending again", () => {
  it("makes a delivery wait, whatever became of it", async () => {
    const world = await makeWorld();
    const { webhooks, run, made, clock } = world;
    const { id } = (await made()).endpoint;
    const message = await failed(world, id, 1);
    const statuses = ["failed", "delivered", "aborted"] as const;
    for (const [i, status] of statuses.entries()) {
      await settle(world, id, message, status);
      clock.now += 1_000;
      const sent = await run(webhooks.resend(OWNER, id, message));
      expect(sent).toEqual({
        endpoint: id,
        message,
        type: "stock.moved",
        sequence: 1,
        status: "waiting",
        attempts: i + 2,
        nextAttemptAt: clock.now,
        createdAt: BEGIN,
        finishedAt: null,
      });
    }
  });

  it("recovers what failed in a range, of the types that are asked for", async () => {
    const world = await makeWorld();
    const { webhooks, run, made, clock } = world;
    const { id } = (await made()).endpoint;
    for (let no = 0; no < 6; no++) {
      clock.now = BEGIN + no * DAY;
      await failed(world, id, no, no % 2 === 0 ? "stock.moved" : "item.changed");
    }
    const range = { since: BEGIN + DAY, until: BEGIN + 4 * DAY };
    const types = ["item.changed"];
    expect(await run(webhooks.recover(OWNER, id, { ...range, types }))).toEqual({ recovered: 2 });
    expect(await run(webhooks.recover(OWNER, id, range))).toEqual({ recovered: 1 });
    clock.now += 1;
    const rest = await run(webhooks.recover(OWNER, id, { since: BEGIN }));
    expect(rest).toEqual({ recovered: 3 });
    const waiting = await run(webhooks.deliveries(OWNER, id, { status: "waiting" }));
    expect(waiting.rows).toHaveLength(6);
  });

  it.each([
    [[0], 1, 0],
    [[99], 1, 99],
    [[100, 0], 2, 100],
    [[100, 100, 3], 3, 203],
    [Array<number>(200).fill(100), 100, 10_000],
  ])("recovers in steps of 100, and at most 10,000", async (answers, steps, recovered) => {
    const limits: number[] = [];
    const { webhooks, run, made } = await makeWorld({
      changed: () => ({
        recover: ({ limit }) => {
          limits.push(limit);
          return Effect.succeed(answers[limits.length - 1] ?? 0);
        },
      }),
    });
    const { id } = (await made()).endpoint;
    expect(await run(webhooks.recover(OWNER, id, { since: BEGIN - 1 }))).toEqual({ recovered });
    expect(limits).toEqual(Array(steps).fill(100));
  });

  it.each([
    [{ since: BEGIN }, "since"],
    [{ since: BEGIN - 1, until: BEGIN - 1 }, "since"],
    [{ since: BEGIN - 14 * DAY - 1 }, "since"],
    [{ since: Number.NaN }, "since"],
    [{ since: BEGIN - 1, until: "now" }, "until"],
    [{ since: BEGIN - 1, types: "stock.moved" }, "types"],
    [{ since: BEGIN - 1, types: ["stock.moved", "inventory/update"] }, "types[1]"],
  ])("recovering %j is refused", async (range, field) => {
    const { webhooks, failure, made } = await makeWorld();
    const { id } = (await made()).endpoint;
    // As a request might say it.
    const asked = webhooks.recover(OWNER, id, range as { readonly since: number });
    expect(await failure(asked)).toEqual(fault("InvalidRequest", { field }));
  });

  it("recovers a range of 14 days", async () => {
    const { webhooks, run, made } = await makeWorld();
    const { id } = (await made()).endpoint;
    const range = { since: BEGIN - 14 * DAY };
    expect(await run(webhooks.recover(OWNER, id, range))).toEqual({ recovered: 0 });
  });
});

describe("a test", () => {
  it("is a delivery of its own with what the API says", async () => {
    const { webhooks, run, made } = await makeWorld();
    const { id } = (await made({ api: "other" })).endpoint;
    const sent = await run(webhooks.sendTest(OWNER, id));
    expect(sent).toEqual({
      endpoint: id,
      message: expect.stringMatching(/^msg_[0-9A-Za-z]{24}$/),
      type: "other.test",
      sequence: null,
      status: "waiting",
      attempts: 0,
      nextAttemptAt: BEGIN,
      createdAt: BEGIN,
      finishedAt: null,
    });
    const { body } = await run(webhooks.delivery(OWNER, id, sent.message));
    expect(body).toBe('{"api":"other","test":true}');
    expect((await run(webhooks.sendTest(OWNER, id))).message).not.toBe(sent.message);
  });

  it("is a conflict where the API is served no more", async () => {
    const apis = [...RULES.shapes];
    const { webhooks, failure, made } = await makeWorld({ rules: { ...RULES, shapes: apis } });
    const { id } = (await made({ api: "other" })).endpoint;
    apis.pop();
    expect(await failure(webhooks.sendTest(OWNER, id))).toEqual(
      fault("Conflict", { field: "api" }),
    );
  });
});

describe("another writer", () => {
  it("that is faster makes it decide again on what is there then", async () => {
    let moved = 0;
    const world = await makeWorld({
      changed: (store) => ({
        writeEndpoint: (endpoint) =>
          Effect.gen(function* () {
            if (endpoint.version > 1 && moved++ === 0) {
              const description = "of another writer";
              const other = yield* store.endpoint(endpoint.ledger, endpoint.id);
              yield* store.writeEndpoint({ ...endpoint, ...other, description, version: 2 });
            }
            yield* store.writeEndpoint(endpoint);
          }),
      }),
    });
    const { webhooks, run, made, stored } = world;
    const { id } = (await made()).endpoint;
    const changed = await run(webhooks.changeEndpoint(OWNER, id, { maxConcurrent: 3 }));
    expect(changed).toMatchObject({ description: "of another writer", maxConcurrent: 3 });
    expect((await stored(id)).version).toBe(3);
  });

  it("that made it first under the same key leaves one endpoint", async () => {
    const { webhooks, run } = await makeWorld();
    const asked = webhooks.createEndpoint({ ...NEW_ENDPOINT, idempotencyKey: "once" });
    const all = await run(Effect.all([asked, asked, asked], { concurrency: "unbounded" }));
    expect(new Set(all.map(({ endpoint }) => endpoint.id)).size).toBe(1);
    expect(all.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(await run(webhooks.endpoints(OWNER))).toHaveLength(1);
  });

  it("that is always faster is given up on with Busy", async () => {
    let times = 0;
    const { webhooks, failure } = await makeWorld({
      changed: () => ({
        writeEndpoint: () =>
          Effect.suspend(() => {
            times++;
            return new EndpointMoved();
          }),
      }),
    });
    expect(await failure(webhooks.createEndpoint(NEW_ENDPOINT))).toBeInstanceOf(Busy);
    expect(times).toBe(20);
  });

  it("is not suspected where the store breaks off", async () => {
    const broken = new OutcomeUnknown({ message: "no answer" });
    const { webhooks, failure } = await makeWorld({
      changed: () => ({ writeEndpoint: () => broken }),
    });
    expect(await failure(webhooks.createEndpoint(NEW_ENDPOINT))).toBe(broken);
  });
});
