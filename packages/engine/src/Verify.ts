/**
 * Verification: every stored figure against the fold of the entries.
 *
 * Works on any store, for it uses nothing but the port. What it does not recompute is not
 * vouched for: balances and values, when items were last changed, what thresholds count,
 * reservations and shipments, roll-ups, what locations have in them and below, the sequence itself,
 * and that quantities and values cancel out over all accounts.
 */
import {
  balanceKey,
  type Commitment,
  DAY_MS,
  type Entry,
  emptyState,
  evolve,
  HOUR_MS,
  type Instant,
  type LedgerState,
  PLACE_FLOWS,
} from "@stockbook/core";
import { Effect } from "effect";
import { batchOf } from "./Batch.js";
import type { Busy, StoreFault } from "./Errors.js";
import type { VerifyOptions } from "./Ledger.js";
import { foldNodes } from "./NodeSums.js";
import { MAX_PAGE } from "./Paging.js";
import { NO_COUNTS } from "./PlaceRollups.js";
import { ANY_ITEM } from "./reads/Items.js";
import { allRows, type Source } from "./reads/Source.js";
import { balancePosition } from "./reads/Stock.js";
import { thresholdPosition } from "./reads/Thresholds.js";
import type { LocationTree } from "./reads/Tree.js";
import type {
  BalanceOfItem,
  CommitmentRow,
  ItemRow,
  Keyset,
  KindGrain,
  KindRollupAfter,
  KindRollupRow,
  KindSums,
  LedgerHead,
  NodeRow,
  PlaceCounts,
  PlaceGrain,
  PlaceRollupRow,
  RollupRow,
  RollupSums,
  StoredKindRollup,
  StoredPlaceRollup,
  StoredRollup,
} from "./Store.js";
import type { Difference, Verification } from "./Views.js";

const MAX_REPORTED = 100;
const NOTHING_YET: LedgerHead = {
  sequence: 0,
  recordedAt: Number.MIN_SAFE_INTEGER,
  itemCount: 0,
  locationCount: emptyState().locationCount,
  lineCount: 0,
  locationsSequence: 0,
};

/** Collects what differs, and how much was looked at. */
class Findings {
  readonly differences: Difference[] = [];
  differenceCount = 0;

  compare(where: string, stored: string, expected: string): void {
    if (stored === expected) return;
    this.differenceCount++;
    if (this.differences.length < MAX_REPORTED) this.differences.push({ where, stored, expected });
  }
}

/** What the entries say, folded from the first one on. */
interface Fold {
  readonly state: LedgerState;
  readonly head: LedgerHead;
  /** By (day, item, location, hour) and by (month, item, location). */
  readonly hours: Map<string, FoldedRollup>;
  readonly months: Map<string, FoldedRollup>;
  /** Of kinds, by (start, kind, currency). */
  readonly kinds: { readonly [grain in KindGrain]: Map<string, KindSums> };
  /** Of locations, by (location, start). */
  readonly places: { readonly [grain in PlaceGrain]: Map<string, PlaceCounts> };
  /** When each item was last changed, by its number. */
  readonly items: Map<number, Instant>;
}

interface FoldedRollup {
  readonly sums: { -readonly [sum in keyof RollupSums]: number };
  lastSequence: number;
}

export function verify(
  source: Source,
  options: VerifyOptions,
): Effect.Effect<Verification, Busy | StoreFault> {
  return Effect.gen(function* () {
    const findings = new Findings();
    const fold = yield* foldEntries(source, options, findings);
    const balances = yield* checkBalances(source, fold, findings);
    yield* checkItems(source, fold.items, findings);
    yield* checkThresholds(source, fold, findings);
    yield* checkCommitments(source, "reservations", fold.state.reservations, findings);
    yield* checkCommitments(source, "shipments", fold.state.shipments, findings);
    yield* checkRollups(source, "hour", fold.hours, findings);
    yield* checkRollups(source, "month", fold.months, findings);
    yield* checkKindRollups(source, "hour", fold.kinds.hour, findings);
    yield* checkKindRollups(source, "day", fold.kinds.day, findings);
    yield* checkNodes(source, fold, findings);
    yield* checkPlaceRollups(source, "hour", fold.places.hour, findings);
    yield* checkPlaceRollups(source, "day", fold.places.day, findings);
    checkConservation(fold.state, findings);
    checkReserved(fold.state, findings);
    return {
      sound: findings.differenceCount === 0,
      entries: fold.head.sequence,
      lines: fold.head.lineCount,
      balances,
      differences: findings.differences,
      differenceCount: findings.differenceCount,
    };
  });
}

function foldEntries(
  { store, ledger, calendar }: Source,
  options: VerifyOptions,
  findings: Findings,
) {
  return Effect.gen(function* () {
    const stored = yield* store.head(ledger);
    const state = emptyState();
    const kinds = { hour: new Map(), day: new Map() };
    const places = { hour: new Map(), day: new Map() };
    const items = new Map();
    const fold = { state, hours: new Map(), months: new Map(), kinds, places, items };
    let head = NOTHING_YET;
    while (head.sequence < stored.sequence) {
      const limit = Math.min(MAX_PAGE, stored.sequence - head.sequence);
      const page = yield* store.entries(ledger, head.sequence, limit);
      if (!followsOn(page, head, findings)) break;
      for (const entry of page) evolve(state, entry);
      const batch = batchOf(state, calendar, head, page);
      for (const rollup of batch.rollups) foldRollup(fold, rollup);
      for (const rollup of batch.kindRollups) foldKindRollup(fold, rollup);
      for (const rollup of batch.placeRollups) foldPlaceRollup(fold, rollup);
      for (const { no, updatedAt } of batch.items) fold.items.set(no, updatedAt);
      head = batch.head;
      options.onProgress?.(head.sequence, stored.sequence);
    }
    findings.compare("head of the ledger", headText(stored), headText(head));
    return { ...fold, head } satisfies Fold;
  });
}

/** Entries must follow one another without a gap, and their recording must not go back. */
function followsOn(page: readonly Entry[], head: LedgerHead, findings: Findings): boolean {
  let { sequence, recordedAt } = head;
  for (const entry of page) {
    if (entry.sequence !== sequence + 1) {
      findings.compare("sequence", String(entry.sequence), String(sequence + 1));
      return false;
    }
    if (entry.recordedAt < recordedAt) {
      const expected = `not before ${recordedAt}`;
      findings.compare(`recordedAt of entry ${entry.sequence}`, String(entry.recordedAt), expected);
    }
    ({ sequence, recordedAt } = entry);
  }
  if (page.length === 0) findings.compare("sequence", "ends", String(sequence + 1));
  return page.length > 0;
}

function headText({
  sequence,
  recordedAt,
  itemCount,
  locationCount,
  lineCount,
  locationsSequence,
}: LedgerHead): string {
  return `sequence ${sequence}, recordedAt ${recordedAt}, ${itemCount} items, ${locationCount} locations as of ${locationsSequence}, ${lineCount} lines`;
}

function foldRollup({ hours, months }: Pick<Fold, "hours" | "months">, rollup: RollupRow): void {
  const { itemNo, locationNo, day, hour, month } = rollup;
  addRollup(hours, [day, itemNo, locationNo, hour].join(), rollup);
  addRollup(months, [month, itemNo, locationNo].join(), rollup);
}

function addRollup(folded: Map<string, FoldedRollup>, key: string, rollup: RollupRow): void {
  const known = folded.get(key);
  const { change, lastSequence } = rollup;
  if (known === undefined) {
    folded.set(key, { sums: { ...change }, lastSequence });
    return;
  }
  for (const sum of Object.keys(change) as (keyof RollupSums)[]) known.sums[sum] += change[sum];
  known.lastSequence = Math.max(known.lastSequence, lastSequence);
}

const DAY_HOURS = DAY_MS / HOUR_MS;

function foldKindRollup({ kinds }: Pick<Fold, "kinds">, rollup: KindRollupRow): void {
  const { hour, kind, currency, change } = rollup;
  addKindRollup(kinds.hour, kindRollupKey({ start: hour, kind, currency }), change);
  const start = Math.floor(hour / DAY_HOURS);
  addKindRollup(kinds.day, kindRollupKey({ start, kind, currency }), change);
}

function addKindRollup(folded: Map<string, KindSums>, key: string, change: KindSums): void {
  const known = folded.get(key);
  const sums = {
    transactions: (known?.transactions ?? 0) + change.transactions,
    lines: (known?.lines ?? 0) + change.lines,
    value: (known?.value ?? 0) + change.value,
  };
  folded.set(key, sums);
}

function foldPlaceRollup({ places }: Pick<Fold, "places">, rollup: PlaceRollupRow): void {
  const { hour, locationNo, change } = rollup;
  addPlaceRollup(places.hour, [locationNo, hour].join(), change);
  addPlaceRollup(places.day, [locationNo, Math.floor(hour / DAY_HOURS)].join(), change);
}

function addPlaceRollup(folded: Map<string, PlaceCounts>, key: string, change: PlaceCounts): void {
  const counts = { ...(folded.get(key) ?? NO_COUNTS) };
  for (const flow of PLACE_FLOWS) counts[flow] += change[flow];
  folded.set(key, counts);
}

function kindRollupPosition(row: Omit<StoredKindRollup, "sums">): KindRollupAfter {
  return [row.start, row.kind, row.currency ?? ""];
}

function kindRollupKey(row: Omit<StoredKindRollup, "sums">): string {
  return kindRollupPosition(row).join();
}

const EVERY_BALANCE = {
  itemNo: null,
  locationNos: null,
  nonZero: false,
  lots: "apart",
} as const;

function checkBalances(source: Source, { state }: Fold, findings: Findings) {
  const { store, ledger } = source;
  const expected = new Map<string, string>();
  for (const item of state.items.values()) {
    for (const balance of item.balances.values()) {
      const key = balanceKey(balance.location, balance.lot);
      expected.set(`${item.no}@${key}`, amountsText(balance));
    }
  }
  return Effect.gen(function* () {
    const tree = yield* source.trees.latest;
    const rows = yield* allRows(
      (page) => store.balances(ledger, { ...page, ...EVERY_BALANCE }),
      balancePosition,
    );
    for (const row of rows) {
      const key = `${row.itemNo}@${row.lot === null ? row.locationNo : `${row.locationNo}:${row.lot}`}`;
      findings.compare(balanceName(row, tree), amountsText(row), expected.get(key) ?? "none");
      expected.delete(key);
    }
    for (const [key, amounts] of expected) findings.compare(`balance ${key}`, "none", amounts);
    return rows.length;
  });
}

type Amounts = Pick<
  BalanceOfItem,
  "available" | "reserved" | "unavailable" | "value" | "firstOccurredAt" | "lastOccurredAt"
>;

function amountsText({ available, reserved, unavailable, value, ...moved }: Amounts): string {
  const { firstOccurredAt, lastOccurredAt } = moved;
  return `available ${available}, reserved ${reserved}, unavailable ${unavailable}, value ${value}, first moved ${firstOccurredAt}, last moved ${lastOccurredAt}`;
}

function balanceName({ item, locationNo, lot }: BalanceOfItem, tree: LocationTree): string {
  const location = tree.byNo.get(locationNo)?.location.id ?? `location ${locationNo}`;
  return `balance of ${item.sku} at ${location}${lot === null ? "" : `, lot ${lot}`}`;
}

function checkItems(
  { store, ledger }: Source,
  folded: ReadonlyMap<number, Instant>,
  findings: Findings,
) {
  return Effect.map(
    allRows(
      (page: Keyset<number>) => store.items(ledger, { ...page, ...ANY_ITEM }),
      ({ no }: ItemRow) => no,
    ),
    (rows) => {
      for (const { no, item, updatedAt } of rows) {
        const expected = String(folded.get(no) ?? "none");
        findings.compare(`last change of ${item.sku}`, String(updatedAt), expected);
      }
    },
  );
}

function checkThresholds({ store, ledger }: Source, { state }: Fold, findings: Findings) {
  const expected = new Map<string, string>();
  for (const { item, thresholds } of state.items.values()) {
    for (const { threshold, quantity } of thresholds.values()) {
      expected.set(`${item.id} at ${threshold.location}`, JSON.stringify([threshold, quantity]));
    }
  }
  return Effect.map(
    allRows((page) => store.thresholds(ledger, { ...page, depleted: false }), thresholdPosition),
    (rows) => {
      for (const { threshold, quantity } of rows) {
        const where = `${threshold.item} at ${threshold.location}`;
        const stored = JSON.stringify([threshold, quantity]);
        findings.compare(`threshold of ${where}`, stored, expected.get(where) ?? "none");
        expected.delete(where);
      }
      for (const [where, rule] of expected) findings.compare(`threshold of ${where}`, "none", rule);
    },
  );
}

function checkCommitments(
  { store, ledger }: Source,
  kind: "reservations" | "shipments",
  folded: ReadonlyMap<number, Commitment>,
  findings: Findings,
) {
  const expected = new Map(
    Array.from(folded.values(), ({ sequence, lines }) => [sequence, openLinesText(lines)]),
  );
  return Effect.map(
    allRows(
      (page: Keyset<number>) => store[kind](ledger, page),
      ({ sequence }: CommitmentRow) => sequence,
    ),
    (rows) => {
      for (const { sequence, lines } of rows) {
        const stored = openLinesText(lines);
        findings.compare(`${kind} ${sequence}`, stored, expected.get(sequence) ?? "none");
        expected.delete(sequence);
      }
      for (const [sequence, lines] of expected)
        findings.compare(`${kind} ${sequence}`, "none", lines);
    },
  );
}

function openLinesText(lines: CommitmentRow["lines"]): string {
  return lines
    .map(({ item, lot, location, quantity, value }) =>
      JSON.stringify([item, lot, location, quantity, value]),
    )
    .join("; ");
}

function checkRollups(
  { store, ledger }: Source,
  grain: "hour" | "month",
  folded: Map<string, FoldedRollup>,
  findings: Findings,
) {
  const positionOf = ({ day, month, itemNo, locationNo, hour }: StoredRollup) =>
    grain === "hour"
      ? ([day, itemNo, locationNo, hour] as const)
      : ([month, itemNo, locationNo, 0] as const);
  const keyOf = (row: StoredRollup) =>
    grain === "hour" ? positionOf(row).join() : [row.month, row.itemNo, row.locationNo].join();
  return Effect.map(
    allRows((page) => store.rollups(ledger, grain, page), positionOf),
    (rows) => {
      for (const row of rows) {
        const key = keyOf(row);
        const expected = folded.get(key);
        const text = expected === undefined ? "none" : rollupText(expected);
        findings.compare(`roll-up of the ${grain} ${key}`, rollupText(row), text);
        folded.delete(key);
      }
      for (const [key, rollup] of folded) {
        findings.compare(`roll-up of the ${grain} ${key}`, "none", rollupText(rollup));
      }
    },
  );
}

function checkKindRollups(
  { store, ledger }: Source,
  grain: KindGrain,
  folded: Map<string, KindSums>,
  findings: Findings,
) {
  return Effect.map(
    allRows((page) => store.kindRollups(ledger, grain, page), kindRollupPosition),
    (rows) => {
      for (const row of rows) {
        const key = kindRollupKey(row);
        const expected = folded.get(key);
        const text = expected === undefined ? "none" : kindSumsText(expected);
        findings.compare(`movements of the ${grain} ${key}`, kindSumsText(row.sums), text);
        folded.delete(key);
      }
      for (const [key, sums] of folded) {
        findings.compare(`movements of the ${grain} ${key}`, "none", kindSumsText(sums));
      }
    },
  );
}

/** What locations have in them and below, kept as sums, against every item of the fold. */
function checkNodes({ store, ledger, trees }: Source, { state }: Fold, findings: Findings) {
  return Effect.gen(function* () {
    const tree = yield* trees.latest;
    const nameOf = (no: number) => tree.byNo.get(no)?.location.id ?? `location ${no}`;
    const folded = foldNodes(state.items.values());
    const expected = new Map(folded.map((node) => [node.locationNo, nodeText(node)]));
    const { nodes } = yield* store.nodes(ledger, null);
    for (const node of nodes) {
      const where = `what is in ${nameOf(node.locationNo)} and below`;
      findings.compare(where, nodeText(node), expected.get(node.locationNo) ?? "nothing");
      expected.delete(node.locationNo);
    }
    for (const [no, text] of expected) {
      findings.compare(`what is in ${nameOf(no)} and below`, "nothing", text);
    }
  });
}

function nodeText({ items, depleted, sums }: NodeRow): string {
  const stock = sums.map(
    ({ currency, precision, quantity, value }) =>
      `${quantity} of precision ${precision} worth ${value} ${currency}`,
  );
  return [`${items} items`, `${depleted} below their minimum`, ...stock].join(", ");
}

function checkPlaceRollups(
  { store, ledger }: Source,
  grain: PlaceGrain,
  folded: Map<string, PlaceCounts>,
  findings: Findings,
) {
  const positionOf = ({ locationNo, start }: StoredPlaceRollup) => [locationNo, start] as const;
  return Effect.map(
    allRows((page) => store.placeRollups(ledger, grain, page), positionOf),
    (rows) => {
      for (const row of rows) {
        const key = positionOf(row).join();
        const expected = folded.get(key);
        const text = expected === undefined ? "none" : placeCountsText(expected);
        findings.compare(`lines of the ${grain} ${key}`, placeCountsText(row.counts), text);
        folded.delete(key);
      }
      for (const [key, counts] of folded) {
        findings.compare(`lines of the ${grain} ${key}`, "none", placeCountsText(counts));
      }
    },
  );
}

function placeCountsText(counts: PlaceCounts): string {
  return PLACE_FLOWS.map((flow) => counts[flow]).join();
}

function kindSumsText({ transactions, lines, value }: KindSums): string {
  return [transactions, lines, value].join();
}

function rollupText({ sums, lastSequence }: Pick<StoredRollup, "sums" | "lastSequence">): string {
  const { available, reserved, unavailable, value, inward, outward, lines } = sums;
  return [available, reserved, unavailable, value, inward, outward, lines, lastSequence].join();
}

/** Every line takes from one account what it gives to another, so everything cancels out. */
function checkConservation(state: LedgerState, findings: Findings): void {
  for (const { item, balances } of state.items.values()) {
    let quantity = 0;
    let value = 0;
    for (const balance of balances.values()) {
      quantity += balance.available + balance.reserved + balance.unavailable;
      value += balance.value;
    }
    const stored = `quantity ${quantity}, value ${value}`;
    findings.compare(`sum of ${item.id} over all accounts`, stored, "quantity 0, value 0");
  }
}

function checkReserved(state: LedgerState, findings: Findings): void {
  const open = new Map<string, number>();
  const add = (where: string, quantity: number) =>
    open.set(where, (open.get(where) ?? 0) + quantity);
  for (const { lines } of state.reservations.values()) {
    for (const { item, location, quantity } of lines) add(`${item} at ${location}`, quantity);
  }
  for (const { item, balances } of state.items.values()) {
    for (const { location, reserved } of balances.values()) {
      add(`${item.id} at ${location.location.id}`, -reserved);
    }
  }
  for (const [where, rest] of open) {
    findings.compare(`reserved but in no reservation: ${where}`, String(rest), "0");
  }
}
