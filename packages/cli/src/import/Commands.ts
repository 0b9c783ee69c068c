/** Steps: the commands an import submits, in their order. */
import { type Command, type Instant, type LineInput, toUnits } from "@stockbook/core";
import type { Sales, SalesDocument } from "./Documents.js";
import { figureFor } from "./Figures.js";
import type { Mapping } from "./Mapping.js";

/** One command, and what in the import it stands for. */
export type Step =
  | {
      readonly type: "location" | "item" | "opening" | "threshold";
      readonly command: Command;
    }
  | { readonly type: "document"; readonly command: Command; readonly document: SalesDocument };

/** What the ledger has already, and an import leaves as it is. */
export interface Known {
  /** Item ids by their code. */
  readonly items: ReadonlyMap<string, string>;
  readonly locations: ReadonlySet<string>;
}

export const NOTHING_KNOWN: Known = { items: new Map(), locations: new Set() };

/** How long before the first document the opening stock is dated. */
const OPENING_LEAD_MS = 60_000;

/**
 * All the commands of an import. An item is created, opened and given its threshold right
 * before the first document that names it. The same file and mapping always make the same
 * commands in the same order under the same keys, so a second run goes on where the first
 * one stopped.
 */
export function stepsOf(sales: Sales, mapping: Mapping, known: Known): readonly Step[] {
  const [first] = sales.documents;
  if (first === undefined) return [];
  const openedAt = first.occurredAt - OPENING_LEAD_MS;
  const steps: Step[] = known.locations.has(mapping.location.id)
    ? []
    : [{ type: "location", command: locationCommand(mapping) }];
  const prepared = new Set<string>();
  for (const document of sales.documents) {
    for (const { sku } of document.lines) {
      if (prepared.has(sku)) continue;
      prepared.add(sku);
      steps.push(...itemSteps(sku, { sales, mapping, known, openedAt }));
    }
    steps.push({ type: "document", document, command: movementOf(document, mapping, known) });
  }
  return steps;
}

function locationCommand({ location }: Mapping): Command {
  return { type: "put-location", ...location, idempotencyKey: `location:${location.id}` };
}

interface ItemContext {
  readonly sales: Sales;
  readonly mapping: Mapping;
  readonly known: Known;
  readonly openedAt: Instant;
}

function itemSteps(sku: string, context: ItemContext): readonly Step[] {
  const { sales, mapping, known, openedAt } = context;
  const { unit, precision, currency } = mapping;
  const item = idOf(sku, known);
  const place = `${mapping.location.id}:${sku}`;
  const unitCost = figureFor(mapping.unitCost, sku);
  const steps: Step[] = [];
  if (!known.items.has(sku)) {
    const command: Command = {
      type: "put-item",
      id: item,
      sku,
      name: sales.names.get(sku) ?? sku,
      unit,
      precision,
      ...(currency === null ? {} : { currency }),
      ...(unitCost === null ? {} : { unitCost }),
      idempotencyKey: `item:${sku}`,
    };
    steps.push({ type: "item", command });
  }
  const opening = figureFor(mapping.openingStock, sku);
  if (opening !== null && opening > 0) {
    const quantity = toUnits(opening, precision);
    const line = { item, quantity, ...(unitCost === null ? {} : { unitCost }) };
    const command: Command = {
      type: "adjust",
      location: mapping.location.id,
      occurredAt: openedAt,
      reference: "opening stock",
      lines: [line],
      idempotencyKey: `opening:${place}`,
    };
    steps.push({ type: "opening", command });
  }
  const threshold = thresholdCommand(sku, item, mapping, `threshold:${place}`);
  if (threshold !== undefined) steps.push({ type: "threshold", command: threshold });
  return steps;
}

function thresholdCommand(
  sku: string,
  item: string,
  mapping: Mapping,
  idempotencyKey: string,
): Command | undefined {
  const { precision, location } = mapping;
  const minimum = figureFor(mapping.minimum, sku);
  const maximum = figureFor(mapping.maximum, sku);
  if (minimum === null) return undefined;
  return {
    type: "set-threshold",
    item,
    location: location.id,
    minimum: toUnits(minimum, precision),
    maximum: toUnits(maximum ?? 0, precision),
    idempotencyKey,
  };
}

/** The one movement of a document, under its number. */
function movementOf(document: SalesDocument, mapping: Mapping, known: Known): Command {
  const shared = {
    location: mapping.location.id,
    occurredAt: document.occurredAt,
    reference: document.number,
    idempotencyKey: document.number,
    onRefusal: "record",
  } as const;
  const lines = (sign: 1 | -1): readonly LineInput[] =>
    document.lines.map(({ sku, quantity }) => ({
      item: idOf(sku, known),
      quantity: sign * toUnits(quantity, mapping.precision),
    }));
  switch (document.kind) {
    case "sale":
      return { type: "issue", to: "customer", ...shared, lines: lines(1) };
    case "return":
      return { type: "receive", from: "customer", ...shared, lines: lines(1) };
    case "write-off":
      return { type: "adjust", ...shared, lines: lines(-1) };
  }
}

function idOf(sku: string, known: Known): string {
  return known.items.get(sku) ?? sku;
}
