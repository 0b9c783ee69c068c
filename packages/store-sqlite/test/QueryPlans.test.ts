/** No question goes through a whole table, and none through all of a ledger to find a few rows. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import type { SliceKeys } from "@stockbook/engine";
import type Database from "better-sqlite3";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { configOf } from "../src/Config.js";
import { entriesAfter, entriesAt, keyRows, linesOf, reversals } from "../src/EntryQueries.js";
import { countByTime, kindsOfItems, linesByTime, linesInRow } from "../src/Flows.js";
import { teachFunctions } from "../src/Functions.js";
import {
  cardLines,
  hourSums,
  hoursOf,
  monthSums,
  monthsOf,
  type Span,
  timelineLines,
} from "../src/HistoryQueries.js";
import { keysOfOrganisation, keysWhere } from "../src/Keys.js";
import {
  countByReference,
  countInSlice,
  countScanned,
  endsOf,
  matchingAmong,
  movementsByReference,
  movementsByTime,
  movementsInSlice,
  movementsScanned,
  placesOf,
  sliceOf,
} from "../src/MovementQueries.js";
import {
  allNodes,
  nodesAt,
  stockItemKeys,
  stockItemKeysAt,
  stockItemKeysOf,
  stockItemsAt,
} from "../src/NodeQueries.js";
import { openWriter } from "../src/Open.js";
import { allOrganisations, organisationsWithId } from "../src/Organisations.js";
import { publicIdsOf } from "../src/PublicIds.js";
import {
  countBefore,
  detailLines,
  hourOf,
  itemLines,
  itemsWithNumbers,
  movedCount,
  movedPlaces,
  placeLines,
  placeRollups,
  startsOf,
} from "../src/ReportQueries.js";
import {
  balancesOfItems,
  commitmentsAt,
  itemsWanted,
  thresholdsOfItems,
} from "../src/SliceQueries.js";
import { openClient } from "../src/Snapshot.js";
import {
  sumsAtPlaces,
  sumsByReference,
  sumsByTime,
  sumsOfSpans,
  sumsScanned,
} from "../src/Statistics.js";
import {
  balancesOf,
  commitmentsOf,
  countItems,
  heads,
  hourRollups,
  itemsOf,
  kindRollups,
  monthRollups,
  numberedItems,
  thresholdsOf,
  worthAtPlaces,
  worthOf,
} from "../src/StockQueries.js";
import {
  LINES,
  NODE_COUNTS,
  NODE_SUMS,
  REMOVED_THRESHOLDS,
  ROLLUP_KINDS,
  ROLLUP_PLACES,
} from "../src/Tables.js";
import { makeTransactions, type Transactions } from "../src/Transaction.js";
import {
  makeAddDelivery,
  makeEnqueue,
  makePrune,
  makeQueue,
  makeRecover,
  makeResend,
  makeSettle,
} from "../src/WebhookDeliveries.js";
import {
  makeLease,
  makeRelease,
  makeRemoveEndpoint,
  makeWriteEndpoint,
} from "../src/WebhookEndpoints.js";
import {
  attemptsOf,
  deliveriesOf,
  deliveriesWithMessage,
  dueOfEndpoint,
  endpointsOf,
  endpointsWithId,
  endpointsWithIdempotencyKey,
  nextInOrder,
  waitingOf,
} from "../src/WebhookQueries.js";
import { ATTEMPTS, DELIVERIES, HEALTH, MESSAGES, SETTLEMENTS } from "../src/WebhookTables.js";
import { makeFile, withDatabase, withFile } from "./support/Files.js";

type Question = (sql: SqlClient) => Statement<unknown>;

const LEDGER = 1;
const place = { itemNo: 1, locationNo: 7 };
const moment = { instant: 5, hour: 1, day: 1, month: 0, firstDayOfMonth: 0, sequence: null };
const position = { instant: 5, day: 1, sequence: 1, line: 1 };
const balances = {
  itemNo: null,
  locationNos: null,
  nonZero: true,
  lots: "apart",
  after: null,
  limit: 9,
} as const;
const together = { ...balances, lots: "together" } as const;
const page = { after: null, limit: 9 };
const anyStock = { ...page, itemNo: null, locationNos: "real", depleted: false } as const;
const low = { ...anyStock, depleted: true };
const anyItem = {
  ids: null,
  query: null,
  name: null,
  category: null,
  categories: null,
  manufacturer: null,
  archived: null,
};
const numbered = { offset: 9, limit: 9 };
const range = { after: [1, 0], before: [9, 0] } as const;
const touched = { itemNo: 1, locationNos: [7] };
const anything = {
  kinds: null,
  itemNo: null,
  locationNos: null,
  fromNos: null,
  toNos: null,
  flows: null,
  quantities: null,
  reference: null,
  referencePart: null,
  reasonPart: null,
  actor: null,
};
const issued = { ...anything, kinds: ["issue"] } as const;
const referred = { ...issued, ...touched, reference: "order" } as const;
const said = { ...anything, referencePart: "a", reasonPart: "b", actor: "c" };
const filtered = {
  ...said,
  ...touched,
  kinds: ["issue"],
  fromNos: [7],
  toNos: [8],
  flows: ["transfer", "output"],
  quantities: [5, null, 500],
} as const;
const flowScope = { locationNos: [7], from: 1, to: 9, days: [] };
const slice = sliceOf(1, 99);
const entry = { first_line: 1, line_count: 2 } as Parameters<typeof linesOf>[2][number];
const many = Array.from({ length: 100 }, (_, i) => i);
const span: Span = [0, 1, 7, 1, 31];
const spans = { in: "spans", spans: [span] } as const;
const locations = { in: "locations", locationNos: [7] } as const;
const keys: Pick<SliceKeys, "items" | "skus" | "itemsAt"> = {
  items: ["a"],
  skus: ["a"],
  itemsAt: ["a"],
};

const moved = { itemNo: null, locationNo: null, categories: null, to: 9, offset: 9, limit: 9 };
const atLocation = { locationNo: 7, flows: null };
const starts = { start: 1, before: 0, last: 9 };
const ranks = { first: 1, end: 9 };

const due = { ledger: LEDGER, endpoint: "a", now: 5, limit: 9, order: "due" } as const;

/** Every question about rows of which there may be many. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  heads: (sql) => heads(sql, LEDGER),
  "entries after": (sql) => entriesAfter(sql, LEDGER, 5, 9),
  "entries at": (sql) => entriesAt(sql, LEDGER, [5]),
  "lines of entries": (sql) => linesOf(sql, LEDGER, [entry]),
  "idempotency keys": (sql) => keyRows(sql, LEDGER, ["a"]),
  reversals: (sql) => reversals(sql, LEDGER, [5]),
  "months of places": (sql) => monthsOf(sql, LEDGER, [place], { from: 0, to: 9, changedAfter: 0 }),
  "sums of months": (sql) => monthSums(sql, LEDGER, [place], 9, 9),
  "sums of hours": (sql) => hourSums(sql, LEDGER, [span], moment, "forwards"),
  "sums of hours after a moment": (sql) => hourSums(sql, LEDGER, [span], moment, "backwards"),
  "sums of hours as of an entry": (sql) =>
    hourSums(sql, LEDGER, [span, [1, 1, 8, 1, 31]], { ...moment, sequence: 9 }, "forwards"),
  "hours of a place": (sql) => hoursOf(sql, LEDGER, [span], 0, 9),
  "lines of a card": (sql) =>
    cardLines(sql, LEDGER, place, [5], { after: position, before: 9, limit: 9 }),
  timelines: (sql) => timelineLines(sql, LEDGER, [{ ...place, lot: null, since: 5 }], [span]),
  "all balances": (sql) => balancesOf(sql, LEDGER, balances),
  "balances of an item": (sql) => balancesOf(sql, LEDGER, { ...balances, itemNo: 1 }),
  "balances of an item, later": (sql) =>
    balancesOf(sql, LEDGER, { ...balances, itemNo: 1, after: [1, 7, ""] }),
  "balances at a few places": (sql) => balancesOf(sql, LEDGER, { ...balances, locationNos: [7] }),
  "balances at many places": (sql) => balancesOf(sql, LEDGER, { ...balances, locationNos: many }),
  "balances at real places": (sql) => balancesOf(sql, LEDGER, { ...balances, locationNos: "real" }),
  "places together": (sql) => balancesOf(sql, LEDGER, together),
  "places of an item together, later": (sql) =>
    balancesOf(sql, LEDGER, { ...together, itemNo: 1, after: [1, 7, ""] }),
  "a few places together": (sql) => balancesOf(sql, LEDGER, { ...together, locationNos: [7] }),
  "worth of an item": (sql) => worthOf(sql, LEDGER, { itemNo: 1, locationNos: [7] }),
  "worth at places": (sql) => worthAtPlaces(sql, LEDGER, [7]),
  items: (sql) => itemsOf(sql, LEDGER, { ...page, ...anyItem }),
  "items by id": (sql) => itemsOf(sql, LEDGER, { ...page, ...anyItem, ids: ["a"] }),
  "items of a category": (sql) =>
    itemsOf(sql, LEDGER, { ...page, ...anyItem, category: "a", archived: false }),
  "items by a manufacturer": (sql) =>
    itemsOf(sql, LEDGER, { ...page, ...anyItem, manufacturer: "a", query: "b" }),
  movements: (sql) => movementsByTime(sql, LEDGER, null, range, "descending", 9),
  "movements of some kinds": (sql) =>
    movementsByTime(sql, LEDGER, ["issue", "count"], range, "ascending", 9),
  "movements with a reference": (sql) =>
    movementsByReference(sql, LEDGER, referred, range, "descending", 9),
  "first and last movement": (sql) => endsOf(sql, LEDGER, null, range),
  "movements that touch": (sql) => matchingAmong(sql, LEDGER, [5], { ...anything, ...touched }),
  "places of an item": (sql) => placesOf(sql, LEDGER, touched, 9),
  "places of locations": (sql) => placesOf(sql, LEDGER, { itemNo: null, locationNos: [7] }, 9),
  "movements at places": (sql) =>
    movementsInSlice(sql, LEDGER, issued, spans, slice, range, "descending", 9),
  "movements at locations": (sql) =>
    movementsInSlice(sql, LEDGER, anything, locations, slice, range, "ascending", 9),
  "movements that match": (sql) => matchingAmong(sql, LEDGER, [5], filtered),
  "movements with a reference that match": (sql) =>
    movementsByReference(sql, LEDGER, { ...filtered, reference: "a" }, range, "ascending", 9, 9),
  "how many with a reference match": (sql) =>
    countByReference(sql, LEDGER, { ...filtered, reference: "a" }, range),
  "movements at places that match": (sql) =>
    movementsInSlice(sql, LEDGER, filtered, spans, slice, range, "descending", 9, 9),
  "how many at places match": (sql) => countInSlice(sql, LEDGER, filtered, spans, slice, range),
  "movements by lines in a row": (sql) =>
    movementsScanned(sql, LEDGER, filtered, range, "descending", 9, 9),
  "movements by entries in a row": (sql) =>
    movementsScanned(sql, LEDGER, said, range, "descending", 9, 9),
  "how many lines in a row match": (sql) => countScanned(sql, LEDGER, filtered, range),
  "how many entries in a row match": (sql) => countScanned(sql, LEDGER, said, range),
  "sums of lines in a row": (sql) => sumsScanned(sql, LEDGER, filtered, range),
  "sums of entries in a row": (sql) => sumsScanned(sql, LEDGER, said, range),
  "sums at places that match": (sql) => sumsAtPlaces(sql, LEDGER, filtered, spans, slice, range),
  "lines of flows in a row": (sql) => linesInRow(sql, LEDGER, flowScope, 1, 9),
  "lines of flows by time": (sql) => linesByTime(sql, LEDGER, flowScope),
  "how many movements in a time": (sql) => countByTime(sql, LEDGER, flowScope, 9),
  "kinds of items": (sql) => kindsOfItems(sql, LEDGER),
  "items by number": (sql) =>
    numberedItems(sql, LEDGER, { ...anyItem, ...numbered, name: "a", categories: ["a"] }),
  "how many items": (sql) => countItems(sql, LEDGER, { ...anyItem, name: "a", categories: ["a"] }),
  "how many items of a category": (sql) => countItems(sql, LEDGER, { ...anyItem, category: "a" }),
  "sums of roll-ups": (sql) =>
    sumsOfSpans(sql, LEDGER, null, [
      { grain: "hour", first: 23, last: 23 },
      { grain: "day", first: 1, last: 9 },
    ]),
  "sums of movements": (sql) => sumsByTime(sql, LEDGER, null, range),
  "sums of movements with a reference": (sql) => sumsByReference(sql, LEDGER, referred, range),
  "sums of movements at places": (sql) => sumsAtPlaces(sql, LEDGER, issued, spans, slice, range),
  "sums of movements at locations": (sql) =>
    sumsAtPlaces(sql, LEDGER, anything, locations, slice, range),
  thresholds: (sql) => thresholdsOf(sql, LEDGER, { ...page, depleted: false }),
  "depleted thresholds": (sql) => thresholdsOf(sql, LEDGER, { ...page, depleted: true }),
  "sums of nodes": (sql) => nodesAt(sql, LEDGER, "node_sums", [7]),
  "counts of nodes": (sql) => nodesAt(sql, LEDGER, "node_counts", [7]),
  "stock items": (sql) => stockItemKeys(sql, LEDGER, anyStock),
  "stock items below their minimum": (sql) => stockItemKeys(sql, LEDGER, low),
  "stock items at places": (sql) => stockItemKeysAt(sql, LEDGER, many, anyStock),
  "stock items below their minimum at places": (sql) => stockItemKeysAt(sql, LEDGER, many, low),
  "stock items of an item": (sql) => stockItemKeysOf(sql, LEDGER, 1, anyStock),
  "stock items of an item at places": (sql) =>
    stockItemKeysOf(sql, LEDGER, 1, { ...anyStock, locationNos: many, after: [1, 7] }),
  "stock items of an item below their minimum": (sql) => stockItemKeysOf(sql, LEDGER, 1, low),
  "what there is of stock items": (sql) => stockItemsAt(sql, LEDGER, [place]),
  reservations: (sql) => commitmentsOf(sql, "reservations", LEDGER, page),
  "some shipments": (sql) => commitmentsAt(sql, "shipments", LEDGER, [5]),
  "hours to verify": (sql) => hourRollups(sql, LEDGER, page),
  "months to verify": (sql) => monthRollups(sql, LEDGER, page),
  "kinds to verify": (sql) => kindRollups(sql, LEDGER, "hour", page),
  "moved places of an item": (sql) => movedPlaces(sql, LEDGER, { ...moved, itemNo: 1 }),
  "moved places of a location": (sql) => movedPlaces(sql, LEDGER, { ...moved, locationNo: 7 }),
  "moved places of categories": (sql) => movedPlaces(sql, LEDGER, { ...moved, categories: ["a"] }),
  "a moved place": (sql) =>
    movedPlaces(sql, LEDGER, { ...moved, itemNo: 1, locationNo: 7, categories: ["a"] }),
  "how many items moved at a location": (sql) =>
    movedCount(sql, LEDGER, { ...moved, locationNo: 7 }),
  "items of a report": (sql) => itemsWithNumbers(sql, LEDGER, [1]),
  "lines at a location before an instant": (sql) => countBefore(sql, LEDGER, atLocation, 5),
  "days of a location": (sql) => startsOf(sql, LEDGER, atLocation, "day", starts, ranks),
  "hours of a location": (sql) =>
    startsOf(sql, LEDGER, { ...atLocation, flows: ["adjust"] }, "hour", starts, ranks),
  "an hour of a location": (sql) => hourOf(sql, LEDGER, 7, 5),
  "lines of a location": (sql) => placeLines(sql, LEDGER, 7, [5]),
  "lines of an item at a location": (sql) => itemLines(sql, LEDGER, 7, [5], { from: 1, to: 9 }),
  "lines of a report": (sql) => detailLines(sql, LEDGER, [5]),
  "places to verify": (sql) => placeRollups(sql, LEDGER, "hour", page),
  "items wanted": (sql) => itemsWanted(sql, LEDGER, keys),
  "balances to load": (sql) => balancesOfItems(sql, LEDGER, [1]),
  "thresholds to load": (sql) => thresholdsOfItems(sql, LEDGER, [1]),
  "an organisation": (sql) => organisationsWithId(sql, "a"),
  "public ids": (sql) => publicIdsOf(sql, LEDGER, "item", "id", ["bolt"]),
  "things with public ids": (sql) => publicIdsOf(sql, LEDGER, "item", "publicId", ["x"]),
  "keys of an organisation": (sql) => keysOfOrganisation(sql, "a"),
  "a key by its hash": (sql) => keysWhere(sql, { by: "hash", hash: "a" }),
  "a key by its id": (sql) => keysWhere(sql, { by: "id", organisation: "a", id: "a" }),
  "a key by its idempotency key": (sql) =>
    keysWhere(sql, { by: "idempotency-key", organisation: "a", idempotencyKey: "a" }),
  "a webhook endpoint": (sql) => endpointsWithId(sql, LEDGER, "a"),
  "a webhook endpoint by its idempotency key": (sql) =>
    endpointsWithIdempotencyKey(sql, LEDGER, "a"),
  "how many deliveries wait": (sql) => waitingOf(sql, due),
  "due deliveries": (sql) => dueOfEndpoint(sql, due),
  "the next deliveries in order": (sql) => nextInOrder(sql, due),
  deliveries: (sql) => deliveriesOf(sql, LEDGER, { endpoint: "a" }, 9, 9),
  "deliveries of some kind": (sql) =>
    deliveriesOf(
      sql,
      LEDGER,
      { endpoint: "a", status: "failed", type: "a", since: 1, until: 9 },
      9,
      9,
    ),
  "waiting deliveries": (sql) =>
    deliveriesOf(sql, LEDGER, { endpoint: "a", status: "waiting" }, 9, 9),
  "a delivery": (sql) => deliveriesWithMessage(sql, LEDGER, "a", "a"),
  "attempts of a delivery": (sql) => attemptsOf(sql, LEDGER, { endpoint: 1, delivery: 1 }),
};

/** Runs with what SQLite says about how it will answer. */
function withPlans<A>(
  use: (planOf: (question: Question) => readonly string[], db: Database.Database) => A,
): Promise<A> {
  return withFile(async (file) => {
    await makeFile(file);
    const ask = Effect.map(openClient(file), (sql) =>
      withDatabase(file, (db) => {
        teachFunctions(db);
        return use((question) => {
          const [text, params] = question(sql).compile();
          return planOf(db, text, params);
        }, db);
      }),
    );
    return Effect.runPromise(Effect.scoped(ask));
  });
}

function planOf(
  db: Database.Database,
  text: string,
  params: readonly unknown[],
): readonly string[] {
  const explain = db.prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${text}`);
  return explain.all(...params).map(({ detail }) => detail);
}

// Tables go by these letters in the questions, or by their own names.
const TABLES =
  "[eilbhmtcodn]|of_key|entries|lines|balances|rollup_hours|rollup_months|rollup_kinds|node_sums|node_counts|thresholds|items|reservations|organisations|ledgers|api_keys|webhook_endpoints|webhook_messages|webhook_deliveries|webhook_attempts";
("[eilbhmtcod]|rp|of_key|rollup_places|entries|lines|balances|rollup_hours|rollup_months|rollup_kinds|thresholds|items|reservations|organisations|ledgers|api_keys|webhook_endpoints|webhook_messages|webhook_deliveries|webhook_attempts");
const WHOLE_TABLE = new RegExp(`^SCAN (${TABLES})\\b`);
const WHOLE_LEDGER = new RegExp(`^SEARCH (${TABLES}) .*\\(ledger=\\?\\)`);

function costlySteps(plan: readonly string[]): readonly string[] {
  return plan.filter((step) => WHOLE_TABLE.test(step) || WHOLE_LEDGER.test(step));
}

type Make = (db: Database.Database, transactions: Transactions) => unknown;

const WEBHOOK_WRITES: Readonly<Record<string, Make>> = {
  "writing an endpoint": makeWriteEndpoint,
  "removing an endpoint": makeRemoveEndpoint,
  release: makeRelease,
  enqueue: (db, transactions) => makeEnqueue(makeQueue(db), transactions),
  "adding a delivery": (db, transactions) => makeAddDelivery(makeQueue(db), transactions),
  settle: makeSettle,
  resend: makeResend,
  recover: makeRecover,
  prune: makePrune,
};

/** Those of the statements that something prepares which have a costly step. */
function costlyStatements(file: string, make: Make): readonly string[] {
  const db = openWriter(configOf(file, {}));
  const statements: string[] = [];
  const watched: Database.Database = Object.assign(Object.create(db), {
    prepare: (text: string) => {
      statements.push(text);
      return db.prepare(text);
    },
    table: db.table.bind(db),
  });
  try {
    make(watched, makeTransactions(db, file));
    expect(statements.length).toBeGreaterThan(0);
    return statements.filter((text) => {
      const explained = text.replaceAll(/@\w+|\?/g, "1");
      return costlySteps(planOf(db, explained, [])).length > 0;
    });
  } finally {
    db.close();
  }
}

describe("plans", () => {
  it.each(Object.entries(QUESTIONS))("%s", (_, question) =>
    withPlans((planOfQuestion) => {
      const plan = planOfQuestion(question);
      expect(plan.join("\n")).toMatch(/^SEARCH /m);
      expect(costlySteps(plan)).toEqual([]);
    }),
  );

  it.each([
    "entries after",
    "all balances",
    "balances of an item",
    "balances at real places",
    "places together",
    "items",
    "items of a category",
    "items by a manufacturer",
    "movements",
    "movements of some kinds",
    "movements with a reference",
    "thresholds",
    "depleted thresholds",
    "stock items below their minimum",
    "stock items of an item below their minimum",
    "reservations",
    "hours to verify",
    "months to verify",
    "kinds to verify",
    "places to verify",
    "moved places of an item",
    "moved places of a location",
    "due deliveries",
    "deliveries",
  ])("pages of %s come in the order of an index", (name) =>
    withPlans((planOfQuestion) => {
      const plan = planOfQuestion(QUESTIONS[name] as Question);
      expect(plan.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
    }),
  );

  it.each([
    LINES,
    ROLLUP_KINDS,
    NODE_SUMS,
    NODE_COUNTS,
    ROLLUP_PLACES,
    REMOVED_THRESHOLDS,
    MESSAGES,
    DELIVERIES,
    ATTEMPTS,
    SETTLEMENTS,
    HEALTH,
  ])("of writing $name", (spec) =>
    withPlans((_, db) => {
      const columns = ["ledger", ...spec.columns];
      const values = columns.map(() => "1").join(", ");
      const text = `WITH r (${columns.join(", ")}) AS (VALUES (${values}), (${values})) ${spec.insert}`;
      expect(costlySteps(planOf(db, text, []))).toEqual([]);
    }),
  );

  it.each(Object.entries(WEBHOOK_WRITES))("of webhooks: %s", (_, make) =>
    withFile(async (file) => {
      await makeFile(file);
      const costly = costlyStatements(file, make);
      // The largest number of a ledger is at the end of its key.
      expect(costly.filter((text) => !text.includes("SELECT max("))).toEqual([]);
    }),
  );

  it("go through all enabled endpoints where they are leased, and no others", () =>
    withFile(async (file) => {
      await makeFile(file);
      const costly = costlyStatements(file, (db, transactions) => makeLease(db, transactions));
      expect(costly).toEqual([expect.stringMatching("INDEXED BY webhook_endpoints_enabled")]);
    }));

  it("tell what waits by indexes of what waits", () =>
    withPlans((planOfQuestion) => {
      for (const name of [
        "how many deliveries wait",
        "due deliveries",
        "the next deliveries in order",
      ]) {
        const plan = planOfQuestion(QUESTIONS[name] as Question);
        const steps = plan.filter((step) => step.startsWith("SEARCH d "));
        expect(steps.length).toBeGreaterThan(0);
        for (const step of steps) expect(step).toContain("INDEX webhook_deliveries_waiting");
      }
    }));

  it("sort no more than a page of each table for stock items", () =>
    withPlans((planOfQuestion) => {
      const plan = planOfQuestion(QUESTIONS["stock items"] as Question);
      const within = plan.filter((_, i) => plan[i - 1]?.startsWith("CO-ROUTINE"));
      expect(within).toEqual([
        expect.stringMatching(/^SEARCH b .*\(item,location\)>\(\?,\?\)/),
        expect.stringMatching(/^SEARCH t .*\(item,location\)>\(\?,\?\)/),
      ]);
      const sorts = plan.filter((step) => step.includes("TEMP B-TREE"));
      expect(sorts).toEqual(Array.from(within, () => "USE TEMP B-TREE FOR ORDER BY"));
    }));

  it("give the next stock items of each place by an index of its own", () =>
    withPlans((planOfQuestion) => {
      const steps = (name: string) =>
        planOfQuestion(QUESTIONS[name] as Question).filter((step) => /SEARCH [bt] /.test(step));
      expect(steps("stock items at places")).toEqual([
        expect.stringMatching(
          /INDEX balances_by_location \(ledger=\? AND location=\? AND item>\?\)/,
        ),
        expect.stringMatching(
          /INDEX thresholds_by_location \(ledger=\? AND location=\? AND item>\?\)/,
        ),
      ]);
      expect(steps("stock items below their minimum at places")).toEqual([
        expect.stringMatching(
          /INDEX thresholds_depleted_at \(ledger=\? AND location=\? AND item>\?\)/,
        ),
      ]);
    }));

  it("go through all nodes of a ledger where all of them are wanted", () =>
    withPlans((planOfQuestion) => {
      for (const table of ["node_sums", "node_counts"] as const) {
        const plan = planOfQuestion((sql) => allNodes(sql, LEDGER, table));
        expect(plan).toEqual([expect.stringMatching("SEARCH n USING PRIMARY KEY")]);
      }
    }));

  it("go through all endpoints of a ledger where all of them are wanted", () =>
    withPlans((planOfQuestion) => {
      const plan = planOfQuestion((sql) => endpointsOf(sql, LEDGER));
      expect(plan).toEqual([expect.stringMatching("SEARCH webhook_endpoints USING PRIMARY KEY")]);
    }));

  it("tell what roll-ups come to by days and hours of the key", () =>
    withPlans((planOfQuestion) => {
      const plan = planOfQuestion(QUESTIONS["sums of roll-ups"] as Question);
      expect(plan).toContainEqual(
        expect.stringMatching(
          /SEARCH rollup_kinds .*\(ledger=\? AND grain=\? AND start>\? AND start<\?\)/,
        ),
      );
    }));

  it("go through all balances of a ledger where all of them are added up", () =>
    withPlans((planOfQuestion) => {
      const plan = planOfQuestion((sql) =>
        worthOf(sql, LEDGER, { itemNo: null, locationNos: null }),
      );
      expect(costlySteps(plan)).toEqual([expect.stringMatching("SEARCH b USING PRIMARY KEY")]);
    }));

  it("go through all balances of a ledger where all places that moved are counted", () =>
    withPlans((planOfQuestion) => {
      for (const question of [movedCount, movedPlaces]) {
        const plan = planOfQuestion((sql) => question(sql, LEDGER, moved));
        expect(costlySteps(plan)).toEqual([expect.stringMatching("SEARCH b USING PRIMARY KEY")]);
        expect(plan.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
      }
    }));

  it("find the hours and days of a location by the whole key", () =>
    withPlans((planOfQuestion) => {
      for (const name of [
        "lines at a location before an instant",
        "days of a location",
        "hours of a location",
      ]) {
        const plan = planOfQuestion(QUESTIONS[name] as Question);
        const steps = plan.filter((step) => step.includes("SEARCH rp"));
        expect(steps.length).toBeGreaterThan(0);
        for (const step of steps) {
          expect(step).toContain("(ledger=? AND location=? AND grain=? AND start>? AND start<?)");
        }
      }
    }));

  it("tell a scan and a search of a whole ledger from others", () =>
    withPlans((planOfQuestion) => {
      const scan = planOfQuestion((sql) => sql`SELECT * FROM lines WHERE quantity = 1`);
      const search = planOfQuestion((sql) => sql`SELECT * FROM lines l WHERE ledger = 1`);
      expect([costlySteps(scan), costlySteps(search)]).toEqual([scan, search]);
      expect(costlySteps(planOfQuestion(allOrganisations))).toEqual([
        expect.stringMatching("SCAN o"),
      ]);
    }));
});
