/**
 * Settlement: the one place where a movement is judged and valued.
 *
 * A movement is judged on the sum per balance, never line by line, so that splitting a line
 * changes nothing. Then every line gets its value, and value that would be left without
 * quantity is booked as a correction.
 */
import type { Bucket } from "./Account.js";
import { addTo, quantityIn } from "./Buckets.js";
import type { Instant } from "./Calendar.js";
import type { Line } from "./Entry.js";
import { Faults } from "./Faults.js";
import { type Amount, costOf } from "./Money.js";
import { maxQuantity, type Quantity, toUnits } from "./Quantity.js";
import type { Rejection, RejectionCode, RejectionDetails } from "./Rejection.js";
import {
  type Balance,
  balanceOf,
  type ItemState,
  type LedgerState,
  type LocationState,
  onHand,
  policyOf,
} from "./State.js";
import type { TimelineNeed } from "./Timeline.js";
import { lowestFrom } from "./Timeline.js";
import {
  type CostEstimate,
  coverageCorrection,
  residualCorrection,
  valueArriving,
  valueLeaving,
} from "./Valuation.js";

/** A line before it is valued. */
export interface DraftLine {
  readonly item: ItemState;
  readonly lot: string | null;
  readonly from: LocationState;
  readonly fromBucket: Bucket;
  readonly to: LocationState;
  readonly toBucket: Bucket;
  readonly quantity: Quantity;
  /** The value it must carry; `null` lets the valuation say. */
  readonly value: Amount | null;
  /** Whether goods come in anew, or what had been booked is put back as it was. */
  readonly purpose: "book" | "restore";
  /** Index of the command's line it comes from. */
  readonly index: number;
}

/** The net effect of a movement on one balance. */
export interface Tally {
  readonly item: ItemState;
  readonly location: LocationState;
  readonly lot: string | null;
  readonly balance: Balance | undefined;
  /** Index of the first line that touches it. */
  readonly index: number;
  available: Quantity;
  reserved: Quantity;
  unavailable: Quantity;
  value: Amount;
  /** On hand and value when goods last came in, from which an outgoing share is reckoned. */
  baseQuantity: Quantity;
  baseValue: Amount;
  /** What has left since. */
  left: Quantity;
}

export type Settlement =
  | {
      readonly type: "settled";
      readonly lines: readonly Line[];
      readonly tallies: readonly Tally[];
    }
  | { readonly type: "rejected"; readonly rejection: Rejection }
  | { readonly type: "needs"; readonly timelines: readonly TimelineNeed[] };

/** Judges and values the lines of one movement. */
export function settle(
  state: LedgerState,
  drafts: readonly DraftLine[],
  occurredAt: Instant,
): Settlement {
  const tallies = new Tallies();
  const lines: Line[] = [];
  for (const draft of drafts) book(draft, tallies, lines);
  const count = tallies.all.length;
  for (let i = 0; i < count; i++) bookResidue(tallies.all[i] as Tally, lines);

  const faults = new Faults();
  const needs: TimelineNeed[] = [];
  for (const tally of tallies.all) judge(state, tally, occurredAt, faults, needs);
  if (faults.rejection !== undefined) return { type: "rejected", rejection: faults.rejection };
  if (needs.length > 0) return { type: "needs", timelines: needs };
  return { type: "settled", lines, tallies: tallies.all };
}

/** The change a movement makes to one bucket of a balance. */
export function changeOf(tally: Tally, bucket: Bucket): Quantity {
  return quantityIn(tally, bucket) - quantityBefore(tally, bucket);
}

function quantityBefore({ balance }: Tally, bucket: Bucket): Quantity {
  return balance === undefined ? 0 : quantityIn(balance, bucket);
}

export function onHandChange(tally: Tally): Quantity {
  const before = tally.balance === undefined ? 0 : onHand(tally.balance);
  return tally.available + tally.reserved + tally.unavailable - before;
}

const FEW = 8;

class Tallies {
  readonly all: Tally[] = [];
  private byKey: Map<string, Tally> | undefined;

  of(item: ItemState, location: LocationState, lot: string | null, index: number): Tally {
    const known = this.find(item, location, lot);
    if (known !== undefined) return known;
    const made = tallyOf(item, location, lot, index);
    this.all.push(made);
    this.byKey?.set(keyOf(made), made);
    return made;
  }

  private find(item: ItemState, location: LocationState, lot: string | null): Tally | undefined {
    if (this.all.length <= FEW) return this.findAmongFew(item, location, lot);
    this.byKey ??= new Map(this.all.map((tally) => [keyOf(tally), tally]));
    return this.byKey.get(keyOf({ item, location, lot }));
  }

  private findAmongFew(
    item: ItemState,
    location: LocationState,
    lot: string | null,
  ): Tally | undefined {
    for (const tally of this.all) {
      if (tally.item === item && tally.location === location && tally.lot === lot) return tally;
    }
    return undefined;
  }
}

function keyOf(place: Pick<Tally, "item" | "location" | "lot">): string {
  return `${place.item.no}:${place.location.no}:${place.lot ?? ""}`;
}

function tallyOf(
  item: ItemState,
  location: LocationState,
  lot: string | null,
  index: number,
): Tally {
  const balance = balanceOf(item, location, lot);
  const baseQuantity = balance === undefined ? 0 : onHand(balance);
  const baseValue = balance?.value ?? 0;
  return {
    item,
    location,
    lot,
    balance,
    index,
    available: balance?.available ?? 0,
    reserved: balance?.reserved ?? 0,
    unavailable: balance?.unavailable ?? 0,
    value: baseValue,
    baseQuantity,
    baseValue,
    left: 0,
  };
}

function book(draft: DraftLine, tallies: Tallies, lines: Line[]): void {
  const { item, lot, quantity } = draft;
  const from = tallies.of(item, draft.from, lot, draft.index);
  const to = tallies.of(item, draft.to, lot, draft.index);
  const value = from === to ? 0 : (draft.value ?? lineValue(draft, from, to));
  lines.push(lineOf(draft, value));
  addTo(from, draft.fromBucket, -quantity);
  addTo(to, draft.toBucket, quantity);
  if (from === to) return;
  from.value -= value;
  from.left += quantity;
  const covers = draft.purpose === "book" && !to.location.virtual;
  const correction = covers ? coverageCorrection(holdingOf(to, quantity), quantity, value) : 0;
  to.value += value;
  bookCorrection(to, correction, lines);
  rebase(to);
}

function lineValue(draft: DraftLine, from: Tally, to: Tally): Amount {
  const { quantity } = draft;
  const estimate = estimateOf(draft.item);
  if (!from.location.virtual) return leavingValue(from, quantity, estimate);
  const { unitCost, precision } = draft.item.item;
  const bought = from.location.location.id === "@supplier" && unitCost !== null;
  if (bought) return costOf(quantity, unitCost, precision);
  return to.location.virtual ? 0 : valueArriving(holdingOf(to, 0), quantity, estimate);
}

// Reckoned from where goods last came in, so that the parts of a split line add up to the whole.
function leavingValue(from: Tally, quantity: Quantity, estimate: CostEstimate): Amount {
  const base = { quantity: from.baseQuantity, value: from.baseValue };
  const before = from.left === 0 ? 0 : valueLeaving(base, from.left, estimate);
  return valueLeaving(base, from.left + quantity, estimate) - before;
}

function estimateOf(item: ItemState): CostEstimate {
  return { unitCost: item.item.unitCost ?? 0, precision: item.item.precision };
}

/** The holding of a tally before `arrived` came in. */
function holdingOf(tally: Tally, arrived: Quantity) {
  const quantity = tally.available + tally.reserved + tally.unavailable - arrived;
  return { quantity, value: tally.value };
}

function bookResidue(tally: Tally, lines: Line[]): void {
  if (!tally.location.virtual)
    bookCorrection(tally, residualCorrection(holdingOf(tally, 0)), lines);
}

// The other side, `@revaluation`, holds value only, so it needs no tally to be judged by.
function bookCorrection(tally: Tally, correction: Amount, lines: Line[]): void {
  if (correction === 0) return;
  tally.value -= correction;
  lines.push({
    item: tally.item.item.id,
    lot: tally.lot,
    from: tally.location.location.id,
    fromBucket: "available",
    to: "@revaluation",
    toBucket: "available",
    quantity: 0,
    value: correction,
  });
}

function rebase(tally: Tally): void {
  tally.baseQuantity = tally.available + tally.reserved + tally.unavailable;
  tally.baseValue = tally.value;
  tally.left = 0;
}

function lineOf(draft: DraftLine, value: Amount): Line {
  return {
    item: draft.item.item.id,
    lot: draft.lot,
    from: draft.from.location.id,
    fromBucket: draft.fromBucket,
    to: draft.to.location.id,
    toBucket: draft.toBucket,
    quantity: draft.quantity,
    value,
  };
}

function judge(
  state: LedgerState,
  tally: Tally,
  occurredAt: Instant,
  faults: Faults,
  needs: TimelineNeed[],
): void {
  if (!fits(tally)) {
    const limit = toUnits(maxQuantity(tally.item.item.precision), tally.item.item.precision);
    report(faults, "balance-too-large", tally, { expected: String(limit) });
  }
  if (tally.location.virtual) return;
  const mayGoBelow = policyOf(state, tally.item) === "allow";
  if (!mayGoBelow) judgeTaking(tally, "available", occurredAt, faults, needs);
  judgeTaking(tally, "reserved", occurredAt, faults, needs);
  judgeTaking(tally, "unavailable", occurredAt, faults, needs);
}

function judgeTaking(
  tally: Tally,
  bucket: Bucket,
  occurredAt: Instant,
  faults: Faults,
  needs: TimelineNeed[],
): void {
  const change = changeOf(tally, bucket);
  if (change >= 0) return;
  const { balance } = tally;
  if (quantityIn(tally, bucket) < 0) {
    return short(faults, tally, bucket, change, quantityBefore(tally, bucket));
  }
  if (balance === undefined || occurredAt >= balance.lastOccurredAt) return;
  const { timeline } = balance;
  if (timeline === undefined || timeline.since > occurredAt) {
    needs.push(needOf(tally, occurredAt));
    return;
  }
  const lowest = lowestFrom(timeline, bucket, occurredAt);
  if (lowest.quantity + change < 0)
    short(faults, tally, bucket, change, lowest.quantity, lowest.at);
}

export function needOf(
  place: Pick<Tally, "item" | "location" | "lot">,
  since: Instant,
): TimelineNeed {
  return {
    item: place.item.item.id,
    location: place.location.location.id,
    lot: place.lot,
    since,
  };
}

function short(
  faults: Faults,
  tally: Tally,
  bucket: Bucket,
  change: Quantity,
  available: Quantity,
  at?: Instant,
): void {
  const { precision } = tally.item.item;
  report(faults, "insufficient-stock", tally, {
    bucket,
    wanted: toUnits(-change, precision),
    available: toUnits(available, precision),
    ...(at === undefined ? {} : { at }),
  });
}

function report(
  faults: Faults,
  code: RejectionCode,
  tally: Tally,
  details: RejectionDetails,
): void {
  faults.add(code, {
    line: tally.index,
    item: tally.item.item.id,
    location: tally.location.location.id,
    ...(tally.lot === null ? {} : { lot: tally.lot }),
    ...details,
  });
}

function fits(tally: Tally): boolean {
  const limit = maxQuantity(tally.item.item.precision);
  const { available, reserved, unavailable, value } = tally;
  return (
    Math.abs(available) <= limit &&
    reserved <= limit &&
    unavailable <= limit &&
    Math.abs(available + reserved + unavailable) <= limit &&
    Number.isSafeInteger(value)
  );
}
