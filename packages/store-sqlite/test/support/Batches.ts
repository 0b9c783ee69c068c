/** Batches as an engine would make them: receipts of one line each. */
import type { Batch, LedgerHead } from "@stockbook/engine";

/** Where a new ledger stands. */
const BEGINNING: LedgerHead = {
  sequence: 0,
  recordedAt: Number.MIN_SAFE_INTEGER,
  itemCount: 0,
  locationCount: 6,
  lineCount: 0,
  locationsSequence: 0,
};

const SUPPLIER = 1;
export const SHOP = 7;
const NOON = Date.UTC(2026, 0, 2, 12);
const DAY = 20_455;
const HOUR = DAY * 24 + 12;
const MONTH = 672;

/** A batch with nothing in it. */
export function emptyBatch(after: LedgerHead): Batch {
  return {
    expectedHead: after.sequence,
    head: after,
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
}

/** The first batch of a ledger: settings, a location and an item. */
export function openingBatch(): Batch {
  const settings = { timeZone: "UTC", currency: "EUR", negativePolicy: "deny" };
  const location = {
    ...named("shop"),
    code: null,
    kind: "shop",
    parent: null,
    attributes: {},
    archived: false,
  };
  const item = { ...named("tea"), ...itemDetails, sku: "TEA" };
  const contents = [
    { type: "opened", body: { settings } },
    { type: "location-put", body: { location } },
    { type: "item-put", body: { item } },
  ] as const;
  const head = {
    ...BEGINNING,
    sequence: 3,
    recordedAt: NOON,
    itemCount: 1,
    locationCount: SHOP,
    locationsSequence: 2,
  };
  return {
    ...emptyBatch(BEGINNING),
    head,
    entries: contents.map(({ type, body }, i) => ({ ...entryAt(i + 1), type, body })),
    items: [{ no: 1, item, updatedAt: NOON }],
    locations: [{ no: SHOP, location }],
  };
}

const itemDetails = {
  unit: "piece",
  precision: 0,
  currency: "EUR",
  unitCost: null,
  negativePolicy: null,
  category: null,
  manufacturer: null,
  attributes: {},
  archived: false,
} as const;

function named(id: string) {
  return { id, name: id };
}

function entryAt(sequence: number) {
  return {
    sequence,
    occurredAt: NOON,
    recordedAt: NOON,
    key: null,
    fingerprint: 0,
    span: 1,
    reverses: null,
    firstLine: 1,
    lineCount: 0,
  };
}

export interface ReceiptOptions {
  /** Of the first entry. */
  readonly key?: string;
  readonly reference?: string;
  /** Different items, so that every table gets as many rows as there are lines. */
  readonly spread?: boolean;
}

/** A batch of receipts of 2 pieces worth 10 each, after a head. */
export function receipts(after: LedgerHead, count: number, options: ReceiptOptions = {}): Batch {
  const { key = null, reference = null, spread = false } = options;
  const sequences = Array.from({ length: count }, (_, i) => after.sequence + 1 + i);
  const itemNo = (i: number) => (spread ? 1 + i : 1);
  const line = (i: number) => after.lineCount + 1 + i;
  const last = count - 1;
  const body = { kind: "receive", ...SAYS_NOTHING, reference, reverses: null };
  const places = spread ? sequences.map((_, i) => i) : [last];
  return {
    ...emptyBatch(after),
    head: {
      ...after,
      sequence: after.sequence + count,
      recordedAt: NOON,
      lineCount: line(last),
    },
    entries: sequences.map((sequence, i) => ({
      ...entryAt(sequence),
      type: "movement",
      key: i === 0 ? key : null,
      firstLine: line(i),
      lineCount: 1,
      body,
    })),
    lines: sequences.map((sequence, i) => ({
      line: line(i),
      sequence,
      occurredAt: NOON,
      itemNo: itemNo(i),
      lot: null,
      fromNo: SUPPLIER,
      fromBucket: "available",
      toNo: SHOP,
      toBucket: "available",
      quantity: 2,
      value: 20,
      fromChain: null,
      toChain: { day: DAY, hour: HOUR, previous: spread || i === 0 ? null : line(i - 1) },
      fromPlace: null,
      toPlace: { hour: HOUR, previous: i === 0 ? null : line(i - 1) },
    })),
    balances: places.map((i) => ({
      itemNo: itemNo(i),
      locationNo: SHOP,
      lot: null,
      ...(spread ? amounts(1) : amounts(line(last))),
      firstOccurredAt: NOON,
      lastOccurredAt: NOON,
    })),
    rollups: places.map((i) => ({
      itemNo: itemNo(i),
      locationNo: SHOP,
      month: MONTH,
      day: DAY,
      hour: HOUR,
      change: sums(spread ? 1 : count),
      lastLine: line(i),
      lastSequence: sequences[i] ?? 0,
    })),
    kindRollups: [
      {
        kind: "receive",
        hour: HOUR,
        currency: "EUR",
        change: { transactions: count, lines: count, value: count * 20 },
      },
    ],
    placeRollups: [
      {
        locationNo: SHOP,
        hour: HOUR,
        change: { input: count, output: 0, "transfer-in": 0, "transfer-out": 0, adjust: 0 },
        lastLine: line(last),
      },
    ],
  };
}

const SAYS_NOTHING = {
  reference: null,
  note: null,
  reason: null,
  actor: null,
  reservation: null,
  shipment: null,
  destination: null,
};

function amounts(lines: number) {
  return { available: lines * 2, reserved: 0, unavailable: 0, value: lines * 20 };
}

function sums(lines: number) {
  return { ...amounts(lines), inward: lines * 2, outward: 0, lines };
}
