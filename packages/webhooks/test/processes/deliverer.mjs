// A process that records movements and delivers them until it is killed. It tells what has been
// acknowledged; told to finish, it records no more, and lets time pass until nothing is left.
import { Access, LOCAL_TARGETS, Stockbook, WebhookSecrets, Webhooks } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { DEFAULT_SENDER_OPTIONS, makeDelivery } from "@stockbook/webhooks/delivery";
import { Clock, Effect, Layer } from "effect";

const [, , file, offset, life, urls] = process.argv;
const OWNER = { organisation: "acme", mode: "test" };
const SENDER = { ...DEFAULT_SENDER_OPTIONS, policy: LOCAL_TARGETS, timeoutMs: 100 };
const RETRY_DELAYS_MS = Array.from({ length: 20 }, () => 1_000);
const MOST_MOVEMENTS = 60;

const SHAPE = {
  api: "native",
  eventTypes: ["stock.moved"],
  messages: ({ type, sequence }) => Effect.succeed([{ type, body: { type, sequence } }]),
  test: { type: "webhook.test", body: {} },
};

let skippedMs = Number(offset);
const now = () => Date.now() + skippedMs;
const clock = Object.assign(Object.create(Clock.make()), {
  unsafeCurrentTimeMillis: now,
  currentTimeMillis: Effect.sync(now),
});

const furnished = Effect.gen(function* () {
  yield* (yield* Access).createOrganisation({ id: OWNER.organisation });
  const ledger = yield* (yield* Stockbook).ledger(OWNER);
  yield* ledger.submit({ type: "put-location", id: "shop" });
  yield* ledger.submit({ type: "put-item", sku: "TEA", id: "TEA" });
  const webhooks = yield* Webhooks;
  const ids = [];
  for (const [i, url] of urls.split(",").entries()) {
    const { endpoint } = yield* webhooks.createEndpoint({
      ...OWNER,
      url,
      ordered: i === 0,
      after: 0,
      events: ["stock.moved"],
      retryDelaysMs: RETRY_DELAYS_MS,
      idempotencyKey: url,
    });
    ids.push(endpoint.id);
    if (endpoint.disabled !== null) {
      yield* webhooks.changeEndpoint(OWNER, endpoint.id, { enabled: true });
    }
  }
  return { ledger, webhooks, ids };
});

const recording = (ledger) =>
  Effect.gen(function* () {
    for (let i = 0; i < MOST_MOVEMENTS; i++) {
      const lines = [{ item: "TEA", quantity: 1 }];
      const idempotencyKey = `${life}-${i}`;
      const receipt = yield* ledger.submit({
        type: "receive",
        location: "shop",
        lines,
        idempotencyKey,
      });
      process.send({ type: "recorded", sequence: receipt.sequence });
      yield* Effect.sleep(2);
    }
  });

const finishing = ({ webhooks, ids, ledger }, delivery) =>
  Effect.gen(function* () {
    let again = true;
    while (again) {
      for (let next = 0; next !== null; ) {
        next = yield* delivery.runDue;
        if (next !== null) skippedMs += Math.max(0, next - now());
      }
      again = false;
      for (const id of ids) {
        const { disabled } = yield* webhooks.endpoint(OWNER, id);
        if (disabled === null) continue;
        again = true;
        yield* webhooks.changeEndpoint(OWNER, id, { enabled: true });
      }
    }
    const failed = [];
    for (const id of ids) {
      const { rows } = yield* webhooks.deliveries(OWNER, id, { status: "failed", limit: 1_000 });
      failed.push(rows.map(({ sequence }) => sequence));
    }
    const moved = [];
    let page = { after: 0, more: true };
    while (page.more) {
      page = yield* ledger.events({ after: page.after, types: ["stock.moved"], limit: 1_000 });
      moved.push(...page.rows.map(({ sequence }) => sequence));
    }
    process.send({ type: "finished", moved, failed });
  });

const program = Effect.gen(function* () {
  const shop = yield* furnished;
  const delivery = yield* makeDelivery({ shapes: [SHAPE], sender: SENDER, pollMs: 5 });
  process.send({ type: "ready" });
  if (life === "last") return yield* finishing(shop, delivery);
  yield* Effect.forkScoped(delivery.run);
  yield* recording(shop.ledger);
  return yield* Effect.never;
});

const services = Layer.mergeAll(
  Stockbook.layer(),
  Access.layer(),
  Webhooks.layer({ shapes: [SHAPE], targetFault: () => undefined }),
);
const KEY = Buffer.alloc(32, 1).toString("base64");
const layer = Layer.provideMerge(services, Layer.merge(sqlite(file), WebhookSecrets.layer([KEY])));
await Effect.runPromise(
  Effect.scoped(Effect.provide(program, layer)).pipe(Effect.withClock(clock)),
);
process.disconnect();
