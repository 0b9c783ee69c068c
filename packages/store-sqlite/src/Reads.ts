/** The reading side of the port. Every read sees one moment. */

import type { SqlClient } from "@effect/sql/SqlClient";
import type { Statement } from "@effect/sql/Statement";
import { type MovementKind, monthOfDay } from "@stockbook/core";
import type {
  AccessStoreService,
  BalanceOfItem,
  Busy,
  Keyset,
  LedgerHead,
  LedgerId,
  LedgerStoreService,
  StoredKindRollup,
  StoredPlaceRollup,
  StoredRollup,
  StoreFault,
  ThresholdOfItem,
} from "@stockbook/engine";
import { Effect } from "effect";
import { kindOf } from "./Codes.js";
import { assembled, entriesAfter, entriesAt, linesOf } from "./EntryQueries.js";
import { flowSums } from "./Flows.js";
import { card, sumsAt } from "./History.js";
import { keysOfOrganisation, keysWhere, storedKeyOf } from "./Keys.js";
import { BOUNDS, numberedPositions, transactionPositions } from "./Movements.js";
import { nodes, stockItems } from "./Nodes.js";
import { allOrganisations, organisationOf, organisationsWithId } from "./Organisations.js";
import { publicIdsOf } from "./PublicIds.js";
import { type PlaceRollupRecord, placeRollups } from "./ReportQueries.js";
import { detail, summary } from "./Reports.js";
import {
  balanceOf,
  commitmentOf,
  currencyOf,
  type HeadRecord,
  headOf,
  itemOf,
  itemRowOf,
  locationRowOf,
  sumsOf,
  thresholdRowOf,
} from "./Rows.js";
import { locationsOf } from "./SliceQueries.js";
import type { Ask } from "./Snapshot.js";
import { countTransactions, statistics } from "./Statistics.js";
import {
  type BalanceOfItemRecord,
  balancesOf,
  commitmentsOf,
  countItems,
  type HourRollupRecord,
  heads,
  hourRollups,
  isList,
  itemsOf,
  type KindRollupRecord,
  kindRollups,
  type MonthRollupRecord,
  monthRollups,
  numberedItems,
  type RollupRecord,
  type ThresholdOfItemRecord,
  thresholdsOf,
  type WorthScope,
  worthAtPlaces,
  worthOf,
} from "./StockQueries.js";
import type { CommitmentTable } from "./Tables.js";
import { noSuchLedger } from "./Write.js";

type Reads = Omit<
  LedgerStoreService & AccessStoreService,
  | "name"
  | "capabilities"
  | "putOrganisation"
  | "changeOrganisation"
  | "load"
  | "append"
  | "writeKeys"
  | "addPublicIds"
>;

/** Runs what reads one moment, with its errors as those of the port. */
export type Reading = <A>(
  read: (ask: Ask) => Effect.Effect<A, StoreFault>,
) => Effect.Effect<A, Busy | StoreFault>;

export function makeReads(sql: SqlClient, reading: Reading): Reads {
  const rows = <Row, A>(question: Statement<Row>, of: (row: Row) => A) =>
    reading((ask) => Effect.map(ask(question), (found) => found.map(of)));
  const look = (ledger: LedgerId, ask: Ask) => ({ sql, ask, ledger, bounds: BOUNDS });
  const commitments = (table: CommitmentTable) => (ledger: LedgerId, page: Keyset<number>) =>
    rows(commitmentsOf(sql, table, ledger, page), commitmentOf);
  const first = <Row, A>(question: Statement<Row>, of: (row: Row) => A) =>
    Effect.map(rows(question, of), ([found]) => found);
  return {
    organisation: (id) => first(organisationsWithId(sql, id), organisationOf),
    findKey: (query) => first(keysWhere(sql, query), storedKeyOf),
    keysOf: (organisation) => rows(keysOfOrganisation(sql, organisation), storedKeyOf),
    organisations: rows(allOrganisations(sql), organisationOf),
    publicIds: (ledger, kind, by, wanted) =>
      rows(publicIdsOf(sql, ledger, kind, by, wanted), (row) => row),
    head: (ledger) => reading((ask) => Effect.flatMap(ask(heads(sql, ledger)), onlyHead(ledger))),
    locations: (ledger) =>
      reading((ask) =>
        Effect.gen(function* () {
          const { locationsSequence } = yield* onlyHead(ledger)(yield* ask(heads(sql, ledger)));
          const locations = yield* ask(locationsOf(sql, ledger));
          return { sequence: locationsSequence, locations: locations.map(locationRowOf) };
        }),
      ),
    entries: (ledger, after, limit) =>
      reading((ask) =>
        Effect.gen(function* () {
          const entries = yield* ask(entriesAfter(sql, ledger, after, limit));
          return assembled(entries, yield* ask(linesOf(sql, ledger, entries)));
        }),
      ),
    transactions: (ledger, query) =>
      reading((ask) =>
        Effect.flatMap(transactionPositions(look(ledger, ask), query), (positions) =>
          entriesOf(sql, ask, ledger, positions),
        ),
      ),
    transactionPage: (ledger, query) =>
      reading((ask) =>
        Effect.gen(function* () {
          const own = look(ledger, ask);
          const all = countTransactions(own, query);
          const { positions, total } = yield* numberedPositions(own, query, all);
          return { rows: yield* entriesOf(sql, ask, ledger, positions), total };
        }),
      ),
    flowSums: (ledger, scope) => reading((ask) => flowSums(look(ledger, ask), scope)),
    statistics: (ledger, scope) => reading((ask) => statistics(look(ledger, ask), scope)),
    sumsAt: (ledger, places, moment) => reading((ask) => sumsAt(sql, ask, ledger, places, moment)),
    card: (ledger, query) => reading((ask) => card(sql, ask, ledger, query)),
    summary: (ledger, query) => reading((ask) => summary(sql, ask, ledger, query)),
    detail: (ledger, query) => reading((ask) => detail(sql, ask, ledger, query)),
    balances: (ledger, query) => rows(balancesOf(sql, ledger, query), balanceOfItem),
    valuation: (ledger, query) =>
      reading((ask) =>
        Effect.gen(function* () {
          const wanted = { ...query, nonZero: true, lots: "together" } as const;
          const found = yield* ask(balancesOf(sql, ledger, wanted));
          return { rows: found.map(balanceOfItem), totals: yield* worth(sql, ask, ledger, query) };
        }),
      ),
    items: (ledger, query) => rows(itemsOf(sql, ledger, query), itemRowOf),
    itemPage: (ledger, query) =>
      reading((ask) =>
        Effect.gen(function* () {
          const [count] = yield* ask(countItems(sql, ledger, query));
          const found = yield* ask(numberedItems(sql, ledger, query));
          return { rows: found.map(itemRowOf), total: count?.total ?? 0 };
        }),
      ),
    thresholds: (ledger, query) => rows(thresholdsOf(sql, ledger, query), thresholdOfItem),
    nodes: (ledger, locationNos) =>
      reading((ask) =>
        Effect.gen(function* () {
          const { sequence } = yield* onlyHead(ledger)(yield* ask(heads(sql, ledger)));
          return { sequence, nodes: yield* nodes({ sql, ask, ledger }, locationNos) };
        }),
      ),
    stockItems: (ledger, query) => reading((ask) => stockItems({ sql, ask, ledger }, query)),
    reservations: commitments("reservations"),
    shipments: commitments("shipments"),
    rollups: (ledger, grain, page) =>
      grain === "hour"
        ? rows(hourRollups(sql, ledger, page), storedHour)
        : rows(monthRollups(sql, ledger, page), storedMonth),
    kindRollups: (ledger, grain, page) => rows(kindRollups(sql, ledger, grain, page), storedKind),
    placeRollups: (ledger, grain, page) =>
      rows(placeRollups(sql, ledger, grain, page), storedPlace),
  };
}

/** Entries at positions, with their lines. */
function entriesOf(
  sql: SqlClient,
  ask: Ask,
  ledger: LedgerId,
  positions: readonly { readonly sequence: number }[],
) {
  return Effect.gen(function* () {
    const sequences = positions.map(({ sequence }) => sequence);
    const entries = yield* ask(entriesAt(sql, ledger, sequences));
    return assembled(entries, yield* ask(linesOf(sql, ledger, entries)));
  });
}

/** A location's share of the stock is read by its index, most of it in one go. */
function worth(sql: SqlClient, ask: Ask, ledger: LedgerId, scope: WorthScope) {
  return Effect.gen(function* () {
    const { itemNo, locationNos } = scope;
    const [head] = yield* ask(heads(sql, ledger));
    const most = (head?.location_count ?? 0) / 4;
    return itemNo === null && isList(locationNos) && locationNos.length < most
      ? yield* ask(worthAtPlaces(sql, ledger, locationNos))
      : yield* ask(worthOf(sql, ledger, scope));
  });
}

function onlyHead(ledger: LedgerId) {
  return ([row]: readonly HeadRecord[]): Effect.Effect<LedgerHead, StoreFault> =>
    row === undefined ? noSuchLedger(ledger) : Effect.succeed(headOf(row));
}

function balanceOfItem(row: BalanceOfItemRecord): BalanceOfItem {
  return { ...balanceOf(row), item: itemOf(row) };
}

function thresholdOfItem(row: ThresholdOfItemRecord): ThresholdOfItem {
  return { ...thresholdRowOf(row), item: itemOf(row) };
}

function storedHour(row: HourRollupRecord): StoredRollup {
  const { day, hour } = row;
  return { ...storedSums(row), month: monthOfDay(day), day, hour };
}

function storedMonth(row: MonthRollupRecord): StoredRollup {
  return { ...storedSums(row), month: row.month, day: 0, hour: 0 };
}

function storedSums(row: RollupRecord) {
  const { item: itemNo, location: locationNo, last_sequence: lastSequence } = row;
  return { itemNo, locationNo, sums: sumsOf(row), lastSequence };
}

function storedKind(row: KindRollupRecord): StoredKindRollup {
  const { start, kind, currency, transactions, lines, value } = row;
  return {
    start,
    // Only movements are counted.
    kind: kindOf(kind) as MovementKind,
    currency: currencyOf(currency),
    sums: { transactions, lines, value },
  };
}

function storedPlace(row: PlaceRollupRecord): StoredPlaceRollup {
  const { location: locationNo, start, inputs: input, outputs: output, adjusts: adjust } = row;
  const transfers = { "transfer-in": row.transfers_in, "transfer-out": row.transfers_out };
  return { locationNo, start, counts: { input, output, ...transfers, adjust } };
}
