/** Figures for items: one for every item, and others for some. */
import { parseQuantity, type Quantity, type QuantityInput } from "@stockbook/core";

/** In ledger steps, or in minor units. */
export interface Figures {
  /** `null`: none. */
  readonly each: number | null;
  readonly items: ReadonlyMap<string, number>;
}

/** As a mapping file writes them. */
export type FiguresInput =
  | QuantityInput
  | {
      readonly each?: QuantityInput;
      readonly items?: { readonly [code: string]: QuantityInput };
    };

const NO_FIGURES: Figures = { each: null, items: new Map() };

/** The figure for an item, or nothing where there is none. */
export function figureFor({ each, items }: Figures, sku: string): number | null {
  return items.get(sku) ?? each;
}

/** Whether there is a figure above 0 for any item. */
export function anyFigure({ each, items }: Figures): boolean {
  return (each ?? 0) > 0 || [...items.values()].some((figure) => figure > 0);
}

/** Reads figures as steps of a precision, or tells what is wrong with them. */
export function readFigures(
  field: string,
  input: FiguresInput | undefined,
  precision: number,
  skuOf: (code: string) => string,
): Figures | string {
  if (input === undefined) return NO_FIGURES;
  const { each, items = {} } = typeof input === "object" ? input : { each: input };
  const ofEach = each === undefined ? null : readFigure(each, precision);
  if (typeof ofEach === "string") return `${field} ${ofEach}, not ${JSON.stringify(each)}`;
  const ofItems = new Map<string, number>();
  for (const [code, given] of Object.entries(items)) {
    const figure = readFigure(given, precision);
    if (typeof figure === "string") {
      return `${field}.items.${code} ${figure}, not ${JSON.stringify(given)}`;
    }
    ofItems.set(skuOf(code), figure);
  }
  return { each: ofEach, items: ofItems };
}

/** The figure in steps, or what it must be. */
function readFigure(input: QuantityInput, precision: number): Quantity | string {
  const figure = parseQuantity(input, precision);
  switch (figure) {
    case "too-many-decimals":
      return precision === 0
        ? "must have no decimal places"
        : `must have at most ${precision} decimal places`;
    case "too-large":
      return "must be smaller";
    case "not-a-number":
      return "must be a number, 0 or more";
    default:
      return figure >= 0 ? figure : "must be a number, 0 or more";
  }
}
