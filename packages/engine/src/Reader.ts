/** The reading side of a ledger. */
import { Effect } from "effect";
import type { LedgerService } from "./Ledger.js";
import { readCard } from "./reads/Card.js";
import { readCommitments } from "./reads/Commitments.js";
import { readEntries, readEntry } from "./reads/Feed.js";
import { readItems } from "./reads/Items.js";
import { catalogueOf, itemSliceOf, type Source } from "./reads/Source.js";
import { readStock, readStockAsOf } from "./reads/Stock.js";
import { readPlan, readThresholds } from "./reads/Thresholds.js";
import { verify } from "./Verify.js";

export type Reader = Omit<
  LedgerService,
  "settings" | "submit" | "submitAll" | "submitEach" | "preview"
>;

export function makeReader(source: Source): Reader {
  const { store, ledger } = source;
  const catalogue = catalogueOf(source);
  return {
    item: (id) => Effect.map(itemSliceOf(source, id), ({ item }) => item),
    items: (filter = {}) => readItems(source, filter),
    locations: Effect.map(catalogue, ({ locations }) => locations.map(({ location }) => location)),
    categories: Effect.map(catalogue, ({ categories }) => categories),
    manufacturers: Effect.map(catalogue, ({ manufacturers }) => manufacturers),
    stock: (filter = {}) => readStock(source, filter),
    stockAsOf: (item, location, asOf) => readStockAsOf(source, item, location, asOf),
    card: (request) => readCard(source, request),
    thresholds: (filter = {}) => readThresholds(source, filter),
    plan: readPlan(source),
    reservations: (page = {}) => readCommitments(source, "reservations", page),
    shipments: (page = {}) => readCommitments(source, "shipments", page),
    head: Effect.map(store.head(ledger), ({ sequence }) => sequence),
    entry: (sequence) => readEntry(source, sequence),
    entries: (after = 0) => readEntries(source, after),
    verify: (options = {}) => verify(source, options),
  };
}
