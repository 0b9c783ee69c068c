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
import type { Faults } from "./Faults.js";
import { type Amount, costOf } from "./Money.js";
import { maxQuantity, type Quantity, toUnits } from "./Quantity.js";
import type { RejectionCode, RejectionDetails } from "./Rejection.js";
import {
  type Balance,
  balanceOf,
  emptyBalance,
  type ItemState,
  type LedgerState,
  type LocationState,
  onHand,
  policyOf,
} from "./State.js";
import type { TimelineNeed } from "./Timeline.js";
import { lowestFrom } from "./Timeline.js";
import {
  averageValue,
  type CostEstimate,
  coverageCorrection,
  residualCorrection,
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

/** Where a balance is held. */
type Place = Pick<Balance, "item" | "location" | "lot">;

/** The net effect of a movement on one balance. */
export interface Tally {
  /** As it stands before; an empty one where nothing has moved yet. */
  readonly balance: Readonly<Balance>;
  /** Index of the first line that touches it. */
  readonly index: number;
  available: Quantity;
  reserved: Quantity;
  unavailable: Quantity;
  value: Amount;
  /**
   * On hand and value when goods last began to go the other way. Values are reckoned from
   * there, so that the parts of a split line add up to the whole.
   */
  baseQuantity: Quantity;
  baseValue: Amount;
  /** What has left since. */
  left: Quantity;
  /** What has come in since, and what it cost. */
  came: Quantity;
  cost: Amount;
  /** What came in at the item's own unit cost. */
  bought: Quantity;
  /** The one that was touched next, for the tallies of a movement are a chain. */
  next: Tally | undefined;
}

/** What a movement comes to: its lines, and the chain of its tallies. */
export interface Settlement {
  readonly state: LedgerState;
  readonly lines: Line[];
  lineCount: number;
  first: Tally | undefined;
  last: Tally | undefined;
  tallyCount: number;
  /** One that grew, at some line, beyond what is counted exactly; no more is valued then. */
  inexact: Tally | undefined;
  /** The tallies by place, once they are many. */
  byKey: Map<string, Tally> | undefined;
  /** What must be known before it can be judged. */
  needs: TimelineNeed[] | undefined;
}

/** Judges and values the lines of one movement; nothing, and a fault, where it is refused. */
export function settle(
  state: LedgerState,
  drafts: readonly DraftLine[],
  occurredAt: Instant,
  faults: Faults,
): Settlement {
  const settlement = emptySettlement(state, drafts.length);
  for (const draft of drafts) book(draft, settlement);
  if (settlement.inexact === undefined) bookCorrections(settlement);
  else tooLarge(settlement.inexact, faults);
  for (let at = settlement.first; at !== undefined; at = at.next) {
    judge(state, at, occurredAt, settlement, faults);
  }
  return settlement;
}

export function onHandChange(tally: Tally): Quantity {
  return onHand(tally) - onHand(tally.balance);
}

const FEW = 32;

// Every draft makes one line, and corrections are few.
function emptySettlement(state: LedgerState, drafts: number): Settlement {
  return {
    state,
    lines: new Array(drafts),
    lineCount: 0,
    first: undefined,
    last: undefined,
    tallyCount: 0,
    inexact: undefined,
    byKey: undefined,
    needs: undefined,
  };
}

function addLine(settlement: Settlement, line: Line): void {
  settlement.lines[settlement.lineCount++] = line;
}

function tallyOf(
  settlement: Settlement,
  item: ItemState,
  location: LocationState,
  lot: string | null,
  index: number,
): Tally {
  return (
    findTally(settlement, item, location, lot) ??
    addTally(settlement, newTally(item, location, lot, index))
  );
}

// To walk along a few is quicker than to make their keys.
function findTally(
  settlement: Settlement,
  item: ItemState,
  location: LocationState,
  lot: string | null,
): Tally | undefined {
  if (settlement.tallyCount > FEW) return findByKey(settlement, { item, location, lot });
  for (let at = settlement.first; at !== undefined; at = at.next) {
    const { balance } = at;
    if (balance.item === item && balance.location === location && balance.lot === lot) return at;
  }
  return undefined;
}

function findByKey(settlement: Settlement, place: Place): Tally | undefined {
  settlement.byKey ??= talliesByKey(settlement);
  return settlement.byKey.get(keyOf(place));
}

function talliesByKey({ first }: Settlement): Map<string, Tally> {
  const byKey = new Map<string, Tally>();
  for (let at = first; at !== undefined; at = at.next) byKey.set(keyOf(at.balance), at);
  return byKey;
}

function addTally(settlement: Settlement, tally: Tally): Tally {
  if (settlement.last === undefined) settlement.first = tally;
  else settlement.last.next = tally;
  settlement.last = tally;
  settlement.tallyCount++;
  settlement.byKey?.set(keyOf(tally.balance), tally);
  return tally;
}

function keyOf(place: Place): string {
  return `${place.item.no}:${place.location.no}:${place.lot ?? ""}`;
}

function newTally(
  item: ItemState,
  location: LocationState,
  lot: string | null,
  index: number,
): Tally {
  const balance = balanceOf(item, location, lot) ?? emptyBalance(item, location, lot);
  const { available, reserved, unavailable, value } = balance;
  return {
    balance,
    index,
    available,
    reserved,
    unavailable,
    value,
    baseQuantity: onHand(balance),
    baseValue: value,
    left: 0,
    came: 0,
    cost: 0,
    bought: 0,
    next: undefined,
  };
}

function book(draft: DraftLine, settlement: Settlement): void {
  const { item, lot, quantity } = draft;
  const from = tallyOf(settlement, item, draft.from, lot, draft.index);
  const to = tallyOf(settlement, item, draft.to, lot, draft.index);
  const value = valueOfLine(draft, from, to, settlement);
  addLine(settlement, lineOf(draft, value));
  addTo(from, draft.fromBucket, -quantity);
  addTo(to, draft.toBucket, quantity);
  if (from !== to) {
    from.value -= value;
    from.left += quantity;
    to.value += value;
    if (draft.purpose === "book" && !draft.to.virtual) {
      to.came += quantity;
      to.cost += value;
    }
  }
  if (!isExact(from, draft.fromBucket)) settlement.inexact ??= from;
  if (!isExact(to, draft.toBucket) || !Number.isSafeInteger(value)) settlement.inexact ??= to;
}

function valueOfLine(draft: DraftLine, from: Tally, to: Tally, settlement: Settlement): Amount {
  if (from === to) return 0;
  if (from.came !== 0) turn(from, settlement);
  if (to.left !== 0) turn(to, settlement);
  if (draft.value !== null) return draft.value;
  return settlement.inexact === undefined ? shareOfLine(draft, from, to) : 0;
}

// Two safe integers never add up to one that is safe and wrong, so each step is checked.
function isExact(tally: Tally, bucket: Bucket): boolean {
  return (
    Number.isSafeInteger(quantityIn(tally, bucket)) &&
    Number.isSafeInteger(tally.value) &&
    Number.isSafeInteger(tally.cost)
  );
}

function turn(tally: Tally, settlement: Settlement): void {
  bookCoverage(tally, settlement);
  tally.baseQuantity = onHand(tally);
  tally.baseValue = tally.value;
  tally.left = 0;
  tally.came = 0;
  tally.cost = 0;
}

function shareOfLine(draft: DraftLine, from: Tally, to: Tally): Amount {
  const { quantity } = draft;
  if (!draft.from.virtual) return valueBetween(from, from.left, quantity);
  const { unitCost, precision } = draft.item.item;
  if (draft.from.location.id === "@supplier" && unitCost !== null) {
    const before = costOf(to.bought, unitCost, precision);
    to.bought += quantity;
    return costOf(to.bought, unitCost, precision) - before;
  }
  return draft.to.virtual ? 0 : valueBetween(to, to.came, quantity);
}

/** The share of `quantity` more, after `before` have gone the same way. */
function valueBetween(tally: Tally, before: Quantity, quantity: Quantity): Amount {
  const { unitCost, precision } = tally.balance.item.item;
  const estimate: CostEstimate = { unitCost: unitCost ?? 0, precision };
  const base = { quantity: tally.baseQuantity, value: tally.baseValue };
  const share = averageValue(base, before + quantity, estimate);
  return before === 0 ? share : share - averageValue(base, before, estimate);
}

function bookCorrections(settlement: Settlement): void {
  for (let at = settlement.first; at !== undefined; at = at.next) {
    if (at.balance.location.virtual) continue;
    bookCoverage(at, settlement);
    bookResidue(at, settlement);
  }
}

/** What goods that came in cost otherwise than those they cover were taken to cost. */
function bookCoverage(tally: Tally, settlement: Settlement): void {
  if (tally.came === 0 || tally.baseQuantity >= 0) return;
  const base = { quantity: tally.baseQuantity, value: tally.baseValue };
  bookCorrection(tally, coverageCorrection(base, tally.came, tally.cost), settlement);
}

function bookResidue(tally: Tally, settlement: Settlement): void {
  const holding = { quantity: onHand(tally), value: tally.value };
  bookCorrection(tally, residualCorrection(holding), settlement);
}

function bookCorrection(tally: Tally, correction: Amount, settlement: Settlement): void {
  if (correction === 0) return;
  const { item, location, lot } = tally.balance;
  tally.value -= correction;
  const revaluation = settlement.state.locations.get("@revaluation") as LocationState;
  tallyOf(settlement, item, revaluation, lot, tally.index).value += correction;
  addLine(settlement, {
    item: item.item.id,
    lot,
    from: location.location.id,
    fromBucket: "available",
    to: "@revaluation",
    toBucket: "available",
    quantity: 0,
    value: correction,
  });
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
  settlement: Settlement,
  faults: Faults,
): void {
  const { item, location } = tally.balance;
  if (!fits(tally)) tooLarge(tally, faults);
  if (location.virtual) return;
  if (tally.available < tally.balance.available && policyOf(state, item) !== "allow") {
    judgeTaking(tally, "available", occurredAt, settlement, faults);
  }
  if (tally.reserved < tally.balance.reserved) {
    judgeTaking(tally, "reserved", occurredAt, settlement, faults);
  }
  if (tally.unavailable < tally.balance.unavailable) {
    judgeTaking(tally, "unavailable", occurredAt, settlement, faults);
  }
}

function judgeTaking(
  tally: Tally,
  bucket: Bucket,
  occurredAt: Instant,
  settlement: Settlement,
  faults: Faults,
): void {
  const { balance } = tally;
  const before = quantityIn(balance, bucket);
  const change = quantityIn(tally, bucket) - before;
  if (quantityIn(tally, bucket) < 0) return short(faults, tally, bucket, change, before);
  if (occurredAt >= balance.lastOccurredAt) return;
  const { timeline } = balance;
  if (timeline === undefined || timeline.since > occurredAt) {
    settlement.needs ??= [];
    settlement.needs.push(needOf(balance, occurredAt));
    return;
  }
  const lowest = lowestFrom(timeline, bucket, occurredAt);
  if (lowest.quantity + change < 0)
    short(faults, tally, bucket, change, lowest.quantity, lowest.at);
}

function tooLarge(tally: Tally, faults: Faults): void {
  const { precision } = tally.balance.item.item;
  const limit = toUnits(maxQuantity(precision), precision);
  report(faults, "balance-too-large", tally, { expected: String(limit) });
}

export function needOf(place: Place, since: Instant): TimelineNeed {
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
  const { precision } = tally.balance.item.item;
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
  const { item, location, lot } = tally.balance;
  faults.add(code, {
    line: tally.index,
    item: item.item.id,
    location: location.location.id,
    ...(lot === null ? {} : { lot }),
    ...details,
  });
}

function fits(tally: Tally): boolean {
  const limit = maxQuantity(tally.balance.item.item.precision);
  const { available, reserved, unavailable, value } = tally;
  return (
    Math.abs(available) <= limit &&
    reserved <= limit &&
    unavailable <= limit &&
    Math.abs(onHand(tally)) <= limit &&
    Number.isSafeInteger(value)
  );
}
