/** Products: items as this API tells of them, and what it is told of them as commands. */
import {
  type AttributeChanges,
  type AttributeValue,
  fingerprintOf,
  type Item,
  type PutItem,
} from "@stockbook/core";
import { isUuidOrUlid } from "../contract/Fields.js";
import type { ImportRow, NewProduct, ProductChanges } from "../contract/ProductApi.js";
import type { Product } from "../contract/Views.js";
import { moneyOf } from "./Money.js";
import type { ProductMode } from "./Settings.js";

/** The attributes of an item that are fields of a product. */
const DESCRIPTION = "description";
const IMAGE = "imageUrl";
const QR_CODES = "qrCodes";
const FIELDS: readonly string[] = [DESCRIPTION, IMAGE, QR_CODES];

export function productOf(item: Item, mode: ProductMode): Product {
  const { id, name, category, manufacturer } = item;
  return {
    id,
    name,
    ...shownOf(item),
    category_id: category,
    manufacturer_id: manufacturer,
    ...(mode === "entities" && { values: valuesOf(item) }),
  };
}

/** What products and stock items alike show of an item. */
export function shownOf(item: Item) {
  const { attributes, unitCost, currency } = item;
  const url = textIn(attributes[IMAGE]);
  return {
    description: textIn(attributes[DESCRIPTION]),
    image: { id: null, url },
    image_url: url,
    qr_codes: textsIn(attributes[QR_CODES]),
    unit_cost: unitCost === null ? null : moneyOf(unitCost, currency),
    part_number: partNumberOf(item),
  };
}

/** A product that has no part number is kept under its id, which is then no part number. */
export function partNumberOf({ id, sku }: Pick<Item, "id" | "sku">): string | null {
  return sku === id && isUuidOrUlid(id) ? null : sku;
}

function valuesOf({ attributes }: Item): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !FIELDS.includes(name)));
}

function textIn(value: AttributeValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function textsIn(value: AttributeValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" ? value : [];
}

/** The command that makes a product, unless its id is taken. */
export function creationOf({ id, ...product }: NewProduct, newId: () => string): PutItem {
  const named = id ?? newId();
  return {
    ...commandOf(named, product),
    sku: product.partNumber ?? named,
    unit: "piece",
    precision: 0,
    ifDigest: "absent",
  };
}

/** The command that changes the fields that are given. */
export function changeOf(id: string, changes: ProductChanges): PutItem {
  return commandOf(id, changes);
}

function commandOf(id: string, changes: ProductChanges): PutItem {
  const { name, unitCostAmount, unitCostCurrency, partNumber, categoryId, manufacturerId } =
    changes;
  return {
    type: "put-item",
    id,
    name,
    unitCost: unitCostAmount,
    currency: unitCostCurrency,
    category: categoryId,
    manufacturer: manufacturerId,
    attributes: attributesOf(changes),
    ...(partNumber !== undefined && { sku: partNumber ?? id }),
  };
}

function attributesOf({
  description,
  image,
  qrCodes,
}: Pick<ProductChanges, "description" | "image" | "qrCodes">): AttributeChanges {
  return {
    ...(description !== undefined && { [DESCRIPTION]: description }),
    ...(image !== undefined && { [IMAGE]: image }),
    ...(qrCodes !== undefined && { [QR_CODES]: qrCodes }),
  };
}

const MAX_SKU = 100;

/** The command that removes a product; its part number is free again. */
export function removalOf({ id }: Item): PutItem {
  const mark = `deleted:${id}`;
  const sku = mark.length <= MAX_SKU ? mark : `deleted:${fingerprintOf(id)}`;
  return { type: "put-item", id, sku, archived: true };
}

/** The command that takes a removal back. */
export function restorationOf({ id, sku }: Item): PutItem {
  return { type: "put-item", id, sku, archived: false };
}

// ── import ───────────────────────────────────────────────────────────────────────────────

/** What a row of an import is put under. */
export interface ImportPlace {
  readonly id: string;
  /** Whether there is no product of this part number yet. */
  readonly isNew: boolean;
  readonly category: string | undefined;
  readonly manufacturer: string | undefined;
}

/** The command of a row: a new product, or the changes of one that is there. */
export function importOf(row: ImportRow, place: ImportPlace): PutItem {
  const { partNumber, name, unitCost, description, image } = row;
  return {
    type: "put-item",
    id: place.id,
    sku: partNumber,
    name,
    unitCost,
    category: place.category,
    manufacturer: place.manufacturer,
    attributes: attributesOf({
      ...(description !== undefined && { description }),
      ...(image !== undefined && { image }),
    }),
    ...(place.isNew ? { unit: "piece", precision: 0, ifDigest: "absent" } : { archived: false }),
  };
}
