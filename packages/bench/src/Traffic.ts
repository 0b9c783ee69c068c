/** Traffic: the commands that are measured. Goods come in and go out in turn. */
import { randomUUID } from "node:crypto";
import type { Command, Instant } from "@stockbook/core";
import { type Draw, drawsFrom } from "./Random.js";

/** Where everything stands that is measured. */
export const SHOP = "shop";

/** What one of any item costs, in minor units. */
export const UNIT_COST = 250;

/** A movement whose lines are all of one kind, as every measured command is. */
export type Movement = Extract<Command, { readonly type: "receive" | "issue" }>;

export interface TrafficOptions {
  /** How many items it is spread over; 1 makes one hot account. */
  readonly items: number;
  readonly linesPerMovement?: number;
  /** Idempotency keys, none if left out. */
  readonly keys?: () => string;
  /** When the next movement happened; when it is recorded, if left out. */
  readonly instants?: () => Instant;
}

/** The id of an item, by its number from 0 on. */
export function itemId(index: number): string {
  return `item-${String(index + 1).padStart(5, "0")}`;
}

/** An endless row of movements, the same in every run. */
export class Traffic {
  private readonly draw: Draw = drawsFrom(1);
  private readonly ids: readonly string[];
  private count = 0;

  constructor(private readonly options: TrafficOptions) {
    this.ids = Array.from({ length: options.items }, (_, i) => itemId(i));
  }

  next(): Movement {
    const { linesPerMovement = 1, keys, instants } = this.options;
    const lines = Array.from({ length: linesPerMovement }, () => this.line());
    const type = this.count++ % 2 === 0 ? "receive" : "issue";
    return {
      type,
      location: SHOP,
      lines,
      ...(keys && { idempotencyKey: keys() }),
      ...(instants && { occurredAt: instants() }),
    };
  }

  take(count: number): readonly Movement[] {
    return Array.from({ length: count }, () => this.next());
  }

  *stream(count: number): Iterable<Movement> {
    for (let i = 0; i < count; i++) yield this.next();
  }

  private line() {
    const item = this.ids[this.draw(this.ids.length)] as string;
    return { item, quantity: 1 + this.draw(9) };
  }
}

/** The commands that put every item on the shelf, with enough of each to last. */
export function opening(items: number, occurredAt?: Instant): readonly Command[] {
  const ids = Array.from({ length: items }, (_, i) => itemId(i));
  const receipts = ids.map((item): Command => {
    const lines = [{ item, quantity: 1_000_000 }];
    return { type: "receive", location: SHOP, lines, ...(occurredAt && { occurredAt }) };
  });
  return [
    { type: "put-location", id: SHOP, kind: "shop" },
    ...ids.map((sku): Command => ({ type: "put-item", sku, unitCost: UNIT_COST })),
    ...receipts,
  ];
}

/** Keys that sort in the order they were made in, of the form of UUID version 7. */
export function orderedKeys(): () => string {
  let made = 0;
  return () => {
    const order = (made++).toString(16).padStart(12, "0");
    return `${order.slice(0, 8)}-${order.slice(8)}-7${randomUUID().slice(15)}`;
  };
}

/** Keys in no order. */
export function randomKeys(): () => string {
  return () => randomUUID();
}

/** Instants one after another, `step` milliseconds apart, the last of `count` now. */
export function instantsOf(count: number, step: number): () => Instant {
  const start = Date.now() - Math.ceil(count * step);
  let taken = 0;
  return () => Math.floor(start + taken++ * step);
}
