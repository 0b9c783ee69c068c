import { type Batch, Busy, type LedgerStoreService } from "@stockbook/engine";
import Database from "better-sqlite3";
import { Cause, Effect, Exit } from "effect";
import { describe, expect, it } from "vitest";
import { configOf } from "../src/Config.js";
import { openWriter } from "../src/Open.js";
import { makeTransactions } from "../src/Transaction.js";
import { makeAppend } from "../src/Write.js";
import { emptyBatch, openingBatch, receipts, SHOP } from "./support/Batches.js";
import {
  contentsOf,
  makeFile,
  ORGANISATION,
  withDatabase,
  withFile,
  withStore,
} from "./support/Files.js";

const opened = openingBatch();

/** Runs with a file whose first ledger is open. */
function withLedger(use: (file: string) => Promise<void>): Promise<void> {
  return withFile(async (file) => {
    await makeFile(file);
    await withStore(file, (store) => store.append(1, opened));
    await use(file);
  });
}

async function failureOf<A, E>(effect: Effect.Effect<A, E>): Promise<unknown> {
  const exit = await Effect.runPromiseExit(effect);
  return Exit.isSuccess(exit) ? undefined : Cause.squash(exit.cause);
}

const ANY_ITEM = {
  ids: null,
  query: null,
  name: null,
  category: null,
  categories: null,
  manufacturer: null,
  archived: null,
};

describe("a batch", () => {
  it("is read back as it was written", () =>
    withLedger(async (file) => {
      const batch = receipts(opened.head, 2, { key: "order-1", reference: "PO-7" });
      const line = { lot: null, from: "@supplier", fromBucket: "available" };
      const said = { kind: "receive", reference: "PO-7", note: null, reason: null, actor: null };
      const body = {
        ...said,
        reservation: null,
        shipment: null,
        destination: null,
        reverses: null,
      };
      const read = (store: LedgerStoreService) =>
        Effect.all([store.head(1), store.entries(1, 3, 10), store.entries(1, 0, 1)]);
      const [head, movements, [first]] = await withStore(file, (store) =>
        Effect.zipRight(store.append(1, batch), read(store)),
      );
      expect(head).toEqual(batch.head);
      expect(first?.body).toEqual({ type: "opened", ...opened.entries[0]?.body });
      expect(movements.map(({ sequence, key }) => [sequence, key])).toEqual([
        [4, "order-1"],
        [5, null],
      ]);
      const to = { item: "tea", to: "shop", toBucket: "available", quantity: 2, value: 20 };
      expect(movements[1]?.body).toEqual({
        type: "movement",
        ...body,
        lines: [{ ...line, ...to }],
      });
      expect(JSON.stringify(movements[1]?.body)).toMatch(
        /^{"type":"movement","kind":"receive","lines"/,
      );
    }));

  it("chains its lines to those that are there", () =>
    withLedger(async (file) => {
      const one = receipts(opened.head, 2);
      const two = receipts(one.head, 20);
      await withStore(file, (store) => Effect.zipRight(store.append(1, one), store.append(1, two)));
      withDatabase(file, (db) => {
        const { lines, rollup_hours: hours, rollup_months: months } = contentsOf(db);
        expect(lines).toMatchObject(
          Array.from({ length: 22 }, (_, i) => ({
            line: i + 1,
            from_previous: null,
            to_previous: i === 0 ? null : i,
          })),
        );
        const sums = { available: 44, value: 440, inward: 44, outward: 0, lines: 22 };
        expect(hours).toMatchObject([{ ...sums, last_line: 22, last_sequence: 25 }]);
        expect(months).toMatchObject([{ ...sums, last_sequence: 25 }]);
      });
    }));

  it("is refused whole when another writer was there first", () =>
    withLedger(async (file) => {
      const before = withDatabase(file, contentsOf);
      const stale = { ...receipts(opened.head, 3), expectedHead: 1 };
      const failure = await withStore(file, (store) =>
        Effect.promise(() => failureOf(store.append(1, stale))),
      );
      expect(failure).toMatchObject({ _tag: "HeadMoved", expected: 1, found: 3 });
      expect(withDatabase(file, contentsOf)).toEqual(before);
    }));

  it("does not reach into the other ledger", () =>
    withLedger(async (file) => {
      const head = await withStore(file, (store) => store.head(2));
      expect(head.sequence).toBe(0);
      const failure = await withStore(file, (store) =>
        Effect.promise(() => failureOf(store.append(9, opened))),
      );
      expect(failure).toMatchObject({ _tag: "StoreFault", reason: "missing" });
    }));

  it("leaves nothing behind when a statement in the middle fails", () =>
    withLedger(async (file) => {
      const stop =
        "CREATE TRIGGER stop BEFORE INSERT ON rollup_months BEGIN SELECT RAISE(FAIL, 'stop'); END";
      withDatabase(file, (db) => db.exec(stop));
      const before = withDatabase(file, contentsOf);
      for (const count of [1, 100]) {
        const batch = receipts(opened.head, count, { spread: true });
        const failure = await withStore(file, (store) =>
          Effect.promise(() => failureOf(store.append(1, batch))),
        );
        expect(failure).toMatchObject({ _tag: "StoreFault" });
        expect(withDatabase(file, contentsOf)).toEqual(before);
      }
      withDatabase(file, (db) => db.exec("DROP TRIGGER stop"));
      await withStore(file, (store) => store.append(1, receipts(opened.head, 1)));
    }));

  it("lets two items exchange their SKUs", () =>
    withLedger(async (file) => {
      const item = opened.items[0]?.item;
      if (item === undefined) throw new Error("the opening batch has an item");
      const rows = (tea: string, milk: string) => [
        { no: 1, item: { ...item, sku: tea }, updatedAt: 0 },
        { no: 2, item: { ...item, id: "milk", sku: milk }, updatedAt: 0 },
      ];
      const [items, slice] = await withStore(file, (store) =>
        Effect.gen(function* () {
          yield* store.append(1, { ...emptyBatch(opened.head), items: rows("A", "B") });
          yield* store.append(1, { ...emptyBatch(opened.head), items: rows("B", "A") });
          const keys = { ...NOTHING, skus: ["A"] };
          return yield* Effect.all([
            store.items(1, { ...ANY_ITEM, after: null, limit: 9 }),
            store.load(1, keys),
          ]);
        }),
      );
      expect(items.map(({ item: { sku } }) => sku)).toEqual(["B", "A"]);
      expect(slice.items.map(({ item: { id } }) => id)).toEqual(["milk"]);
    }));

  it("keeps what is absolute and removes what is closed", () =>
    withLedger(async (file) => {
      const threshold = { item: "tea", location: "shop", minimum: 5, maximum: 0 };
      const rule = { ...threshold, orderMultiple: 0, minimumOrder: 0, maximumOrder: 0 };
      const place = { itemNo: 1, locationNo: SHOP };
      const line = { item: "tea", lot: null, location: "shop", quantity: 3, value: 0 };
      const set: Batch = {
        ...emptyBatch(opened.head),
        thresholds: [{ ...place, threshold: rule, quantity: 2 }],
        reservations: [{ sequence: 2, lines: [line] }],
        shipments: [{ sequence: 3, lines: [line, line] }],
      };
      const gone: Batch = {
        ...emptyBatch(opened.head),
        removedThresholds: [place],
        reservations: [{ sequence: 2, lines: [] }],
        shipments: [{ sequence: 3, lines: [line] }],
      };
      const page = { after: null, limit: 9 };
      const read = (store: LedgerStoreService) =>
        Effect.all([
          store.thresholds(1, { ...page, depleted: true }),
          store.reservations(1, page),
          store.shipments(1, page),
        ]);
      const [before, after] = await withStore(file, (store) =>
        Effect.gen(function* () {
          yield* store.append(1, set);
          const before = yield* read(store);
          yield* store.append(1, gone);
          return [before, yield* read(store)] as const;
        }),
      );
      const item = opened.items[0]?.item;
      expect(before).toEqual([[{ ...set.thresholds[0], item }], set.reservations, set.shipments]);
      expect(after).toEqual([[], [], gone.shipments]);
    }));
});

const NOTHING = {
  catalogue: false,
  items: [],
  skus: [],
  itemsAt: [],
  idempotencyKeys: [],
  reservations: [],
  shipments: [],
  entries: [],
  timelines: [],
};

describe("the cost of a batch", () => {
  it("is the same number of statements for one row and for a thousand", () =>
    withLedger(async (file) => {
      const statements: string[] = [];
      const db = new Database(file, { verbose: (text) => statements.push(String(text)) });
      const append = makeAppend(db, makeTransactions(db, file));
      let { head } = opened;
      const counts = [1, 8, 9, 1000].map((count) => {
        const batch = receipts(head, count, { spread: true });
        statements.length = 0;
        expect(append(1, batch)).toEqual({ type: "done", value: undefined });
        head = batch.head;
        return statements.length;
      });
      db.close();
      // BEGIN, the head, seven tables, COMMIT.
      expect(counts).toEqual([10, 10, 10, 10]);
    }));
});

describe("a file that another process is writing to", () => {
  it("is busy when patience runs out, and nothing has happened", () =>
    withLedger((file) =>
      withStore(
        file,
        (store) =>
          Effect.gen(function* () {
            const before = withDatabase(file, contentsOf);
            const batch = receipts(opened.head, 1);
            const letGo = lock(file);
            const organisation = { ...ORGANISATION, id: "new" };
            expect(yield* Effect.flip(store.append(1, batch))).toBeInstanceOf(Busy);
            expect(yield* Effect.flip(store.putOrganisation(organisation))).toBeInstanceOf(Busy);
            const renamed = store.changeOrganisation("acme", { name: "New" });
            expect(yield* Effect.flip(renamed)).toBeInstanceOf(Busy);
            expect(yield* Effect.flip(store.writeKeys([]))).toBeInstanceOf(Busy);
            // Readers are not held up.
            expect(yield* store.head(1)).toEqual(opened.head);
            expect((yield* store.load(1, NOTHING)).head).toEqual(opened.head);
            letGo();
            expect(withDatabase(file, contentsOf)).toEqual(before);
            yield* store.append(1, batch);
            expect(yield* store.head(1)).toEqual(batch.head);
          }),
        { patience: "20 millis" },
      ),
    ));

  it("is waited for", () =>
    withLedger((file) =>
      withStore(file, (store) =>
        Effect.promise(async () => {
          const batch = receipts(opened.head, 1);
          const letGo = lock(file);
          // Asks for the first time before it gives way, and finds the file busy.
          const appended = Effect.runPromise(store.append(1, batch));
          letGo();
          await appended;
          expect(await Effect.runPromise(store.head(1))).toEqual(batch.head);
        }),
      ),
    ));
});

/** Begins to write to a file, as another process would; gives what ends that. */
function lock(file: string): () => void {
  const other = new Database(file);
  other.exec("BEGIN IMMEDIATE");
  return () => other.close();
}

describe("a file that cannot grow", () => {
  it("takes nothing of a batch and goes on when there is room again", () =>
    withLedger(async (file) => {
      const db = openWriter(configOf(file, {}));
      const append = makeAppend(db, makeTransactions(db, file));
      const before = contentsOf(db);
      const pages = db.pragma("page_count", { simple: true });
      db.pragma(`max_page_count = ${pages}`);
      const batch = receipts(opened.head, 1000, { spread: true });
      expect(append(1, batch)).toMatchObject({
        type: "failed",
        failure: { _tag: "StoreFault", reason: "full" },
      });
      expect(contentsOf(db)).toEqual(before);
      db.pragma("max_page_count = 4294967294");
      expect(append(1, batch)).toMatchObject({ type: "done" });
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
      db.close();
    }));
});

describe("a row that cannot be", () => {
  it.each([
    ["UPDATE entries SET kind = 99 WHERE sequence = 4", "there is no kind of entry 99"],
    ["UPDATE entries SET body = '{' WHERE sequence = 1", "this is not JSON"],
    ["UPDATE lines SET to_bucket = 9", "there is no bucket 9"],
    ["DELETE FROM lines", "entry 4 lacks a line"],
    ["UPDATE lines SET to_location = 99", "there is no location 99"],
  ])("is a damaged file: %s", (damage, message) =>
    withLedger(async (file) => {
      await withStore(file, (store) => store.append(1, receipts(opened.head, 1)));
      withDatabase(file, (db) => db.exec(damage));
      const failure = await withStore(file, (store) => Effect.flip(store.entries(1, 0, 9)));
      expect(failure).toMatchObject({ _tag: "StoreFault", reason: "damaged" });
      expect(failure.message).toContain(message);
    }),
  );
});
