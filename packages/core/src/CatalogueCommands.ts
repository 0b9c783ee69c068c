/** Changes to the catalogue: items, categories, manufacturers, the tree of locations. */
import { NEGATIVE_POLICIES, type NegativePolicy } from "./Account.js";
import { NO_ATTRIBUTES, readAttributes } from "./Attributes.js";
import type { Instant } from "./Calendar.js";
import type { Category, Item, Location } from "./Catalogue.js";
import type {
  CatalogueCommand,
  PutCategory,
  PutItem,
  PutLocation,
  PutManufacturer,
} from "./Command.js";
import { type Draft, type Drafted, refused } from "./Decision.js";
import type { EntryBody } from "./Entry.js";
import { Faults } from "./Faults.js";
import { fingerprintOf } from "./Fingerprint.js";
import { isAmount, isCurrency } from "./Money.js";
import { MAX_PRECISION, type Quantity } from "./Quantity.js";
import { ID_TEXT, invalid, isId, isText } from "./Reading.js";
import { shown } from "./Rejection.js";
import {
  allItems,
  type Balance,
  hasMoved,
  type ItemState,
  isWithin,
  itemIdOfSku,
  itemOf,
  type LedgerState,
  type LocationState,
  onHand,
  type ThresholdState,
} from "./State.js";
import { crossed } from "./ThresholdRules.js";

export function draftCatalogueChange(
  state: LedgerState,
  command: CatalogueCommand,
  recordedAt: Instant,
): Draft {
  const faults = new Faults();
  checkUnchanged(state, command, faults);
  const { body, crossings } = changeOf(state, command, faults);
  if (faults.rejection !== undefined) return refused(faults.rejection);
  return { type: "draft", occurredAt: recordedAt, body, crossings };
}

/** A change rests on what its author has read, if it says so. */
function checkUnchanged(state: LedgerState, command: CatalogueCommand, faults: Faults): void {
  const { ifDigest } = command;
  if (ifDigest === undefined) return;
  if (ifDigest !== "absent" && !Number.isSafeInteger(ifDigest)) {
    return invalid(faults, { field: "ifDigest" }, "a digest or absent", ifDigest);
  }
  const present = presentOf(state, command);
  const digest = present === undefined ? "absent" : fingerprintOf(present);
  if (digest === ifDigest) return;
  const given = shown(command.id ?? (command as PutItem).sku);
  const expected = ifDigest === "absent" ? ifDigest : "unchanged";
  faults.add("changed-since", { given, expected });
}

function presentOf(state: LedgerState, command: CatalogueCommand): object | undefined {
  switch (command.type) {
    case "put-item":
      return itemOf(state, command.id ?? command.sku ?? "")?.item;
    case "put-category":
      return state.categories.get(command.id);
    case "put-manufacturer":
      return state.manufacturers.get(command.id);
    case "put-location":
      return state.locations.get(command.id)?.location;
  }
}

type Change = Pick<Drafted, "body" | "crossings">;

function changeOf(state: LedgerState, command: CatalogueCommand, faults: Faults): Change {
  switch (command.type) {
    case "put-item": {
      const item = readItemFields(state, command, faults);
      return { body: { type: "item-put", item }, crossings: [] };
    }
    case "put-category": {
      const category = readCategory(state, command, faults);
      return { body: { type: "category-put", category }, crossings: [] };
    }
    case "put-manufacturer": {
      const manufacturer = readManufacturer(state, command, faults);
      return { body: { type: "manufacturer-put", manufacturer }, crossings: [] };
    }
    case "put-location":
      return putLocation(state, command, faults);
  }
}

function readItemFields(state: LedgerState, command: PutItem, faults: Faults): Item {
  const id = readId(command.id ?? command.sku, command.id === undefined ? "sku" : "id", faults);
  const known = itemOf(state, id);
  const old = known?.item;
  const sku =
    command.sku === undefined && old !== undefined
      ? old.sku
      : readId(command.sku ?? id, "sku", faults);
  const item: Item = {
    id,
    sku,
    name: readName(command.name, old?.name ?? sku, "name", faults),
    unit: readName(command.unit, old?.unit ?? "piece", "unit", faults),
    precision: readPrecision(command.precision, old?.precision ?? 0, faults),
    currency: readCurrency(
      command.currency,
      old?.currency ?? state.settings?.currency ?? "EUR",
      faults,
    ),
    unitCost: readUnitCost(command.unitCost, old?.unitCost ?? null, faults),
    negativePolicy: readPolicy(command.negativePolicy, old?.negativePolicy ?? null, faults),
    category: command.category === undefined ? (old?.category ?? null) : command.category,
    manufacturer:
      command.manufacturer === undefined ? (old?.manufacturer ?? null) : command.manufacturer,
    attributes: readAttributes(command.attributes, old?.attributes ?? NO_ATTRIBUTES, faults),
    archived: readFlag(command.archived, old?.archived ?? false, faults),
  };
  const owner = itemIdOfSku(state, sku);
  if (owner !== undefined && owner !== id)
    faults.add("duplicate-sku", { given: shown(sku), item: owner });
  checkReferences(state, item, faults);
  if (known !== undefined) checkFixedFields(known, item, faults);
  return item;
}

function checkReferences(state: LedgerState, item: Item, faults: Faults): void {
  const { category, manufacturer } = item;
  if (category !== null && !state.categories.has(category)) {
    faults.add("unknown-category", { given: shown(category) });
  }
  if (manufacturer !== null && !state.manufacturers.has(manufacturer)) {
    faults.add("unknown-manufacturer", { given: shown(manufacturer) });
  }
}

function checkFixedFields(known: ItemState, item: Item, faults: Faults): void {
  if (hasMoved(known)) {
    for (const field of ["precision", "currency"] as const) {
      if (item[field] === known.item[field]) continue;
      faults.add("fixed-once-moved", { field, item: item.id, expected: String(known.item[field]) });
    }
  } else if (known.thresholds.size > 0 && item.precision !== known.item.precision) {
    invalid(
      faults,
      { field: "precision" },
      `${known.item.precision} while the item has thresholds`,
      item.precision,
    );
  }
  if (item.archived && holdsStock([...known.balances.values()])) {
    faults.add("in-use", { item: item.id, expected: `item ${item.id}` });
  }
}

function readCategory(state: LedgerState, command: PutCategory, faults: Faults): Category {
  const id = readId(command.id, "id", faults);
  const old = state.categories.get(id);
  const parent = command.parent === undefined ? (old?.parent ?? null) : command.parent;
  checkParent(state.categories, id, parent, "category", faults);
  return { id, name: readName(command.name, old?.name ?? id, "name", faults), parent };
}

function readManufacturer(state: LedgerState, command: PutManufacturer, faults: Faults) {
  const id = readId(command.id, "id", faults);
  const name = readName(command.name, state.manufacturers.get(id)?.name ?? id, "name", faults);
  return { id, name };
}

function putLocation(state: LedgerState, command: PutLocation, faults: Faults): Change {
  const id = readId(command.id, "id", faults);
  const known = state.locations.get(id);
  const old = known?.location;
  const location: Location = {
    id,
    name: readName(command.name, old?.name ?? id, "name", faults),
    code: readOptionalName(command.code, old?.code ?? null, "code", faults),
    kind: readName(command.kind, old?.kind ?? "location", "kind", faults),
    parent: command.parent === undefined ? (old?.parent ?? null) : command.parent,
    attributes: readAttributes(command.attributes, old?.attributes ?? NO_ATTRIBUTES, faults),
    archived: readFlag(command.archived, old?.archived ?? false, faults),
  };
  checkParent(parentsOf(state), id, location.parent, "location", faults);
  const body: EntryBody = { type: "location-put", location };
  if (known === undefined || faults.rejection !== undefined) return { body, crossings: [] };
  if (location.archived && !known.location.archived && subtreeHoldsStock(state, known)) {
    faults.add("in-use", { location: id, expected: `location ${id}` });
  }
  const moved = location.parent !== known.location.parent;
  const changes = moved ? changesOfMove(state, known, location.parent) : new Map();
  return { body, crossings: crossed(changes, state.sequence + 1) };
}

/** What moving a subtree does to the rules that begin or cease to count it. */
function changesOfMove(
  state: LedgerState,
  location: LocationState,
  parent: string | null,
): ReadonlyMap<ThresholdState, Quantity> {
  const changes = new Map<ThresholdState, Quantity>();
  const newParent = parent === null ? undefined : state.locations.get(parent);
  for (const item of [...allItems(state)].sort((a, b) => a.no - b.no)) {
    const rules = [...item.thresholds.values()].sort((a, b) => a.location.no - b.location.no);
    for (const rule of rules) {
      const counted = location.parent !== undefined && isWithin(location.parent, rule.location);
      const willCount = newParent !== undefined && isWithin(newParent, rule.location);
      if (counted === willCount) continue;
      const quantity = onHandInSubtree(item, location);
      changes.set(rule, willCount ? quantity : -quantity);
    }
  }
  return changes;
}

function onHandInSubtree(item: ItemState, root: LocationState): Quantity {
  let sum = 0;
  for (const balance of item.balances.values()) {
    if (isWithin(balance.location, root)) sum += onHand(balance);
  }
  return sum;
}

function subtreeHoldsStock(state: LedgerState, root: LocationState): boolean {
  for (const item of allItems(state)) {
    const within = [...item.balances.values()].filter(({ location }) => isWithin(location, root));
    if (holdsStock(within)) return true;
  }
  return false;
}

function holdsStock(balances: readonly Balance[]): boolean {
  return balances.some(
    ({ location, available, reserved, unavailable }) =>
      (!location.virtual || location.location.id === "@transit") &&
      (available !== 0 || reserved !== 0 || unavailable !== 0),
  );
}

type Parents = ReadonlyMap<string, { readonly parent: string | null }>;

function parentsOf(state: LedgerState): Parents {
  const parents = new Map<string, { readonly parent: string | null }>();
  for (const [id, { location, virtual }] of state.locations) {
    if (!virtual) parents.set(id, location);
  }
  return parents;
}

function checkParent(
  all: Parents,
  id: string,
  parent: string | null,
  what: "category" | "location",
  faults: Faults,
): void {
  if (parent === null) return;
  if (parent !== id && !all.has(parent)) {
    faults.add("unknown-parent", { given: shown(parent), expected: what });
    return;
  }
  for (let at: string | null = parent; at !== null; at = all.get(at)?.parent ?? null) {
    if (at !== id) continue;
    faults.add("circular-parent", { given: shown(parent), expected: `${what} ${id}` });
    return;
  }
}

function readId(input: unknown, field: string, faults: Faults): string {
  if (isId(input)) return input;
  invalid(faults, { field }, ID_TEXT, input);
  return "";
}

function readName(input: unknown, otherwise: string, field: string, faults: Faults): string {
  if (input === undefined) return otherwise;
  if (isText(input, 255) && input.trim() !== "") return input;
  invalid(faults, { field }, "a text of 1 to 255 characters", input);
  return otherwise;
}

function readOptionalName(
  input: unknown,
  otherwise: string | null,
  field: string,
  faults: Faults,
): string | null {
  return input === null
    ? null
    : input === undefined
      ? otherwise
      : readName(input, "", field, faults);
}

function readPrecision(input: unknown, otherwise: number, faults: Faults): number {
  if (input === undefined) return otherwise;
  const precision = input as number;
  if (Number.isInteger(precision) && precision >= 0 && precision <= MAX_PRECISION) return precision;
  invalid(faults, { field: "precision" }, `a whole number from 0 to ${MAX_PRECISION}`, input);
  return otherwise;
}

function readCurrency(input: unknown, otherwise: string, faults: Faults): string {
  if (input === undefined) return otherwise;
  if (isCurrency(input)) return input;
  invalid(faults, { field: "currency" }, "an ISO 4217 code such as EUR", input);
  return otherwise;
}

function readUnitCost(input: unknown, otherwise: number | null, faults: Faults): number | null {
  if (input === undefined) return otherwise;
  if (input === null || isAmount(input)) return input;
  invalid(
    faults,
    { field: "unitCost" },
    "a whole number of minor units, 0 or more, or null",
    input,
  );
  return otherwise;
}

function readPolicy(
  input: unknown,
  otherwise: NegativePolicy | null,
  faults: Faults,
): NegativePolicy | null {
  if (input === undefined) return otherwise;
  if (input === null || NEGATIVE_POLICIES.includes(input as NegativePolicy)) {
    return input as NegativePolicy | null;
  }
  invalid(faults, { field: "negativePolicy" }, "deny, allow or null", input);
  return otherwise;
}

function readFlag(input: unknown, otherwise: boolean, faults: Faults): boolean {
  if (input === undefined) return otherwise;
  if (typeof input === "boolean") return input;
  invalid(faults, { field: "archived" }, "true or false", input);
  return otherwise;
}
