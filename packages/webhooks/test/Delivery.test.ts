import { type DeliveryStatus, makeMemoryStore, StoreFault, storeContext } from "@stockbook/engine";
import { check } from "@stockbook/webhooks";
import { Effect, Layer } from "effect";
import { describe, expect, it } from "vitest";
import {
  type Behaviour,
  type ChaosReceiver,
  chaosReceiver,
  closedPort,
  OK,
  type Received,
} from "./ChaosReceiver.js";
import { LOCAL } from "./support/Sending.js";
import { inWorld, OWNER, untilQuiet, type World } from "./support/World.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const answer = (status: number, headers?: Readonly<Record<string, string>>): Behaviour =>
  headers === undefined ? { type: "answer", status } : { type: "answer", status, headers };

const bodyOf = ({ body }: Received) =>
  JSON.parse(new TextDecoder().decode(body)) as {
    readonly type: string;
    readonly sequence: number;
  };

const sequencesOf = ({ received }: ChaosReceiver) => received.map((one) => bodyOf(one).sequence);

const statusesOf = (world: World, endpoint: string) =>
  Effect.map(world.deliveries(endpoint), (rows) =>
    rows.map(({ status }): DeliveryStatus => status),
  );

describe("what happens in a ledger", () => {
  it("reaches every endpoint that asked for it, in its words, signed", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { secret } = yield* world.endpoint({
          url: receiver.url,
          events: ["stock.moved"],
          headers: { "x-shop": "7" },
        });
        yield* world.ledger.submit({ type: "put-item", sku: "JAM", id: "JAM" });
        yield* world.move(3);
        yield* untilQuiet(world, yield* world.worker());

        const head = yield* world.ledger.head;
        expect(sequencesOf(receiver).sort()).toEqual([head - 2, head - 1, head]);
        for (const { headers, body } of receiver.received) {
          expect(headers).toMatchObject({ "x-shop": "7", "content-type": "application/json" });
          const options = { secrets: [secret as string], now: () => world.clock.now };
          const verified = yield* Effect.promise(() => check({ headers, body, ...options }));
          expect(verified).toMatchObject({ ok: true });
        }
      }),
    ));

  it("becomes a form where one is wanted", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        yield* world.endpoint({ url: receiver.url, format: "form" });
        yield* world.move(1);
        yield* untilQuiet(world, yield* world.worker());
        const [one] = receiver.received;
        const fields = new URLSearchParams(new TextDecoder().decode(one?.body));
        expect(Object.fromEntries(fields)).toMatchObject({ type: "stock.moved" });
        expect(one?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
      }),
    ));

  it("from before an endpoint was made reaches it if it asks for that", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        yield* world.move(250);
        yield* world.endpoint({ url: receiver.url, after: 0, maxConcurrent: 32 });
        yield* untilQuiet(world, yield* world.worker());
        // The first entry opens the ledger, the second makes the location; nobody asks for those.
        expect(new Set(sequencesOf(receiver)).size).toBe(yield* world.ledger.head);
      }),
    ));
});

describe("a delivery that fails", () => {
  it("is attempted as scheduled, with the same id and body, and is then given up", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        receiver.always(answer(500));
        const { endpoint } = yield* world.endpoint({
          url: receiver.url,
          retryDelaysMs: [10_000, 60_000],
        });
        yield* world.move(1);
        const start = world.clock.now;
        yield* untilQuiet(world, yield* world.worker());
        expect(receiver.received).toHaveLength(3);
        expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
        expect(new Set(receiver.received.map(({ body }) => String(body))).size).toBe(1);
        const stamps = receiver.received.map(({ headers }) => Number(headers["webhook-timestamp"]));
        expect(new Set(stamps).size).toBe(3);
        const tookMs = world.clock.now - start;
        expect(tookMs).toBeGreaterThanOrEqual(0.8 * 70_000);
        expect(tookMs).toBeLessThanOrEqual(1.2 * 70_000);
        expect(yield* statusesOf(world, endpoint.id)).toEqual(["failed"]);
      }),
    ));

  it("can be sent again, and its schedule begins anew", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        receiver.always(answer(500));
        const { endpoint } = yield* world.endpoint({ url: receiver.url, retryDelaysMs: [10_000] });
        yield* world.move(2);
        const worker = yield* world.worker();
        yield* untilQuiet(world, worker);
        expect(receiver.received).toHaveLength(4);

        const [failed] = yield* world.deliveries(endpoint.id);
        const message = failed?.message as string;
        receiver.next(answer(503), OK);
        yield* world.webhooks.resend(OWNER, endpoint.id, message);
        yield* untilQuiet(world, worker);
        const sent = yield* world.webhooks.delivery(OWNER, endpoint.id, message);
        expect(sent).toMatchObject({ status: "delivered", attempts: 4 });
        expect(sent.history.map(({ outcome }) => outcome)).toMatchObject([
          { status: 500 },
          { status: 500 },
          { status: 503 },
          { status: 204 },
        ]);
      }),
    ));

  it("is among those that a recovery of its time sends again", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        receiver.always(answer(500));
        const { endpoint } = yield* world.endpoint({ url: receiver.url, retryDelaysMs: [] });
        const worker = yield* world.worker();
        yield* world.move(5);
        yield* untilQuiet(world, worker);
        world.clock.now += HOUR_MS;
        const since = world.clock.now;
        yield* world.move(7);
        yield* untilQuiet(world, worker);
        receiver.always(OK);
        world.clock.now += MINUTE_MS;
        expect(yield* world.webhooks.recover(OWNER, endpoint.id, { since })).toEqual({
          recovered: 7,
        });
        yield* untilQuiet(world, worker);
        const statuses = yield* statusesOf(world, endpoint.id);
        expect(statuses.filter((status) => status === "delivered")).toHaveLength(7);
      }),
    ));
});

describe("an endpoint", () => {
  it("that is gone gets nothing more until it is enabled; then nothing has been missed", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { endpoint } = yield* world.endpoint({ url: receiver.url, ordered: true });
        const worker = yield* world.worker();
        receiver.next(OK, answer(410));
        yield* world.move(5);
        yield* untilQuiet(world, worker);
        expect(receiver.received).toHaveLength(2);
        expect(yield* world.webhooks.endpoint(OWNER, endpoint.id)).toMatchObject({
          disabled: { reason: "gone", at: world.clock.now },
        });

        yield* world.move(5);
        yield* untilQuiet(world, worker);
        expect(receiver.received).toHaveLength(2);
        yield* world.webhooks.changeEndpoint(OWNER, endpoint.id, { enabled: true });
        world.clock.now += HOUR_MS;
        yield* untilQuiet(world, worker);
        const head = yield* world.ledger.head;
        const expected = Array.from({ length: 10 }, (_, i) => head - 9 + i);
        expect([...new Set(sequencesOf(receiver))]).toEqual(expected);
      }),
    ));

  it("that fails for five days is disabled, and begins anew once it is enabled", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const port = yield* closedPort;
        const { endpoint } = yield* world.endpoint({
          url: `http://127.0.0.1:${port}/`,
          retryDelaysMs: Array.from({ length: 7 }, () => DAY_MS),
        });
        const worker = yield* world.worker();
        const start = world.clock.now;
        for (let half = 0; half < 20; half++) {
          yield* world.move(1);
          yield* worker.runDue;
          world.clock.now += DAY_MS / 2;
        }
        const { disabled } = yield* world.webhooks.endpoint(OWNER, endpoint.id);
        expect(disabled).toEqual({ reason: "failing", at: start + 5 * DAY_MS });
        yield* world.webhooks.changeEndpoint(OWNER, endpoint.id, { enabled: true });
        yield* worker.runDue;
        expect(yield* world.webhooks.endpoint(OWNER, endpoint.id)).toMatchObject({
          disabled: null,
        });
      }),
    ));

  it("that is ordered gets nothing before what came first in the ledger has arrived", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        yield* world.endpoint({ url: receiver.url, ordered: true });
        receiver.next(OK, answer(500), answer(500), OK, OK, answer(503));
        yield* world.move(6);
        yield* untilQuiet(world, yield* world.worker());
        const [first = 0] = sequencesOf(receiver);
        const offsets = sequencesOf(receiver).map((sequence) => sequence - first);
        expect(offsets).toEqual([0, 1, 1, 1, 2, 3, 3, 4, 5]);
      }),
    ));

  it("that has a pace is attempted no more often", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        yield* world.endpoint({ url: receiver.url, maxPerSecond: 3 });
        yield* world.move(10);
        const start = world.clock.now;
        yield* untilQuiet(world, yield* world.worker());
        expect(receiver.received).toHaveLength(10);
        expect(world.clock.now - start).toBe(3_000);
      }),
    ));

  it("that fails is left alone by the breaker, which costs nobody else anything", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const [dead, alive] = [yield* chaosReceiver(), yield* chaosReceiver()];
        dead.always(answer(500));
        yield* world.endpoint({ url: dead.url });
        yield* world.endpoint({ url: alive.url });
        yield* world.move(300);
        const worker = yield* world.worker();
        const next = yield* worker.runDue;
        expect(alive.received).toHaveLength(300);
        // Ten and those that were under way when the tenth had failed.
        expect(dead.received.length).toBeLessThan(20);
        expect(next).toBe(world.clock.now + 30_000);
        world.clock.now += 30_000;
        const before = dead.received.length;
        yield* worker.runDue;
        expect(dead.received.length).toBe(before + 1);
      }),
    ));

  it("signs with the old secret as well until that expires", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const made = yield* world.endpoint({ url: receiver.url });
        const worker = yield* world.worker();
        const { id } = made.endpoint;
        const rotated = yield* world.webhooks.rotateSecret(OWNER, id, { overlapMs: HOUR_MS });
        const verdicts = () =>
          Effect.promise(async () => {
            const { headers, body } = receiver.received.at(-1) as Received;
            const now = () => world.clock.now;
            const of = async (secret: string | null) =>
              (await check({ headers, body, secrets: [secret as string], now })).ok;
            return [await of(made.secret), await of(rotated.secret)];
          });
        yield* world.move(1);
        yield* untilQuiet(world, worker);
        expect(yield* verdicts()).toEqual([true, true]);
        world.clock.now += HOUR_MS;
        yield* world.move(1);
        yield* untilQuiet(world, worker);
        expect(yield* verdicts()).toEqual([false, true]);
      }),
    ));

  it("can be tried", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        const { endpoint } = yield* world.endpoint({ url: receiver.url, events: ["stock.moved"] });
        const { message } = yield* world.webhooks.sendTest(OWNER, endpoint.id);
        yield* untilQuiet(world, yield* world.worker());
        expect(receiver.received.map(bodyOf)).toMatchObject([{ type: "webhook.test" }]);
        expect(yield* world.webhooks.delivery(OWNER, endpoint.id, message)).toMatchObject({
          status: "delivered",
          history: [{ request: { url: receiver.url }, outcome: { status: 204 } }],
        });
      }),
    ));
});

describe("workers", () => {
  it("send nothing more while what was sent cannot be written down", () => {
    const memory = makeMemoryStore();
    let isFull = true;
    const full = new StoreFault({ reason: "full", message: "the disk is full" });
    const store = storeContext({
      ...memory,
      webhooks: {
        ...memory.webhooks,
        settle: (...args) => (isFull ? full : memory.webhooks.settle(...args)),
      },
    });
    return inWorld(
      (world) =>
        Effect.gen(function* () {
          const receiver = yield* chaosReceiver();
          const { endpoint } = yield* world.endpoint({ url: receiver.url });
          const worker = yield* world.worker();
          yield* world.move(3);
          for (let round = 0; round < 5; round++) {
            expect(yield* Effect.flip(worker.runDue)).toBe(full);
          }
          expect(receiver.received).toHaveLength(3);
          isFull = false;
          yield* untilQuiet(world, worker);
          expect(receiver.received).toHaveLength(3);
          expect(yield* statusesOf(world, endpoint.id)).toEqual(Array(3).fill("delivered"));
        }),
      Layer.succeedContext(store),
    );
  });

  it("leave an endpoint to the one that holds it, until that has been silent for too long", () =>
    inWorld((world) =>
      Effect.gen(function* () {
        const receiver = yield* chaosReceiver();
        yield* world.endpoint({ url: receiver.url });
        const [one, other] = [yield* world.worker(), yield* world.worker()];
        yield* one.runDue;
        yield* world.move(1);
        yield* other.runDue;
        expect(receiver.received).toHaveLength(0);
        world.clock.now += 30_000;
        yield* other.runDue;
        expect(receiver.received).toHaveLength(1);
        yield* world.move(1);
        yield* one.runDue;
        expect(receiver.received).toHaveLength(1);
        yield* other.close;
        yield* one.runDue;
        expect(receiver.received).toHaveLength(2);
      }),
    ));

  it(
    "do nothing by themselves but what is due, and again when something happens",
    () =>
      inWorld((world) =>
        Effect.gen(function* () {
          const receiver = yield* chaosReceiver();
          yield* world.endpoint({ url: receiver.url });
          const worker = yield* world.worker({ pollMs: 1, sender: { ...LOCAL, timeoutMs: 5_000 } });
          yield* Effect.forkScoped(worker.run);
          yield* world.move(3);
          yield* receiver.arrived(3);
          yield* world.move(2);
          yield* receiver.arrived(5);
        }),
      ),
    30_000,
  );
});
