/** How each table takes the rows of a batch: one insert a table, whatever the number of rows. */
import {
  type Category,
  DAY_MS,
  HOUR_MS,
  type Manufacturer,
  PLACE_FLOWS,
  type PlaceFlow,
} from "@stockbook/core";
import type {
  BalanceRow,
  CommitmentRow,
  EntryRow,
  ItemRow,
  KindGrain,
  KindRollupRow,
  LineRow,
  LocationRow,
  NodeCountRow,
  NodeSumRow,
  PlaceGrain,
  PlaceRollupRow,
  RollupRow,
  ThresholdPlace,
  ThresholdRow,
} from "@stockbook/engine";
import type { BulkSpec } from "./Bulk.js";
import { BUCKET_CODES, GRAIN_CODES, KIND_CODES } from "./Codes.js";
import { bodyText, kindCode } from "./EntryRows.js";
import { currencyText, lotText, searchText } from "./Rows.js";

const DAY_HOURS = DAY_MS / HOUR_MS;

/** An insert of new rows, or of rows that take the place of those with the same key. */
function insertInto(
  table: string,
  columns: readonly string[],
  onConflict?: { readonly key: readonly string[]; readonly set: readonly string[] },
): string {
  const all = ["ledger", ...columns].join(", ");
  const insert = `INSERT INTO ${table} (${all}) SELECT ${all} FROM r`;
  if (onConflict === undefined) return insert;
  const { key, set } = onConflict;
  return `${insert} WHERE true ON CONFLICT (ledger, ${key.join(", ")}) DO UPDATE SET ${set.join(", ")}`;
}

function replacing(columns: readonly string[]): readonly string[] {
  return columns.map((column) => `${column} = excluded.${column}`);
}

function adding(columns: readonly string[]): readonly string[] {
  return columns.map((column) => `${column} = ${column} + excluded.${column}`);
}

const ENTRY_COLUMNS = [
  "sequence",
  "kind",
  "occurred_at",
  "recorded_at",
  "key",
  "fingerprint",
  "span",
  "reverses",
  "first_line",
  "line_count",
  "body",
];

export const ENTRIES: BulkSpec<EntryRow> = {
  name: "entries",
  columns: ENTRY_COLUMNS,
  insert: insertInto("entries", ENTRY_COLUMNS),
  values: (ledger, row) => [
    ledger,
    row.sequence,
    kindCode(row),
    row.occurredAt,
    row.recordedAt,
    row.key,
    row.fingerprint,
    row.span,
    row.reverses,
    row.firstLine,
    row.lineCount,
    bodyText(row),
  ],
};

const LINE_COLUMNS = [
  "line",
  "sequence",
  "occurred_at",
  "item",
  "lot",
  "from_location",
  "from_bucket",
  "to_location",
  "to_bucket",
  "quantity",
  "value",
];

// Where a chain has no line before it in this batch, it goes on from the stored roll-up.
function previousLine(end: "from" | "to"): string {
  return `coalesce(r.${end}_previous, (
    SELECT h.last_line FROM rollup_hours h
    WHERE h.ledger = r.ledger AND h.day = r.${end}_day AND h.item = r.item
      AND h.location = r.${end}_location AND h.hour = r.${end}_hour
  ))`;
}

/** The same for the chains of locations. */
function previousPlaceLine(end: "from" | "to"): string {
  return `coalesce(r.${end}_place_previous, (
    SELECT rp.last_line FROM rollup_places rp
    WHERE rp.ledger = r.ledger AND rp.location = r.${end}_location
      AND rp.grain = ${GRAIN_CODES.hour} AND rp.start = r.${end}_place_hour
  ))`;
}

/** To be written before the roll-ups, whose chains it continues. */
export const LINES: BulkSpec<LineRow> = {
  name: "lines",
  columns: [
    ...LINE_COLUMNS,
    "from_day",
    "from_hour",
    "from_previous",
    "to_day",
    "to_hour",
    "to_previous",
    "from_place_hour",
    "from_place_previous",
    "to_place_hour",
    "to_place_previous",
  ],
  insert: `INSERT INTO lines (ledger, ${LINE_COLUMNS.join(", ")}, from_previous, to_previous,
      from_place_previous, to_place_previous)
    SELECT ledger, ${LINE_COLUMNS.join(", ")}, ${previousLine("from")}, ${previousLine("to")},
      ${previousPlaceLine("from")}, ${previousPlaceLine("to")}
    FROM r`,
  values: (ledger, row) => [
    ledger,
    row.line,
    row.sequence,
    row.occurredAt,
    row.itemNo,
    lotText(row.lot),
    row.fromNo,
    BUCKET_CODES[row.fromBucket],
    row.toNo,
    BUCKET_CODES[row.toBucket],
    row.quantity,
    row.value,
    row.fromChain?.day ?? null,
    row.fromChain?.hour ?? null,
    row.fromChain?.previous ?? null,
    row.toChain?.day ?? null,
    row.toChain?.hour ?? null,
    row.toChain?.previous ?? null,
    row.fromPlace?.hour ?? null,
    row.fromPlace?.previous ?? null,
    row.toPlace?.hour ?? null,
    row.toPlace?.previous ?? null,
  ],
};

const BALANCE_AMOUNTS = [
  "available",
  "reserved",
  "unavailable",
  "value",
  "first_occurred_at",
  "last_occurred_at",
];
const BALANCE_COLUMNS = ["item", "location", "lot", ...BALANCE_AMOUNTS];

export const BALANCES: BulkSpec<BalanceRow> = {
  name: "balances",
  columns: BALANCE_COLUMNS,
  insert: insertInto("balances", BALANCE_COLUMNS, {
    key: ["item", "location", "lot"],
    set: replacing(BALANCE_AMOUNTS),
  }),
  values: (ledger, row) => [
    ledger,
    row.itemNo,
    row.locationNo,
    lotText(row.lot),
    row.available,
    row.reserved,
    row.unavailable,
    row.value,
    row.firstOccurredAt,
    row.lastOccurredAt,
  ],
};

const SUMS = ["available", "reserved", "unavailable", "value", "inward", "outward", "lines"];
const HOUR_COLUMNS = ["day", "item", "location", "hour", ...SUMS, "last_sequence", "last_line"];

export const ROLLUP_HOURS: BulkSpec<RollupRow> = {
  name: "rollup_hours",
  columns: HOUR_COLUMNS,
  insert: insertInto("rollup_hours", HOUR_COLUMNS, {
    key: ["day", "item", "location", "hour"],
    set: [...adding(SUMS), ...replacing(["last_sequence", "last_line"])],
  }),
  values: (ledger, { change, ...row }) => [
    ledger,
    row.day,
    row.itemNo,
    row.locationNo,
    row.hour,
    change.available,
    change.reserved,
    change.unavailable,
    change.value,
    change.inward,
    change.outward,
    change.lines,
    row.lastSequence,
    row.lastLine,
  ],
};

const MONTH_COLUMNS = ["month", "item", "location", ...SUMS, "last_sequence"];

export const ROLLUP_MONTHS: BulkSpec<RollupRow> = {
  name: "rollup_months",
  columns: MONTH_COLUMNS,
  // The hours of a month come in the order of their first lines, not of their last.
  insert: insertInto("rollup_months", MONTH_COLUMNS, {
    key: ["month", "item", "location"],
    set: [...adding(SUMS), "last_sequence = max(last_sequence, excluded.last_sequence)"],
  }),
  values: (ledger, { change, ...row }) => [
    ledger,
    row.month,
    row.itemNo,
    row.locationNo,
    change.available,
    change.reserved,
    change.unavailable,
    change.value,
    change.inward,
    change.outward,
    change.lines,
    row.lastSequence,
  ],
};

const KIND_SUMS = ["transactions", "lines", "value"];
const KIND_COLUMNS = ["kind", "currency", ...KIND_SUMS];

function kindRollupsOf(grain: KindGrain): string {
  return `SELECT ledger, ${GRAIN_CODES[grain]}, ${grain}, ${KIND_COLUMNS.join(", ")} FROM r`;
}

/** Each in its hour and in its day. */
export const ROLLUP_KINDS: BulkSpec<KindRollupRow> = {
  name: "rollup_kinds",
  columns: ["hour", "day", ...KIND_COLUMNS],
  insert: `INSERT INTO rollup_kinds (ledger, grain, start, ${KIND_COLUMNS.join(", ")})
    ${kindRollupsOf("hour")} UNION ALL ${kindRollupsOf("day")} WHERE true
    ON CONFLICT (ledger, grain, start, kind, currency) DO UPDATE SET ${adding(KIND_SUMS).join(", ")}`,
  values: (ledger, { hour, kind, currency, change }) => [
    ledger,
    hour,
    Math.floor(hour / DAY_HOURS),
    KIND_CODES[kind],
    currencyText(currency),
    change.transactions,
    change.lines,
    change.value,
  ],
};

const NODE_SUMS_ADDED = ["quantity", "value"];
const NODE_SUM_COLUMNS = ["location", "currency", "precision", ...NODE_SUMS_ADDED];

export const NODE_SUMS: BulkSpec<NodeSumRow> = {
  name: "node_sums",
  columns: NODE_SUM_COLUMNS,
  insert: insertInto("node_sums", NODE_SUM_COLUMNS, {
    key: ["location", "currency", "precision"],
    set: adding(NODE_SUMS_ADDED),
  }),
  values: (ledger, { locationNo, currency, precision, quantity, value }) => [
    ledger,
    locationNo,
    currency,
    precision,
    quantity,
    value,
  ],
};

const NODE_COUNTS_ADDED = ["items", "depleted"];
const NODE_COUNT_COLUMNS = ["location", ...NODE_COUNTS_ADDED];

export const NODE_COUNTS: BulkSpec<NodeCountRow> = {
  name: "node_counts",
  columns: NODE_COUNT_COLUMNS,
  insert: insertInto("node_counts", NODE_COUNT_COLUMNS, {
    key: ["location"],
    set: adding(NODE_COUNTS_ADDED),
  }),
  values: (ledger, { locationNo, items, depleted }) => [ledger, locationNo, items, depleted],
};

/** The column in which the lines of a flow are counted. */
export const FLOW_COLUMNS: { readonly [flow in PlaceFlow]: string } = {
  input: "inputs",
  output: "outputs",
  "transfer-in": "transfers_in",
  "transfer-out": "transfers_out",
  adjust: "adjusts",
};
const FLOW_COUNTS = PLACE_FLOWS.map((flow) => FLOW_COLUMNS[flow]);
const PLACE_COLUMNS = ["location", ...FLOW_COUNTS, "last_line"];

function placeRollupsOf(grain: PlaceGrain): string {
  return `SELECT ledger, ${GRAIN_CODES[grain]}, ${grain}, ${PLACE_COLUMNS.join(", ")} FROM r`;
}

/** Each in its hour and in its day. */
export const ROLLUP_PLACES: BulkSpec<PlaceRollupRow> = {
  name: "rollup_places",
  columns: ["hour", "day", ...PLACE_COLUMNS],
  insert: `INSERT INTO rollup_places (ledger, grain, start, ${PLACE_COLUMNS.join(", ")})
    ${placeRollupsOf("hour")} UNION ALL ${placeRollupsOf("day")} WHERE true
    ON CONFLICT (ledger, location, grain, start) DO UPDATE SET ${adding(FLOW_COUNTS).join(", ")},
      last_line = max(last_line, excluded.last_line)`,
  values: (ledger, { hour, locationNo, change, lastLine }) => [
    ledger,
    hour,
    Math.floor(hour / DAY_HOURS),
    locationNo,
    ...PLACE_FLOWS.map((flow) => change[flow]),
    lastLine,
  ],
};

const ITEM_DETAILS = [
  "id",
  "sku",
  "name",
  "unit",
  "precision",
  "currency",
  "unit_cost",
  "negative_policy",
  "category",
  "manufacturer",
  "attributes",
  "archived",
  "search",
  "updated_at",
];

export const ITEMS: BulkSpec<ItemRow> = {
  name: "items",
  columns: ["no", ...ITEM_DETAILS],
  insert: insertInto("items", ["no", ...ITEM_DETAILS], {
    key: ["no"],
    set: replacing(ITEM_DETAILS),
  }),
  values: (ledger, { no, item, updatedAt }) => [
    ledger,
    no,
    item.id,
    item.sku,
    item.name,
    item.unit,
    item.precision,
    item.currency,
    item.unitCost,
    item.negativePolicy,
    item.category,
    item.manufacturer,
    JSON.stringify(item.attributes),
    Number(item.archived),
    searchText(item),
    updatedAt,
  ],
};

const LOCATION_DETAILS = ["id", "name", "code", "kind", "parent", "attributes", "archived"];

export const LOCATIONS: BulkSpec<LocationRow> = {
  name: "locations",
  columns: ["no", ...LOCATION_DETAILS],
  insert: insertInto("locations", ["no", ...LOCATION_DETAILS], {
    key: ["no"],
    set: replacing(LOCATION_DETAILS),
  }),
  values: (ledger, { no, location }) => [
    ledger,
    no,
    location.id,
    location.name,
    location.code,
    location.kind,
    location.parent,
    JSON.stringify(location.attributes),
    Number(location.archived),
  ],
};

export const CATEGORIES: BulkSpec<Category> = {
  name: "categories",
  columns: ["id", "name", "parent"],
  insert: insertInto("categories", ["id", "name", "parent"], {
    key: ["id"],
    set: replacing(["name", "parent"]),
  }),
  values: (ledger, { id, name, parent }) => [ledger, id, name, parent],
};

export const MANUFACTURERS: BulkSpec<Manufacturer> = {
  name: "manufacturers",
  columns: ["id", "name"],
  insert: insertInto("manufacturers", ["id", "name"], { key: ["id"], set: replacing(["name"]) }),
  values: (ledger, { id, name }) => [ledger, id, name],
};

const THRESHOLD_DETAILS = [
  "minimum",
  "maximum",
  "order_multiple",
  "minimum_order",
  "maximum_order",
  "quantity",
];

export const THRESHOLDS: BulkSpec<ThresholdRow> = {
  name: "thresholds",
  columns: ["item", "location", ...THRESHOLD_DETAILS],
  insert: insertInto("thresholds", ["item", "location", ...THRESHOLD_DETAILS], {
    key: ["item", "location"],
    set: replacing(THRESHOLD_DETAILS),
  }),
  values: (ledger, { itemNo, locationNo, threshold, quantity }) => [
    ledger,
    itemNo,
    locationNo,
    threshold.minimum,
    threshold.maximum,
    threshold.orderMultiple,
    threshold.minimumOrder,
    threshold.maximumOrder,
    quantity,
  ],
};

export const REMOVED_THRESHOLDS: BulkSpec<ThresholdPlace> = {
  name: "removed_thresholds",
  columns: ["item", "location"],
  insert: "DELETE FROM thresholds WHERE (ledger, item, location) IN (SELECT * FROM r)",
  values: (ledger, { itemNo, locationNo }) => [ledger, itemNo, locationNo],
};

export type CommitmentTable = "reservations" | "shipments";

/** Open reservations or shipments. */
export function openCommitments(table: CommitmentTable): BulkSpec<CommitmentRow> {
  return {
    name: table,
    columns: ["sequence", "lines"],
    insert: insertInto(table, ["sequence", "lines"], {
      key: ["sequence"],
      set: replacing(["lines"]),
    }),
    values: (ledger, { sequence, lines }) => [ledger, sequence, JSON.stringify(lines)],
  };
}

/** Reservations or shipments that have been closed. */
export function closedCommitments(table: CommitmentTable): BulkSpec<CommitmentRow> {
  return {
    name: `closed_${table}`,
    columns: ["sequence"],
    insert: `DELETE FROM ${table} WHERE (ledger, sequence) IN (SELECT * FROM r)`,
    values: (ledger, { sequence }) => [ledger, sequence],
  };
}
