/** Movements as readers see them: in the items' units, with what the items are called. */
import { type Entry, type Item, type Line, type Movement, toUnits } from "@stockbook/core";
import { Effect } from "effect";
import { type Busy, StoreFault } from "../Errors.js";
import type { TransactionLine, TransactionView } from "../Views.js";
import { ANY_ITEM } from "./Items.js";
import type { Source } from "./Source.js";

export type MovementEntry = Entry & { readonly body: Movement };

export type ItemsById = ReadonlyMap<string, Item>;

export function isMovement(entry: Entry): entry is MovementEntry {
  return entry.body.type === "movement";
}

/** The items that entries speak of. Items are never removed, so all of them are there. */
export function itemsById(
  { store, ledger }: Source,
  ids: Iterable<string>,
): Effect.Effect<ItemsById, Busy | StoreFault> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return Effect.succeed(new Map());
  const query = { ...ANY_ITEM, ids: wanted, after: null, limit: wanted.length };
  return Effect.flatMap(store.items(ledger, query), (rows) =>
    rows.length < wanted.length
      ? new StoreFault({ reason: "damaged", message: "entries speak of items that are not there" })
      : Effect.succeed(new Map(rows.map(({ item }) => [item.id, item]))),
  );
}

export function itemIdsOf(entries: readonly MovementEntry[]): readonly string[] {
  return entries.flatMap(({ body }) => body.lines.map(({ item }) => item));
}

/** @param items has the items of all its lines. */
export function transactionView(entry: MovementEntry, items: ItemsById): TransactionView {
  const { sequence, occurredAt, recordedAt, body } = entry;
  const { kind, reference, note, reason, actor, reservation, shipment, reverses } = body;
  return {
    sequence,
    kind,
    occurredAt,
    recordedAt,
    reference,
    note,
    reason,
    actor,
    reservation,
    shipment,
    reverses,
    lines: body.lines.map((line) => lineView(line, items.get(line.item) as Item)),
  };
}

function lineView(line: Line, { sku, name, precision, currency }: Item): TransactionLine {
  const { item, lot, from, fromBucket, to, toBucket, value } = line;
  const quantity = toUnits(line.quantity, precision);
  return { item, sku, name, lot, from, fromBucket, to, toBucket, quantity, value, currency };
}
