/** Reading open reservations and shipments. */
import { toUnits } from "@stockbook/core";
import { Effect } from "effect";
import { NOTHING } from "../Cache.js";
import { type Busy, NotFound, type ReadError, type StoreFault } from "../Errors.js";
import type { Page, PageRequest } from "../Ledger.js";
import { limitOf, pageOf, positionOf } from "../Paging.js";
import type { CommitmentRow } from "../Store.js";
import type { CommitmentView } from "../Views.js";
import { type ItemsById, itemsById } from "./Movements.js";
import type { Source } from "./Source.js";

/** The one that a movement opened, as far as it is still open. */
export function readCommitment(
  source: Source,
  kind: "reservations" | "shipments",
  sequence: number,
): Effect.Effect<CommitmentView, Busy | StoreFault | NotFound> {
  return Effect.gen(function* () {
    const keys = { ...NOTHING, [kind]: [sequence] };
    const [row] = (yield* source.store.load(source.ledger, keys))[kind];
    if (row === undefined) {
      const what = kind === "reservations" ? "reservation" : "shipment";
      return yield* new NotFound({ what, id: String(sequence) });
    }
    return commitmentView(row, yield* itemsById(source, itemIdsOf([row])));
  });
}

export function readCommitments(
  source: Source,
  kind: "reservations" | "shipments",
  request: PageRequest,
): Effect.Effect<Page<CommitmentView>, ReadError> {
  return Effect.gen(function* () {
    const limit = yield* limitOf(request);
    const position = yield* positionOf(request, [0] as readonly [number]);
    const after = position === null ? null : position[0];
    const rows = yield* source.store[kind](source.ledger, { after, limit: limit + 1 });
    const items = yield* itemsById(source, itemIdsOf(rows));
    return pageOf(
      rows,
      limit,
      ({ sequence }) => [sequence],
      (row) => commitmentView(row, items),
    );
  });
}

function itemIdsOf(rows: readonly CommitmentRow[]): readonly string[] {
  return rows.flatMap(({ lines }) => lines.map(({ item }) => item));
}

function commitmentView({ sequence, lines }: CommitmentRow, items: ItemsById): CommitmentView {
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
