/**
 * The conformance suite: what every store must do, as tests for Vitest.
 *
 * @example
 * storeConformance({ name: "sqlite", makeStore: async () => ({ layer: sqlite(file) }) });
 */
import { type Command, itemOf, type LedgerState, type Precision, toUnits } from "@stockbook/core";
import {
  Busy,
  FAULT_POINTS,
  type FaultPoint,
  FaultPoints,
  type LedgerService,
  LedgerStore,
  type StoreError,
  type Stores,
} from "@stockbook/engine";
import { Effect, Layer, ManagedRuntime } from "effect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { historyArbitrary } from "./Arbitraries.js";
import { ACCESS_TESTS, accessTests } from "./conformance/AccessTests.js";
import { checkFlows } from "./conformance/Flows.js";
import { type Engine, makeEngine } from "./conformance/Harness.js";
import { checkNodes } from "./conformance/NodeReads.js";
import { heldAt, naiveCard } from "./conformance/Past.js";
import {
  ENTRIES_BEFORE_RACE,
  type RacingEngines,
  raceForStock,
  racingEngines,
} from "./conformance/Races.js";
import {
  checkEvents,
  checkItemChanges,
  checkNumbers,
  checkPagesWhileWriting,
  checkStock,
  checkTransactions,
} from "./conformance/Reads.js";
import { checkReportDays, checkReports } from "./conformance/Reports.js";
import { expectedVerdicts, feedOf, runOnStore, shownVerdict } from "./conformance/SameAsCore.js";
import { WEBHOOK_TESTS, webhookTests } from "./conformance/WebhookTests.js";
import { propertyOptions } from "./LawRun.js";
import { WORLD_BEGINS, WORLD_ITEMS, WORLD_PLACES } from "./World.js";

/** A store that nobody else uses, and what to do when it is no longer needed. */
export interface StoreUnderTest {
  /** Every layer opens the same data; two at once stand for two processes. */
  readonly layer: () => Layer.Layer<Stores, StoreError>;
  readonly cleanUp?: (() => Promise<void>) | undefined;
}

export interface ConformanceOptions {
  readonly name: string;
  readonly makeStore: () => Promise<StoreUnderTest>;
  /** Tests that the store cannot pass, by their exact names, each with its reason. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[] | undefined;
}

/** The names of all tests; a skip that names another one fails. */
export const CONFORMANCE_TESTS = [
  "gives every history the verdicts and entries of the core",
  "is sound after every history",
  "tells what there was at any moment, as the book stood at any sequence",
  "gives stock cards that add up, page by page",
  "keeps the past when the future is written",
  "gives movements by any filter, page by page, and what they came to",
  "tells what came in, went out, was moved and was corrected, day by day",
  "moves nothing on later pages when more is recorded",
  "tells what there is worth, and what there was, at every place",
  "tells what is in locations and below them, and every stock item, page by page",
  "reports what came in and went out, in sum and line by line, under any filter",
  "reports days that meet, in any zone, across clock changes",
  "tells when each item was last changed",
  "tells the feed as events, whatever the pages",
  "gives movements, reservations and shipments by their numbers",
  "gives the same feed and figures when it is opened again",
  "shows a location that another engine made or moved, at once",
  "lets two engines race for the last pieces without selling one twice",
  "does a command once, whatever breaks before the answer",
  "reaches every fault point",
  "refuses an append at another head and writes nothing",
  "keeps the ledgers of organisations and modes apart",
  "gives things public ids that stay, tell nothing and are of one ledger alone",
  "does commands together or not at all",
  "previews without a trace",
  "sells no piece twice to fifty callers at once",
  ...ACCESS_TESTS,
  ...WEBHOOK_TESTS,
] as const;
export type ConformanceTest = (typeof CONFORMANCE_TESTS)[number];

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Enough for a thousand histories on a slow disk; Vitest's own five seconds are not. */
const TEST_TIMEOUT_MS = 600_000;

/** Declares the suite for one store. */
export function storeConformance(options: ConformanceOptions): void {
  const { name, makeStore, skip = [] } = options;

  describe(`${name} conforms`, () => {
    let store: StoreUnderTest;
    let engine: Engine;

    beforeAll(async () => {
      store = await makeStore();
      engine = await makeEngine(store.layer());
    });
    afterAll(async () => {
      await engine.close();
      await store.cleanUp?.();
    });

    it("names only tests that exist among those it skips", () => {
      const names: readonly string[] = CONFORMANCE_TESTS;
      expect(skip.filter(({ test, reason }) => !names.includes(test) || reason === "")).toEqual([]);
    });

    const check = (test: ConformanceTest, body: () => Promise<void>) => {
      const skipped = skip.find((candidate) => candidate.test === test);
      it.skipIf(skipped !== undefined)(
        skipped === undefined ? test : `${test} (skipped: ${skipped.reason})`,
        { timeout: TEST_TIMEOUT_MS },
        body,
      );
    };

    check("gives every history the verdicts and entries of the core", () =>
      fc.assert(
        fc.asyncProperty(historyArbitrary(), async (history) => {
          const { run, ledger, verdicts } = await runOnStore(engine, history);
          expect(verdicts.map(shownVerdict)).toEqual(expectedVerdicts(run));
          expect(await feedOf(engine, ledger)).toEqual(run.book.entries);
        }),
        propertyOptions(),
      ),
    );

    check("is sound after every history", () =>
      fc.assert(
        fc.asyncProperty(historyArbitrary(), async (history) => {
          const { run, ledger } = await runOnStore(engine, history);
          const verification = await engine.run(ledger.verify());
          expect(verification.differences).toEqual([]);
          expect(verification.sound).toBe(true);
          expect(verification.entries).toBe(run.book.entries.length);
        }),
        propertyOptions(),
      ),
    );

    check("tells what there was at any moment, as the book stood at any sequence", () =>
      fc.assert(
        fc.asyncProperty(
          historyArbitrary(),
          fc.array(questionArbitrary, { minLength: 1, maxLength: 8 }),
          async (history, questions) => {
            const { run, ledger } = await runOnStore(engine, history);
            const { entries } = run.book;
            for (const { itemNo, placeNo, entryNo, offsetMs, bookNo } of questions) {
              const { id: item } = around(WORLD_ITEMS, itemNo);
              const precision = precisionOf(run.book.state, item);
              const { id: place } = around(WORLD_PLACES, placeNo);
              const at = around(entries, entryNo).occurredAt + offsetMs;
              const sequence = bookNo % (entries.length + 1);
              const view = await engine.run(ledger.stockAsOf(item, place, { at, sequence }));
              const { available, reserved, unavailable, value } = view;
              const held = heldAt(entries, item, place, at, sequence);
              expect({ available, reserved, unavailable, value }).toEqual({
                available: toUnits(held.available, precision),
                reserved: toUnits(held.reserved, precision),
                unavailable: toUnits(held.unavailable, precision),
                value: held.value,
              });
            }
          },
        ),
        propertyOptions(),
      ),
    );

    check("gives stock cards that add up, page by page", () =>
      fc.assert(
        fc.asyncProperty(
          historyArbitrary(),
          questionArbitrary,
          fc.integer({ min: 1, max: 7 }),
          async (history, question, limit) => {
            const { run, ledger } = await runOnStore(engine, history);
            const { entries } = run.book;
            const { id: item } = around(WORLD_ITEMS, question.itemNo);
            const precision = precisionOf(run.book.state, item);
            const { id: location } = around(WORLD_PLACES, question.placeNo);
            const from = around(entries, question.entryNo).occurredAt + question.offsetMs;
            const to = around(entries, question.bookNo).occurredAt + 1;
            const rows = await cardRows(engine, ledger, { item, location, from, to, limit });
            const expected = naiveCard(entries, item, location, from, to);
            expect(rows).toEqual(
              expected.map((row) => ({
                sequence: row.sequence,
                occurredAt: row.occurredAt,
                change: toUnits(row.change, precision),
                onHand: toUnits(row.onHand, precision),
              })),
            );
          },
        ),
        propertyOptions(),
      ),
    );

    check("keeps the past when the future is written", () =>
      fc.assert(
        fc.asyncProperty(historyArbitrary(), questionArbitrary, async (history, question) => {
          const { run, ledger } = await runOnStore(engine, history);
          const { id: item } = around(WORLD_ITEMS, question.itemNo);
          const { id: place } = around(WORLD_PLACES, question.placeNo);
          const at = WORLD_BEGINS + question.offsetMs;
          const sequence = run.book.entries.length;
          const before = await engine.run(ledger.stockAsOf(item, place, { at, sequence }));
          const lines = [{ item, quantity: 1 }];
          const late = { type: "receive", location: place, occurredAt: at - 1, lines } as const;
          await engine.exit(ledger.submit(late));
          const after = await engine.run(ledger.stockAsOf(item, place, { at, sequence }));
          expect(after).toEqual(before);
        }),
        propertyOptions(),
      ),
    );

    check("gives movements by any filter, page by page, and what they came to", () =>
      checkTransactions(engine),
    );

    check("tells what came in, went out, was moved and was corrected, day by day", () =>
      checkFlows(engine),
    );

    check("moves nothing on later pages when more is recorded", () =>
      checkPagesWhileWriting(engine),
    );

    check("tells what there is worth, and what there was, at every place", () =>
      checkStock(engine),
    );

    check("tells what is in locations and below them, and every stock item, page by page", () =>
      checkNodes(engine),
    );

    check("reports what came in and went out, in sum and line by line, under any filter", () =>
      checkReports(engine),
    );

    check("reports days that meet, in any zone, across clock changes", () =>
      checkReportDays(engine),
    );

    check("tells when each item was last changed", () => checkItemChanges(engine));

    check("tells the feed as events, whatever the pages", () => checkEvents(engine));

    check("gives movements, reservations and shipments by their numbers", () =>
      checkNumbers(engine),
    );

    check("gives the same feed and figures when it is opened again", async () => {
      const { durable } = await capabilitiesOf(store);
      if (!durable) return;
      const organisations = new Map<string, unknown>();
      const own = await makeEngine(store.layer(), { prefix: "kept" });
      await fc.assert(
        fc.asyncProperty(historyArbitrary(), async (history) => {
          const { ledger } = await runOnStore(own, history);
          organisations.set(`kept${organisations.size + 1}`, await figuresOf(own, ledger));
        }),
        { ...propertyOptions(), numRuns: 20 },
      );
      await own.close();
      const again = await makeEngine(store.layer());
      for (const [organisation, figures] of organisations) {
        expect(await figuresOf(again, await again.ledger(organisation))).toEqual(figures);
      }
      await again.close();
    });

    check("shows a location that another engine made or moved, at once", async () => {
      const { shared } = await capabilitiesOf(store);
      if (!shared) return;
      const writer = await makeEngine(store.layer(), { prefix: "moving" });
      const reader = await makeEngine(store.layer());
      const written = await writer.freshLedger();
      const read = await reader.ledger("moving1");
      const onHand = async (location: string) => {
        const { rows } = await reader.run(read.stock({ location }));
        return rows.map((row) => [row.location, row.onHand]);
      };
      const submit = (command: Command) => writer.run(written.submit(command));
      await submit({ type: "put-location", id: "shop" });
      await submit({ type: "put-location", id: "yard" });
      await submit({ type: "put-item", sku: "bolt" });
      expect(await onHand("shop")).toEqual([]);
      await submit({ type: "put-location", id: "bin", parent: "shop" });
      await submit({ type: "receive", location: "bin", lines: [{ item: "bolt", quantity: 3 }] });
      expect(await onHand("shop")).toEqual([["bin", 3]]);
      await submit({ type: "put-location", id: "bin", parent: "yard" });
      expect(await onHand("shop")).toEqual([]);
      expect(await onHand("yard")).toEqual([["bin", 3]]);
      expect((await writer.run(written.verify())).differences).toEqual([]);
      await writer.close();
      await reader.close();
    });

    describe("with two engines", () => {
      let racing: RacingEngines;
      let races = 0;
      beforeAll(async () => {
        racing = await racingEngines(store.layer(), ["a", "b"]);
      });
      afterAll(() => Promise.all(racing.engines.map(({ close }) => close())));

      check("lets two engines race for the last pieces without selling one twice", () =>
        fc.assert(
          fc.asyncProperty(
            fc.scheduler(),
            fc.integer({ min: 1, max: 6 }),
            fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
            async (scheduler, stock, wanted) => {
              const result = await raceForStock(racing, `race${++races}`, stock, wanted, scheduler);
              const sold = Math.min(stock, wanted[0] + wanted[1]);
              expect(result).toEqual({
                accepted: sold,
                entries: ENTRIES_BEFORE_RACE + sold,
                sound: true,
                onHand: stock - sold,
              });
            },
          ),
          propertyOptions(),
        ),
      );
    });

    check("does a command once, whatever breaks before the answer", async () => {
      for (const point of FAULT_POINTS) {
        const armed = new Set<FaultPoint>();
        const prefix = `once-${point.replaceAll(/\W+/g, "-")}-`;
        const broken = await makeEngine(store.layer(), { context: failingAt(armed), prefix });
        const ledger = await stockedLedger(broken, 10);
        broken.clock.now += 1;
        armed.add(point);
        const command = { ...ONE, idempotencyKey: "the only one" };
        const first = await broken.exit(ledger.submit(command));
        const second = await broken.run(ledger.submit(command));
        expect(first._tag, point).toBe("Failure");
        expect(second.type, point).toBe(
          point === "after append, before answer" ? "repeated" : "accepted",
        );
        expect(await onHand(broken, ledger), point).toBe(9);
        expect((await broken.run(ledger.verify())).sound, point).toBe(true);
        await broken.close();
      }
    });

    check("reaches every fault point", async () => {
      const seen = new Set<FaultPoint>();
      const watch = (point: FaultPoint) => Effect.sync(() => void seen.add(point));
      const own = await makeEngine(store.layer(), {
        context: Layer.succeed(FaultPoints, watch),
        prefix: "points",
      });
      await stockedLedger(own, 1);
      await own.close();
      expect([...seen].sort()).toEqual([...FAULT_POINTS].sort());
    });

    check("refuses an append at another head and writes nothing", async () => {
      const ledger = await stockedLedger(engine, 5);
      const before = await figuresOf(engine, ledger);
      await usingStore(store, (service) =>
        Effect.gen(function* () {
          const organisations = yield* service.organisations;
          const id = organisations.at(-1)?.ledgers.live ?? 0;
          const head = yield* service.head(id);
          const empty = {
            entries: [],
            lines: [],
            balances: [],
            rollups: [],
            kindRollups: [],
            nodeSums: [],
            nodeCounts: [],
            placeRollups: [],
            items: [],
            locations: [],
            categories: [],
            manufacturers: [],
            thresholds: [],
            removedThresholds: [],
            reservations: [],
            shipments: [],
          };
          const moved = yield* Effect.flip(
            service.append(id, {
              ...empty,
              expectedHead: head.sequence - 1,
              head: { ...head, sequence: head.sequence + 5 },
            }),
          );
          expect(moved).toMatchObject({ _tag: "HeadMoved", found: head.sequence });
        }),
      );
      expect(await figuresOf(engine, ledger)).toEqual(before);
    });

    check("keeps the ledgers of organisations and modes apart", async () => {
      const one = await stockedLedger(engine, 5);
      const other = await engine.freshLedger();
      expect((await engine.run(other.items())).rows).toEqual([]);
      expect(await engine.run(other.head)).toBe(1);
      await usingStore(store, (service) =>
        Effect.gen(function* () {
          for (const { ledgers } of yield* service.organisations) {
            expect(ledgers.live).not.toBe(ledgers.test);
          }
        }),
      );
      expect(await onHand(engine, one)).toBe(5);
    });

    check(
      "gives things public ids that stay, tell nothing and are of one ledger alone",
      async () => {
        const [one, other] = [await engine.freshLedger(), await engine.freshLedger()];
        const named = await engine.run(one.publicIds("item", ["bolt", "wire", "bolt"]));
        expect([...named.keys()].sort()).toEqual(["bolt", "wire"]);
        for (const id of named.values()) expect(id).toMatch(UUID_4);
        expect(new Set(named.values()).size).toBe(2);
        expect(await engine.run(one.publicIds("item", ["wire", "bolt"]))).toEqual(named);
        const bolt = named.get("bolt") as string;
        expect(await engine.run(one.publicIds("location", ["bolt"]))).not.toContain(bolt);
        expect(await engine.run(one.ofPublicIds("item", [bolt, "none"]))).toEqual(
          new Map([[bolt, "bolt"]]),
        );
        expect(await engine.run(one.ofPublicIds("location", [bolt]))).toEqual(new Map());
        expect(await engine.run(other.ofPublicIds("item", [bolt]))).toEqual(new Map());
        expect((await engine.run(other.publicIds("item", ["bolt"]))).get("bolt")).not.toBe(bolt);
        const ids = Array.from({ length: 40 }, (_, i) => `item-${i}`);
        const raced = await Promise.all(
          ids.map((_, i) => engine.run(one.publicIds("item", ids.slice(i / 2)))),
        );
        const settled = await engine.run(one.publicIds("item", ids));
        for (const [id, publicId] of raced.flatMap((all) => [...all])) {
          expect(settled.get(id)).toBe(publicId);
        }
      },
    );

    check("does commands together or not at all", async () => {
      const ledger = await stockedLedger(engine, 5);
      const before = await figuresOf(engine, ledger);
      const tooMany = { ...ONE, lines: [{ item: "bolt", quantity: 9 }] };
      const refused = await engine.exit(ledger.submitAll([ONE, ONE, tooMany]));
      expect(refused._tag).toBe("Failure");
      expect(await figuresOf(engine, ledger)).toEqual(before);
      const receipts = await engine.run(ledger.submitAll([ONE, ONE]));
      expect(receipts.map(({ sequence }) => sequence)).toEqual([
        ENTRIES_BEFORE_RACE + 1,
        ENTRIES_BEFORE_RACE + 2,
      ]);
      expect(await onHand(engine, ledger)).toBe(3);
    });

    check("previews without a trace", async () => {
      const ledger = await stockedLedger(engine, 5);
      const before = await figuresOf(engine, ledger);
      const receipts = await engine.run(ledger.preview([ONE, ONE]));
      expect(receipts.map(({ type }) => type)).toEqual(["accepted", "accepted"]);
      expect(await figuresOf(engine, ledger)).toEqual(before);
    });

    check("sells no piece twice to fifty callers at once", async () => {
      const ledger = await stockedLedger(engine, 20);
      const exits = await Promise.all(
        Array.from({ length: 50 }, () => engine.exit(ledger.submit(ONE))),
      );
      expect(exits.filter(({ _tag }) => _tag === "Success")).toHaveLength(20);
      expect(await onHand(engine, ledger)).toBe(0);
    });

    accessTests(() => store.layer(), check);
    webhookTests(() => store.layer(), check);
  });
}

const ONE = { type: "issue", location: "shop", lines: [{ item: "bolt", quantity: 1 }] } as const;

/** Fault points that fail the next time they are reached. */
function failingAt(armed: Set<FaultPoint>): Layer.Layer<never> {
  return Layer.succeed(FaultPoints, (point) =>
    armed.delete(point) ? new Busy({ message: `made to fail ${point}` }) : Effect.void,
  );
}

async function stockedLedger(engine: Engine, quantity: number): Promise<LedgerService> {
  const ledger = await engine.freshLedger();
  await engine.run(
    ledger.submitEach([
      { type: "put-location", id: "shop" },
      { type: "put-item", sku: "bolt" },
      { type: "receive", location: "shop", lines: [{ item: "bolt", quantity }] },
    ]),
  );
  return ledger;
}

async function onHand(engine: Engine, ledger: LedgerService): Promise<number> {
  const { rows } = await engine.run(ledger.stock({ item: "bolt", location: "shop" }));
  return rows.reduce((sum, row) => sum + row.onHand, 0);
}

/** Everything a reader can see of a ledger. */
async function figuresOf(engine: Engine, ledger: LedgerService): Promise<unknown> {
  return {
    head: await engine.run(ledger.head),
    feed: await feedOf(engine, ledger),
    stock: await engine.run(ledger.stock({ limit: 1000 })),
    thresholds: await engine.run(ledger.thresholds({ limit: 1000 })),
    plan: await engine.run(ledger.plan),
    reservations: await engine.run(ledger.reservations({ limit: 1000 })),
    shipments: await engine.run(ledger.shipments({ limit: 1000 })),
    items: await engine.run(ledger.items({ limit: 1000 })),
    locations: await engine.run(ledger.locations),
    stockItems: await engine.run(ledger.stockItems({ limit: 1000 })),
    summaries: await engine.run(
      Effect.flatMap(ledger.locations, (all) => ledger.summaries(all.map(({ id }) => id))),
    ),
    categories: await engine.run(ledger.categories),
    manufacturers: await engine.run(ledger.manufacturers),
  };
}

interface CardQuestion {
  readonly item: string;
  readonly location: string;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** The rows of all pages, each of which must begin where the one before closed. */
async function cardRows(engine: Engine, ledger: LedgerService, question: CardQuestion) {
  const rows: { sequence: number; occurredAt: number; change: number; onHand: number }[] = [];
  let after: string | undefined;
  let closing: number | undefined;
  do {
    const page = await engine.run(ledger.card({ ...question, after }));
    if (closing !== undefined) expect(page.opening).toBe(closing);
    closing = page.closing;
    for (const row of page.rows) {
      const { sequence, occurredAt, onHand: left } = row;
      rows.push({
        sequence,
        occurredAt,
        change: row.in === 0 ? 0 - row.out : row.in,
        onHand: left,
      });
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

const questionArbitrary = fc.record({
  itemNo: fc.nat(99),
  placeNo: fc.nat(99),
  entryNo: fc.nat(99),
  bookNo: fc.nat(99),
  offsetMs: fc.constantFrom(0, -1, 1, -60_000, 3_600_000, -86_400_000),
});

/** A history may change the precision of an item that has not moved. */
function precisionOf(state: LedgerState, item: string): Precision {
  return itemOf(state, item)?.item.precision ?? 0;
}

function around<A>(list: readonly A[], no: number): A {
  return list[no % list.length] as A;
}

async function capabilitiesOf(store: StoreUnderTest) {
  return usingStore(store, (service) => Effect.succeed(service.capabilities));
}

async function usingStore<A, E>(
  store: StoreUnderTest,
  use: (service: LedgerStore["Type"]) => Effect.Effect<A, E>,
): Promise<A> {
  const runtime = ManagedRuntime.make(store.layer());
  try {
    return await runtime.runPromise(Effect.flatMap(LedgerStore, use));
  } finally {
    await runtime.dispose();
  }
}
