/** Stock, catalogue and commitments as values of columns, and back. */
import {
  type Attributes,
  type Currency,
  type Item,
  type Location,
  type NegativePolicy,
  NO_ATTRIBUTES,
  type Threshold,
} from "@stockbook/core";
import type {
  BalanceRow,
  CommitmentRow,
  ItemRow,
  LedgerHead,
  LocationRow,
  RollupSums,
  ThresholdRow,
} from "@stockbook/engine";
import { DamagedRow } from "./SqliteErrors.js";

// ── stock ────────────────────────────────────────────────────────────────────────────────

export interface HeadRecord {
  readonly head: number;
  readonly recorded_at: number;
  readonly item_count: number;
  readonly location_count: number;
  readonly line_count: number;
  readonly locations_sequence: number;
  readonly settings: string | null;
}

export function headOf(row: HeadRecord): LedgerHead {
  return {
    sequence: row.head,
    recordedAt: row.recorded_at,
    itemCount: row.item_count,
    locationCount: row.location_count,
    lineCount: row.line_count,
    locationsSequence: row.locations_sequence,
  };
}

/** A lot as a column has it: part of a key, so never null. */
export function lotText(lot: string | null): string {
  return lot ?? "";
}

export function lotOf(text: string): string | null {
  return text === "" ? null : text;
}

/** The currency of a roll-up as a column has it: part of a key, so never null. */
export function currencyText(currency: Currency | null): string {
  return currency ?? "";
}

export function currencyOf(text: string): Currency | null {
  return text === "" ? null : text;
}

export interface BalanceRecord {
  readonly item: number;
  readonly location: number;
  readonly lot: string;
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
  readonly value: number;
  readonly first_occurred_at: number;
  readonly last_occurred_at: number;
}

export function balanceOf(row: BalanceRecord): BalanceRow {
  return {
    itemNo: row.item,
    locationNo: row.location,
    lot: lotOf(row.lot),
    available: row.available,
    reserved: row.reserved,
    unavailable: row.unavailable,
    value: row.value,
    firstOccurredAt: row.first_occurred_at,
    lastOccurredAt: row.last_occurred_at,
  };
}

export const NO_SUMS: RollupSums = {
  available: 0,
  reserved: 0,
  unavailable: 0,
  value: 0,
  inward: 0,
  outward: 0,
  lines: 0,
};

/** The columns of sums, without whatever else a row has. */
export function sumsOf(row: RollupSums): RollupSums {
  const { available, reserved, unavailable, value, inward, outward, lines } = row;
  return { available, reserved, unavailable, value, inward, outward, lines };
}

export function addSums(a: RollupSums, b: RollupSums): RollupSums {
  return {
    available: a.available + b.available,
    reserved: a.reserved + b.reserved,
    unavailable: a.unavailable + b.unavailable,
    value: a.value + b.value,
    inward: a.inward + b.inward,
    outward: a.outward + b.outward,
    lines: a.lines + b.lines,
  };
}

// ── catalogue ────────────────────────────────────────────────────────────────────────────

export interface ItemRecord {
  readonly no: number;
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly precision: number;
  readonly currency: string;
  readonly unit_cost: number | null;
  readonly negative_policy: NegativePolicy | null;
  readonly category: string | null;
  readonly manufacturer: string | null;
  readonly attributes: string;
  readonly archived: number;
  readonly updated_at: number;
}

export function itemOf(row: Omit<ItemRecord, "no" | "updated_at">): Item {
  return {
    id: row.id,
    sku: row.sku,
    name: row.name,
    unit: row.unit,
    precision: row.precision,
    currency: row.currency,
    unitCost: row.unit_cost,
    negativePolicy: row.negative_policy,
    category: row.category,
    manufacturer: row.manufacturer,
    attributes: attributesOf(row),
    archived: row.archived !== 0,
  };
}

export function itemRowOf(row: ItemRecord): ItemRow {
  return { no: row.no, item: itemOf(row), updatedAt: row.updated_at };
}

/** What a search for items looks through. */
export function searchText({ sku, name }: Item): string {
  return `${sku}\n${name}`.toLowerCase();
}

export interface LocationRecord {
  readonly no: number;
  readonly id: string;
  readonly name: string;
  readonly code: string | null;
  readonly kind: string;
  readonly parent: string | null;
  readonly attributes: string;
  readonly archived: number;
}

export function locationRowOf(row: LocationRecord): LocationRow {
  const { no, archived, attributes: _, ...fields } = row;
  const attributes = attributesOf(row);
  const location: Location = { ...fields, attributes, archived: archived !== 0 };
  return { no, location };
}

// Most have none, and all of these share one object.
function attributesOf({ attributes }: { readonly attributes: string }): Attributes {
  return attributes === "{}" ? NO_ATTRIBUTES : parsed(attributes);
}

export interface ThresholdRecord {
  readonly item: number;
  readonly location: number;
  readonly item_id: string;
  readonly location_id: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly order_multiple: number;
  readonly minimum_order: number;
  readonly maximum_order: number;
  readonly quantity: number;
}

export function thresholdRowOf(row: ThresholdRecord): ThresholdRow {
  const threshold: Threshold = {
    item: row.item_id,
    location: row.location_id,
    minimum: row.minimum,
    maximum: row.maximum,
    orderMultiple: row.order_multiple,
    minimumOrder: row.minimum_order,
    maximumOrder: row.maximum_order,
  };
  return { itemNo: row.item, locationNo: row.location, threshold, quantity: row.quantity };
}

// ── what is kept as JSON ─────────────────────────────────────────────────────────────────

export interface CommitmentRecord {
  readonly sequence: number;
  readonly lines: string;
}

export function commitmentOf({ sequence, lines }: CommitmentRecord): CommitmentRow {
  return { sequence, lines: parsed(lines) };
}

/** What was written as JSON; whoever reads it knows what it was. */
export function parsed<A>(text: string): A {
  try {
    return JSON.parse(text) as A;
  } catch {
    throw new DamagedRow(`this is not JSON: ${text.slice(0, 40)}`);
  }
}
