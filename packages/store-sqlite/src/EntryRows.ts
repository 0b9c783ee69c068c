/** Entries and their lines as values of columns, and back. */
import {
  type Entry,
  type EntryBody,
  type Line,
  type MovementKind,
  NO_ATTRIBUTES,
  VIRTUAL_LOCATIONS,
} from "@stockbook/core";
import type { CardLine, EntryContent, EntryRow } from "@stockbook/engine";
import { bucketOf, isMovement, KIND_CODES, kindOf } from "./Codes.js";
import { lotOf, parsed } from "./Rows.js";
import { DamagedRow } from "./SqliteErrors.js";

export interface EntryRecord {
  readonly sequence: number;
  readonly kind: number;
  readonly occurred_at: number;
  readonly recorded_at: number;
  readonly key: string | null;
  readonly fingerprint: number;
  readonly span: number;
  readonly reverses: number | null;
  readonly first_line: number;
  readonly line_count: number;
  readonly body: string | null;
}

export interface LineRecord {
  readonly line: number;
  readonly item: string;
  readonly lot: string;
  readonly from_location: number;
  readonly from_id: string | null;
  readonly from_bucket: number;
  readonly to_location: number;
  readonly to_id: string | null;
  readonly to_bucket: number;
  readonly quantity: number;
  readonly value: number;
}

/** What a movement says besides its kind and its lines. Most say nothing. */
const SILENT = {
  reference: null,
  note: null,
  reason: null,
  actor: null,
  reservation: null,
  shipment: null,
  destination: null,
} as const;

/** The code of an entry's kind. */
export function kindCode({ type, body }: EntryRow): number {
  // The content of a movement names its kind.
  return KIND_CODES[type === "movement" ? (body.kind as MovementKind) : type];
}

/** An entry's content as far as other columns do not have it; `null` for nothing. */
export function bodyText({ type, body }: EntryRow): string | null {
  if (type !== "movement") return JSON.stringify(body);
  const { kind: _kind, reverses: _reverses, ...said } = body;
  return Object.values(said).every((value) => value === null) ? null : JSON.stringify(said);
}

/** The content that `kindCode` and `bodyText` were made from. */
function contentOf(row: Pick<EntryRecord, "kind" | "reverses" | "body">): EntryContent {
  const { kind, reverses, body } = row;
  const said = body === null ? {} : parsed<EntryContent>(body);
  if (!isMovement(kind)) return withAttributes(said);
  return { kind: kindOf(kind), ...SILENT, reverses, ...said };
}

/** What was put before there were attributes has none. */
function withAttributes(said: EntryContent): EntryContent {
  const { item, location } = said as { readonly item?: object; readonly location?: object };
  if (isPut(item)) return { ...said, item: { attributes: NO_ATTRIBUTES, ...item } };
  if (isPut(location)) return { ...said, location: { attributes: NO_ATTRIBUTES, ...location } };
  return said;
}

// Rules name an item and a location by their ids.
function isPut(thing: unknown): thing is object {
  return typeof thing === "object" && thing !== null && !("attributes" in thing);
}

/** Lines by their numbers. */
export type Lines = ReadonlyMap<number, LineRecord>;

/** An entry with its lines, which are among these. */
export function entryOf(row: EntryRecord, lines: Lines): Entry {
  return {
    sequence: row.sequence,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    key: row.key,
    fingerprint: row.fingerprint,
    span: row.span,
    body: entryBody(row, lines),
  };
}

function entryBody(row: EntryRecord, lines: Lines): EntryBody {
  const kind = kindOf(row.kind);
  // Whatever was written as this kind of entry is read as this kind of entry.
  if (!isMovement(row.kind)) return { type: kind, ...contentOf(row) } as EntryBody;
  const own = Array.from({ length: row.line_count }, (_, i) => {
    const line = lines.get(row.first_line + i);
    if (line === undefined) throw new DamagedRow(`entry ${row.sequence} lacks a line`);
    return lineOf(line);
  });
  const { kind: _, ...said } = contentOf(row);
  const body: EntryContent = { type: "movement", kind, lines: own, ...said };
  return body as EntryBody;
}

function lineOf(row: LineRecord): Line {
  return {
    item: row.item,
    lot: lotOf(row.lot),
    from: locationId(row.from_location, row.from_id),
    fromBucket: bucketOf(row.from_bucket),
    to: locationId(row.to_location, row.to_id),
    toBucket: bucketOf(row.to_bucket),
    quantity: row.quantity,
    value: row.value,
  };
}

function locationId(no: number, id: string | null): string {
  const known = VIRTUAL_LOCATIONS[no - 1] ?? id;
  if (known === null) throw new DamagedRow(`there is no location ${no}`);
  return known;
}

export interface CardRecord extends Pick<EntryRecord, "kind" | "reverses" | "body"> {
  readonly line: number;
  readonly sequence: number;
  readonly occurred_at: number;
  readonly recorded_at: number;
  readonly from_location: number;
  readonly from_bucket: number;
  readonly to_location: number;
  readonly to_bucket: number;
  readonly quantity: number;
  readonly value: number;
}

export function cardLineOf(row: CardRecord): CardLine {
  return {
    line: row.line,
    sequence: row.sequence,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    body: contentOf(row),
    fromNo: row.from_location,
    fromBucket: bucketOf(row.from_bucket),
    toNo: row.to_location,
    toBucket: bucketOf(row.to_bucket),
    quantity: row.quantity,
    value: row.value,
  };
}
