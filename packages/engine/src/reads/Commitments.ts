/** Reading open reservations and shipments. */
import { type Item, toUnits } from "@stockbook/core";
import { Effect } from "effect";
import { NOTHING } from "../Cache.js";
import type { ReadError } from "../Errors.js";
import type { Page, PageRequest } from "../Ledger.js";
import { limitOf, pageOf, positionOf } from "../Paging.js";
import type { CommitmentRow } from "../Store.js";
import type { CommitmentView } from "../Views.js";
import type { Source } from "./Source.js";

export function readCommitments(
  { store, ledger }: Source,
  kind: "reservations" | "shipments",
  request: PageRequest,
): Effect.Effect<Page<CommitmentView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(request);
    const position = yield* positionOf(request, [0] as readonly [number]);
    const after = position === null ? null : position[0];
    const rows = yield* store[kind](ledger, { after, limit: limit + 1 });
    const ids = [...new Set(rows.flatMap(({ lines }) => lines.map(({ item }) => item)))];
    const { items } = yield* store.load(ledger, { ...NOTHING, items: ids });
    const byId = new Map(items.map(({ item }) => [item.id, item]));
    return pageOf(
      rows,
      limit,
      ({ sequence }) => [sequence],
      (row) => commitmentView(row, byId),
    );
  });
}

function commitmentView(
  { sequence, lines }: CommitmentRow,
  items: ReadonlyMap<string, Item>,
): CommitmentView {
  return {
    sequence,
    lines: lines.map(({ item, lot, location, quantity }) => ({
      item,
      lot,
      location,
      quantity: toUnits(quantity, items.get(item)?.precision ?? 0),
    })),
  };
}
