/** The part of the conformance suite that is about webhooks. */
import {
  type LedgerId,
  makeMemoryStore,
  type Settlement,
  type StoreError,
  type Stores,
} from "@stockbook/engine";
import { Effect, Either, type Layer } from "effect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { propertyOptions } from "../LawRun.js";
import { WORLD_BEGINS } from "../World.js";
import {
  attemptOf,
  type Call,
  callOf,
  deedsArbitrary,
  everything,
  type WebhookWorld,
} from "./WebhookDeeds.js";
import {
  allDeliveries,
  clear,
  endpointOf,
  ledgersOf,
  makeWebhookEngine,
  messageOf,
  messagesOf,
  type WebhookEngine,
} from "./WebhookHarness.js";
import { checkLeases, checkOrder } from "./WebhookLaws.js";

export const WEBHOOK_TESTS = [
  "answers all calls about webhooks as the memory store does",
  "moves a cursor and its deliveries together, or neither",
  "delivers no message of a ledger twice to one endpoint",
  "lets no two workers hold an endpoint at one moment",
  "settles a delivery that was taken over once",
  "lets a failed delivery hold up those after it, in order",
  "lets a message of no event neither wait for others nor hold them up",
  "leaves a delivery that is sent again while it is attempted to wait",
  "recovers what was given up in a range, the oldest first, up to a limit",
  "prunes what finished before, the first to finish first, with its messages",
  "removes an endpoint with its deliveries, and nothing that others need",
  "tells nothing of an endpoint in another ledger",
  "writes an endpoint over the version it was decided on",
  "gives the same endpoints and deliveries when it is opened again",
] as const;
export type WebhookTest = (typeof WEBHOOK_TESTS)[number];

type Check = (test: WebhookTest, body: () => Promise<void>) => void;

const AT = WORLD_BEGINS;
const ID = "whe_0";

const leaseSteps = fc.array(
  fc.record({
    ownerNo: fc.nat(3),
    waitMs: fc.nat(3),
    leaseMs: fc.nat(6),
    releases: fc.boolean(),
  }),
  { minLength: 4, maxLength: 20 },
);

/** Before the next attempt, or 0 for one that succeeds. */
const delays = fc.array(fc.constantFrom(0, 1, 5_000), { minLength: 1, maxLength: 30 });

/** Declares these tests for a store; `layer` is asked for when they run. */
export function webhookTests(layer: () => Layer.Layer<Stores, StoreError>, check: Check): void {
  describe("with webhooks", () => {
    let engine: WebhookEngine;
    let other: WebhookEngine;
    let tests = 0;
    beforeAll(async () => {
      engine = await makeWebhookEngine(layer());
      other = await makeWebhookEngine(layer());
    });
    afterAll(() => Promise.all([engine.close(), other.close()]));

    /** Runs with ledgers nobody has used before, and leaves no endpoint. */
    const withLedgers = async (
      body: (ledgers: readonly [LedgerId, LedgerId]) => Promise<void>,
    ): Promise<void> => {
      const ledgers = await ledgersOf(engine, `webhooks-${++tests}`);
      try {
        await body(ledgers);
      } finally {
        await clear(engine, ledgers);
      }
    };
    /** The same with one endpoint in the first of them. */
    const withEndpoint = (body: (ledger: LedgerId, other: LedgerId) => Promise<void>) =>
      withLedgers(async ([ledger, second]) => {
        await engine.run(engine.webhooks.writeEndpoint(endpointOf(ledger, ID)));
        await body(ledger, second);
      });
    const rowsOf = async (ledger: LedgerId, endpoint = ID) =>
      (await engine.run(allDeliveries(engine.webhooks, ledger, { endpoint }, 1_000))).flat();
    const cursorOf = async (ledger: LedgerId) =>
      (await engine.run(engine.webhooks.endpoint(ledger, ID)))?.cursor;

    check("answers all calls about webhooks as the memory store does", () =>
      fc.assert(
        fc.asyncProperty(deedsArbitrary, (deeds) =>
          withLedgers(async (ledgers) => {
            const { webhooks: model } = makeMemoryStore();
            const world: WebhookWorld = { model, ledgers, now: AT, attempts: 0 };
            const same = async (call: Call) => {
              const expected = Effect.runSync(answerOf(call(model)));
              expect(await engine.run(answerOf(call(engine.webhooks)))).toEqual(expected);
            };
            for (const deed of deeds) await same(callOf(world, deed));
            await same(everything(world));
          }),
        ),
        propertyOptions(0.2),
      ),
    );

    check("moves a cursor and its deliveries together, or neither", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run, failure } = engine;
        const first = {
          ledger,
          endpoint: ID,
          from: 0,
          to: 500,
          messages: messagesOf(0, 500),
          at: AT,
        };
        for (const moved of [
          { ...first, from: 1 },
          { ...first, endpoint: "nobody" },
        ]) {
          expect(await failure(webhooks.enqueue(moved))).toMatchObject({ _tag: "EndpointMoved" });
        }
        expect([await cursorOf(ledger), await rowsOf(ledger)]).toEqual([0, []]);

        // Of two who read the same cursor, one moves it.
        const both = await Promise.all(
          [engine, other].map((one) => one.run(answerOf(one.webhooks.enqueue(first)))),
        );
        expect(both.filter((answer) => "failed" in answer)).toEqual([{ failed: "EndpointMoved" }]);
        expect(await cursorOf(ledger)).toBe(500);
        const rows = await rowsOf(ledger);
        expect(rows.map(({ sequence }) => sequence)).toEqual(
          messagesOf(0, 500)
            .map(({ sequence }) => sequence)
            .reverse(),
        );

        // A cursor moves on where nothing is to be told.
        await run(webhooks.enqueue({ ...first, from: 500, to: 900, messages: [] }));
        expect([await cursorOf(ledger), await rowsOf(ledger)]).toEqual([900, rows]);
      }),
    );

    check("delivers no message of a ledger twice to one endpoint", () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(20), fc.nat(12)), { minLength: 1, maxLength: 6 }),
          (ranges) =>
            withEndpoint(async (ledger) => {
              const { webhooks, run } = engine;
              const wanted = new Set<number>();
              let from = 0;
              for (const [after, count] of ranges) {
                const messages = messagesOf(after, after + count);
                const to = from + 1;
                await run(webhooks.enqueue({ ledger, endpoint: ID, from, to, messages, at: AT }));
                const again = { ...messageOf(after + 1), body: "of another rendering" };
                await run(webhooks.addDelivery(ledger, ID, again, AT));
                for (const { sequence } of [...messages, again]) wanted.add(sequence ?? 0);
                from = to;
              }
              const told = (await rowsOf(ledger)).map(({ message }) => message);
              expect(told.length).toBe(wanted.size);
              expect(new Set(told)).toEqual(new Set([...wanted].map((no) => messageOf(no).id)));
            }),
        ),
        propertyOptions(0.05),
      ),
    );

    check("lets no two workers hold an endpoint at one moment", () =>
      fc.assert(
        fc.asyncProperty(leaseSteps, (steps) =>
          withEndpoint((ledger) => checkLeases([engine, other], { ledger, id: ID }, steps)),
        ),
        propertyOptions(0.05),
      ),
    );

    check("settles a delivery that was taken over once", () =>
      withEndpoint(async (ledger) => {
        const messages = messagesOf(0, 20);
        const { webhooks, run } = engine;
        await run(webhooks.enqueue({ ledger, endpoint: ID, from: 0, to: 20, messages, at: AT }));
        const settlements = (from: number, to: number, ms: number) =>
          messagesOf(from, to).map(({ id }): Settlement => {
            const attempt = attemptOf(1, AT, ms);
            const done = { status: "delivered", dueAt: null, delaysUsed: 0 } as const;
            return {
              ledger,
              endpoint: ID,
              message: id,
              attempts: 0,
              attemptsBefore: 0,
              attempt,
              ...done,
            };
          });
        // Both have some that the other has not, and some that are nobody's.
        const nobody = { ...settlements(0, 1, 1)[0], endpoint: "nobody" } as Settlement;
        await Promise.all([
          run(webhooks.settle([nobody, ...settlements(0, 15, 1)], [])),
          other.run(other.webhooks.settle([...settlements(5, 20, 2), nobody], [])),
        ]);
        for (const { id } of messages) {
          const details = await run(webhooks.delivery(ledger, ID, id));
          expect(details).toMatchObject({ status: "delivered", attempts: 1, nextAttemptAt: null });
          expect(details?.history).toHaveLength(1);
          const [attempt] = details?.history ?? [];
          expect(details?.finishedAt).toBe(AT + (attempt?.durationMs ?? 0));
        }
      }),
    );

    check("lets a failed delivery hold up those after it, in order", () =>
      fc.assert(
        fc.asyncProperty(delays, (delaysMs) =>
          withEndpoint((ledger) => checkOrder(engine, { ledger, endpoint: ID }, delaysMs)),
        ),
        propertyOptions(0.05),
      ),
    );

    check("lets a message of no event neither wait for others nor hold them up", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run } = engine;
        const at = { ledger, endpoint: ID };
        const query = { ...at, limit: 9, order: "sequence" } as const;
        const next = async (now: number) => {
          const { due, nextDueAt } = await run(webhooks.due({ ...query, now }));
          return [due.map(({ message }) => message.id), nextDueAt];
        };
        const messages = messagesOf(0, 2);
        await run(webhooks.enqueue({ ...at, from: 0, to: 2, messages, at: AT + 5 }));
        const test = { id: "test", type: "test", sequence: null, body: "{}" };
        await run(webhooks.addDelivery(ledger, ID, test, AT + 7));
        expect(await next(AT)).toEqual([[], AT + 5]);
        expect(await next(AT + 5)).toEqual([["msg_1"], AT + 5]);
        expect(await next(AT + 7)).toEqual([["test"], AT + 5]);
        const attempt = attemptOf(1, AT + 7, 1);
        const failed = {
          attempts: 0,
          attemptsBefore: 0,
          attempt,
          status: "waiting",
          delaysUsed: 1,
        } as const;
        const settlement = (message: string, dueAt: number) => ({
          ...at,
          message,
          ...failed,
          dueAt,
        });
        await run(webhooks.settle([settlement("test", AT + 90)], []));
        expect(await next(AT + 7)).toEqual([["msg_1"], AT + 5]);
        await run(webhooks.settle([settlement("msg_1", AT + 80)], []));
        expect(await next(AT + 7)).toEqual([[], AT + 80]);
        expect(await next(AT + 80)).toEqual([["msg_1"], AT + 80]);
        // Among themselves they come as they are due.
        await run(webhooks.addDelivery(ledger, ID, { ...test, id: "another" }, AT + 85));
        expect(await next(AT + 95)).toEqual([["another"], AT + 80]);
      }),
    );

    check("leaves a delivery that is sent again while it is attempted to wait", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run } = engine;
        await run(webhooks.addDelivery(ledger, ID, messageOf(1), AT));
        const { id: message } = messageOf(1);
        const at = { ledger, endpoint: ID, message };
        const ended = { status: "failed", dueAt: null, delaysUsed: 0 } as const;
        const settle = (attempts: number, attemptsBefore: number) =>
          run(
            webhooks.settle(
              [
                {
                  ...at,
                  attempts,
                  attemptsBefore,
                  attempt: attemptOf(attempts + 1, AT, 1),
                  ...ended,
                },
              ],
              [],
            ),
          );
        await settle(0, 0);
        await run(webhooks.resend(ledger, ID, message, AT + 1));
        await run(webhooks.resend(ledger, ID, message, AT + 2));
        await settle(1, 0);
        const waiting = { status: "waiting", attempts: 1, nextAttemptAt: AT + 2 };
        expect(await run(webhooks.delivery(ledger, ID, message))).toMatchObject(waiting);
        await settle(1, 1);
        const failed = { status: "failed", attempts: 2 };
        expect(await run(webhooks.delivery(ledger, ID, message))).toMatchObject(failed);
      }),
    );

    check("recovers what was given up in a range, the oldest first, up to a limit", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run } = engine;
        const at = { ledger, endpoint: ID };
        for (const { sequence, id } of messagesOf(0, 8)) {
          const no = sequence ?? 0;
          // The sixth arrives; the others are given up in one way or the other.
          const status = no === 6 ? "delivered" : no % 3 === 0 ? "aborted" : "failed";
          await run(webhooks.addDelivery(ledger, ID, messageOf(no), AT + no));
          const attempt = attemptOf(1, AT, 1);
          const done = {
            attempts: 0,
            attemptsBefore: 0,
            attempt,
            status,
            dueAt: null,
            delaysUsed: 3,
          } as const;
          await run(webhooks.settle([{ ...at, message: id, ...done }], []));
        }
        const range = { ...at, since: AT + 2, until: AT + 8, at: AT + 50 };
        const recover = async (types: readonly string[], limit: number) => {
          const count = await run(webhooks.recover({ ...range, types, limit }));
          const rows = await run(webhooks.due({ ...at, now: AT + 50, limit: 9, order: "due" }));
          return [count, rows.due.map(({ message }) => message.sequence)];
        };
        expect(await recover([messageOf(1).type], 1)).toEqual([1, [3]]);
        expect(await recover([], 2)).toEqual([2, [2, 3, 4]]);
        expect(await recover([], 9)).toEqual([2, [2, 3, 4, 5, 7]]);
        expect(await recover([], 9)).toEqual([0, [2, 3, 4, 5, 7]]);
        const { due } = await run(
          webhooks.due({ ...at, now: AT + 50, limit: 1, order: "sequence" }),
        );
        expect(due).toMatchObject([
          { dueAt: AT + 50, attempts: 1, attemptsBefore: 1, delaysUsed: 0 },
        ]);
      }),
    );

    check("prunes what finished before, the first to finish first, with its messages", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run } = engine;
        await run(webhooks.writeEndpoint(endpointOf(ledger, "whe_1")));
        const at = { ledger, from: 0, to: 5, messages: messagesOf(0, 5), at: AT };
        await run(webhooks.enqueue({ ...at, endpoint: ID }));
        await run(webhooks.addDelivery(ledger, "whe_1", messageOf(5), AT));
        // The fifth finishes first; the first goes on waiting.
        const settlements = messagesOf(1, 5).map(({ id, sequence }): Settlement => {
          const attempt = attemptOf(1, AT, 10 - (sequence ?? 0));
          const done = { status: "delivered", dueAt: null, delaysUsed: 0 } as const;
          return {
            ledger,
            endpoint: ID,
            message: id,
            attempts: 0,
            attemptsBefore: 0,
            attempt,
            ...done,
          };
        });
        await run(webhooks.settle(settlements, []));
        const left = async () => (await rowsOf(ledger)).map(({ sequence }) => sequence);
        expect(await run(webhooks.prune(AT + 5, 9))).toBe(0);
        expect(await run(webhooks.prune(AT + 8, 1))).toBe(1);
        expect(await left()).toEqual([4, 3, 2, 1]);
        expect(await run(webhooks.prune(AT + 8, 9))).toBe(2);
        expect(await left()).toEqual([2, 1]);
        // What another endpoint still has is kept, what none has is made anew.
        for (const no of [4, 5]) {
          const again = { ...messageOf(no), body: "anew" };
          await run(webhooks.addDelivery(ledger, ID, again, AT));
          const details = await run(webhooks.delivery(ledger, ID, again.id));
          expect(details?.body).toBe(no === 5 ? messageOf(5).body : "anew");
          expect(details?.history).toEqual([]);
        }
      }),
    );

    check("removes an endpoint with its deliveries, and nothing that others need", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run } = engine;
        await run(webhooks.writeEndpoint(endpointOf(ledger, "whe_1")));
        const at = { ledger, from: 0, at: AT };
        const messages = messagesOf(0, 3);
        await run(
          webhooks.enqueue({ ...at, endpoint: "whe_1", to: 2, messages: messagesOf(0, 2) }),
        );
        const before = await rowsOf(ledger, "whe_1");
        // Made again, it has nothing of what it had, whatever became of that.
        for (const body of ["as it was", "as it is", "as it will be"]) {
          const rendered = messages.map((message) => ({ ...message, body }));
          await run(webhooks.enqueue({ ...at, endpoint: ID, to: 3, messages: rendered }));
          const settlement: Settlement = {
            ledger,
            endpoint: ID,
            message: "msg_3",
            attempts: 0,
            attemptsBefore: 0,
            attempt: attemptOf(1, AT, 1),
            status: "failed",
            dueAt: null,
            delaysUsed: 0,
          };
          await run(webhooks.settle([settlement], []));
          expect(await run(webhooks.delivery(ledger, ID, "msg_3"))).toMatchObject({
            body,
            attempts: 1,
            history: [settlement.attempt],
          });
          expect(await run(webhooks.removeEndpoint(ledger, ID))).toBe(true);
          expect(await run(webhooks.removeEndpoint(ledger, ID))).toBe(false);
          expect(await run(webhooks.delivery(ledger, ID, "msg_3"))).toBe(undefined);
          await run(webhooks.writeEndpoint(endpointOf(ledger, ID)));
          expect(await rowsOf(ledger)).toEqual([]);
        }
        expect(await rowsOf(ledger, "whe_1")).toEqual(before);
      }),
    );

    check("tells nothing of an endpoint in another ledger", () =>
      withEndpoint(async (ledger, stranger) => {
        const { webhooks, run, failure } = engine;
        const messages = messagesOf(0, 3);
        const { id: message, body: told } = messageOf(1);
        const enqueued = { ledger, endpoint: ID, from: 0, to: 3, messages, at: AT };
        await run(webhooks.enqueue(enqueued));
        const before = await rowsOf(ledger);
        const elsewhere = { ledger: stranger, endpoint: ID };
        const settlement: Settlement = {
          ...elsewhere,
          message,
          attempts: 0,
          attemptsBefore: 0,
          attempt: attemptOf(1, AT, 1),
          status: "failed",
          dueAt: null,
          delaysUsed: 0,
        };
        const recovery = { since: 0, until: AT + 1, types: [], at: AT, limit: 9 };
        const due = { ...elsewhere, now: AT, limit: 9, order: "due" } as const;
        const askAll = async () => [
          await run(webhooks.endpoints(stranger)),
          await run(webhooks.endpoint(stranger, ID)),
          await run(webhooks.delivery(stranger, ID, message)),
          await rowsOf(stranger),
          await run(webhooks.due(due)),
          await run(webhooks.resend(stranger, ID, message, AT)),
          await run(webhooks.recover({ ...elsewhere, ...recovery })),
          await run(webhooks.removeEndpoint(stranger, ID)),
        ];
        const nothing = { due: [], waiting: 0, nextDueAt: null };
        expect(await askAll()).toEqual([[], undefined, undefined, [], nothing, false, 0, false]);
        const moved = await failure(webhooks.enqueue({ ...enqueued, ledger: stranger }));
        expect(moved).toMatchObject({ _tag: "EndpointMoved" });
        await run(webhooks.settle([settlement], [{ ...elsewhere, health: null }]));
        await run(webhooks.addDelivery(stranger, ID, messageOf(1), AT));

        // The same names are another endpoint's and other messages' there.
        await run(webhooks.writeEndpoint(endpointOf(stranger, ID)));
        const body = "said differently";
        await run(webhooks.addDelivery(stranger, ID, { ...messageOf(1), body }, AT));
        await run(webhooks.settle([settlement], []));
        expect(await run(webhooks.delivery(stranger, ID, message))).toMatchObject({ body });
        expect((await rowsOf(stranger)).map(({ status }) => status)).toEqual(["failed"]);
        await run(webhooks.removeEndpoint(stranger, ID));
        expect(await rowsOf(ledger)).toEqual(before);
        const details = await run(webhooks.delivery(ledger, ID, message));
        expect(details?.body).toBe(told);
      }),
    );

    check("writes an endpoint over the version it was decided on", () =>
      withEndpoint(async (ledger) => {
        const { webhooks, run, failure } = engine;
        const made = endpointOf(ledger, ID);
        const keyed = { ...endpointOf(ledger, "whe_1"), idempotencyKey: "one" };
        await run(webhooks.writeEndpoint(keyed));
        const health = { failingSince: 5, anchorAt: 6 };
        await run(webhooks.settle([], [{ ledger, endpoint: ID, health }]));
        const enqueued = { ledger, endpoint: ID, from: 0, to: 7, messages: [], at: AT };
        await run(webhooks.enqueue(enqueued));
        for (const refused of [
          made,
          { ...made, version: 3 },
          { ...made, id: "whe_2", version: 2 },
          { ...made, id: "whe_2", idempotencyKey: "one" },
        ]) {
          const moved = await failure(webhooks.writeEndpoint(refused));
          expect(moved).toMatchObject({ _tag: "EndpointMoved" });
        }
        const kept = { ...made, cursor: 7, health };
        expect(await run(webhooks.endpoints(ledger))).toEqual([kept, keyed]);

        // Of two who decided on the same version, one writes. What is the worker's is left alone.
        const owner = "worker";
        const until = AT + 1_000;
        expect(await run(webhooks.lease({ owner, now: AT, until }))).toEqual([kept, keyed]);
        const older = { failingSince: 1, anchorAt: 2 };
        const url = "https://example.org/";
        const next = { ...made, version: 2, url, maxPerSecond: null, health: older };
        const both = await Promise.all(
          [engine, other].map((one) => one.run(answerOf(one.webhooks.writeEndpoint(next)))),
        );
        expect(both.filter((answer) => "failed" in answer)).toEqual([{ failed: "EndpointMoved" }]);
        const changed = { ...next, cursor: 7, health };
        expect(await run(webhooks.endpoint(ledger, ID))).toEqual(changed);
        expect(await run(webhooks.lease({ owner: "other", now: AT, until }))).toEqual([]);

        // Nobody gets one that is disabled, and its holder no longer does.
        const disabled = { reason: "gone", at: AT } as const;
        await run(webhooks.writeEndpoint({ ...next, version: 3, disabled }));
        expect(await run(webhooks.lease({ owner, now: AT, until }))).toEqual([keyed]);
        await run(webhooks.release(owner));
        await run(webhooks.writeEndpoint({ ...next, version: 4, health: null }));
        const again = await run(webhooks.lease({ owner: "other", now: AT, until }));
        expect(again).toEqual([{ ...changed, version: 4, health: null }, keyed]);
        await run(webhooks.release("other"));
      }),
    );

    check("gives the same endpoints and deliveries when it is opened again", async () => {
      if (!engine.ledgers.capabilities.durable) return;
      await fc.assert(
        fc.asyncProperty(deedsArbitrary, (deeds) =>
          withLedgers(async (ledgers) => {
            const { webhooks: model } = makeMemoryStore();
            const world: WebhookWorld = { model, ledgers, now: AT, attempts: 0 };
            const own = await makeWebhookEngine(layer());
            for (const deed of deeds) {
              const call = callOf(world, deed);
              Effect.runSync(answerOf(call(model)));
              await own.run(answerOf(call(own.webhooks)));
            }
            await own.close();
            const again = await makeWebhookEngine(layer());
            expect(await again.run(everything(world)(again.webhooks))).toEqual(
              Effect.runSync(everything(world)(model)),
            );
            await again.close();
          }),
        ),
        { ...propertyOptions(), numRuns: 10 },
      );
    });
  });
}

/** What came of a call, as plain data. */
function answerOf(
  call: Effect.Effect<unknown, unknown>,
): Effect.Effect<{ readonly answered: unknown } | { readonly failed: unknown }> {
  return Effect.map(
    Effect.either(call),
    Either.match({
      onLeft: (error) => ({ failed: (error as { readonly _tag?: unknown })._tag }),
      onRight: (answered) => ({ answered }),
    }),
  );
}
