/** The reading side of a ledger. */
import { Effect } from "effect";
import type { LedgerService } from "./Ledger.js";
import type { PublicIds } from "./PublicIds.js";
import { readCard } from "./reads/Card.js";
import { readCommitment, readCommitments } from "./reads/Commitments.js";
import { readEvents } from "./reads/Events.js";
import { readEntries, readEntry } from "./reads/Feed.js";
import { readFlowStatistics } from "./reads/FlowStatistics.js";
import { datedItemOf, readItemPage, readItems } from "./reads/Items.js";
import { readChildren, readSummaries } from "./reads/Nodes.js";
import { readStockDetail, readStockSummary } from "./reads/Reports.js";
import { catalogueOf, itemSliceOf, type Source } from "./reads/Source.js";
import { readStock, readStockAsOf } from "./reads/Stock.js";
import { readStockAt } from "./reads/StockAt.js";
import { readStockItem, readStockItems } from "./reads/StockItems.js";
import { readPlan, readThresholds } from "./reads/Thresholds.js";
import {
  readStatistics,
  readTransaction,
  readTransactionPage,
  readTransactions,
} from "./reads/Transactions.js";
import { readValuation } from "./reads/Valuation.js";
import { verify } from "./Verify.js";

export type Reader = Omit<
  LedgerService,
  keyof PublicIds | "settings" | "submit" | "submitAll" | "submitEach" | "preview"
>;

export function makeReader(source: Source): Reader {
  const { store, ledger } = source;
  const catalogue = catalogueOf(source);
  return {
    item: (id) => Effect.map(itemSliceOf(source, id), ({ item }) => item),
    datedItem: (id) => Effect.map(itemSliceOf(source, id), datedItemOf),
    items: (filter = {}) => readItems(source, filter),
    itemPage: (request = {}) => readItemPage(source, request),
    locations: source.trees.reading(({ rows }) =>
      Effect.succeed(rows.map(({ location }) => location)),
    ),
    summaries: (locations) => readSummaries(source, locations),
    children: (request) => readChildren(source, request),
    categories: Effect.map(catalogue, ({ categories }) => categories),
    manufacturers: Effect.map(catalogue, ({ manufacturers }) => manufacturers),
    stock: (filter = {}) => readStock(source, filter),
    stockItems: (filter = {}) => readStockItems(source, filter),
    stockItem: (item, location) => readStockItem(source, item, location),
    stockAsOf: (item, location, asOf) => readStockAsOf(source, item, location, asOf),
    stockAt: (request) => readStockAt(source, request),
    card: (request) => readCard(source, request),
    stockSummary: (request = {}) => readStockSummary(source, request),
    stockDetail: (request) => readStockDetail(source, request),
    thresholds: (filter = {}) => readThresholds(source, filter),
    plan: readPlan(source),
    reservations: (page = {}) => readCommitments(source, "reservations", page),
    shipments: (page = {}) => readCommitments(source, "shipments", page),
    reservation: (sequence) => readCommitment(source, "reservations", sequence),
    shipment: (sequence) => readCommitment(source, "shipments", sequence),
    transactions: (request = {}) => readTransactions(source, request),
    transactionPage: (request = {}) => readTransactionPage(source, request),
    transaction: (sequence) => readTransaction(source, sequence),
    statistics: (filter = {}) => readStatistics(source, filter),
    flowStatistics: (request) => readFlowStatistics(source, request),
    valuation: (filter = {}) => readValuation(source, filter),
    head: Effect.map(store.head(ledger), ({ sequence }) => sequence),
    entry: (sequence) => readEntry(source, sequence),
    entries: (after = 0) => readEntries(source, after),
    events: (request = {}) => readEvents(source, request),
    verify: (options = {}) => verify(source, options),
  };
}
