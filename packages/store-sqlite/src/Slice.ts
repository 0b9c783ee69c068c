/** What the writer loads before it decides, all of one moment. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { LedgerSettings } from "@stockbook/core";
import type {
  CatalogueSlice,
  CommitmentRow,
  ItemSlice,
  LedgerId,
  Slice,
  SliceKeys,
} from "@stockbook/engine";
import { assembled, entriesAt, keyRows, linesOf, reversals } from "./EntryQueries.js";
import { timelines } from "./History.js";
import {
  balanceOf,
  commitmentOf,
  headOf,
  itemRowOf,
  locationRowOf,
  parsed,
  thresholdRowOf,
} from "./Rows.js";
import {
  balancesOfItems,
  categoriesOf,
  commitmentsAt,
  itemsWanted,
  locationsOf,
  manufacturersOf,
  thresholdsOfItems,
} from "./SliceQueries.js";
import type { AskNow } from "./Snapshot.js";
import { heads } from "./StockQueries.js";
import type { CommitmentTable } from "./Tables.js";
import { noSuchLedger } from "./Write.js";

/** Loads a slice. To be called within a transaction. */
export function loadSlice(sql: SqlClient, ask: AskNow, ledger: LedgerId, keys: SliceKeys): Slice {
  const [head] = ask(heads(sql, ledger));
  if (head === undefined) throw noSuchLedger(ledger);
  const commitments = (table: CommitmentTable): readonly CommitmentRow[] =>
    ifAny(keys[table], (sequences) =>
      ask(commitmentsAt(sql, table, ledger, sequences)).map(commitmentOf),
    );
  return {
    head: headOf(head),
    catalogue: keys.catalogue ? loadCatalogue(sql, ask, ledger, head.settings) : undefined,
    items: loadItems(sql, ask, ledger, keys),
    idempotencyKeys: ifAny(keys.idempotencyKeys, (wanted) => ask(keyRows(sql, ledger, wanted))),
    reservations: commitments("reservations"),
    shipments: commitments("shipments"),
    entries: ifAny(keys.entries, (sequences) => {
      const entries = ask(entriesAt(sql, ledger, sequences));
      return assembled(entries, ask(linesOf(sql, ledger, entries)));
    }),
    reversals: ifAny(keys.entries, (sequences) =>
      ask(reversals(sql, ledger, sequences)).map(
        ({ reverses, sequence }) => [reverses, sequence] as const,
      ),
    ),
    timelines: timelines(sql, ask, ledger, keys.timelines),
  };
}

/** What the keys lead to; nothing is asked for none. */
function ifAny<Key, A>(
  keys: readonly Key[],
  find: (keys: readonly Key[]) => readonly A[],
): readonly A[] {
  return keys.length === 0 ? [] : find(keys);
}

function loadCatalogue(
  sql: SqlClient,
  ask: AskNow,
  ledger: LedgerId,
  settings: string | null,
): CatalogueSlice {
  return {
    settings: settings === null ? undefined : parsed<LedgerSettings>(settings),
    locations: ask(locationsOf(sql, ledger)).map(locationRowOf),
    categories: ask(categoriesOf(sql, ledger)),
    manufacturers: ask(manufacturersOf(sql, ledger)),
  };
}

function loadItems(
  sql: SqlClient,
  ask: AskNow,
  ledger: LedgerId,
  keys: SliceKeys,
): readonly ItemSlice[] {
  if (keys.items.length + keys.skus.length + keys.itemsAt.length === 0) return [];
  const items = ask(itemsWanted(sql, ledger, keys));
  const numbers = items.map(({ no }) => no);
  const balances = grouped(ask(balancesOfItems(sql, ledger, numbers)));
  const thresholds = grouped(ask(thresholdsOfItems(sql, ledger, numbers)));
  return items.map((item) => ({
    ...itemRowOf(item),
    balances: (balances.get(item.no) ?? []).map(balanceOf),
    thresholds: (thresholds.get(item.no) ?? []).map(thresholdRowOf),
  }));
}

function grouped<Row extends { readonly item: number }>(
  rows: readonly Row[],
): ReadonlyMap<number, readonly Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.item);
    if (group === undefined) groups.set(row.item, [row]);
    else group.push(row);
  }
  return groups;
}
