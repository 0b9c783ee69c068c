/** Import: many products at once, all of them or none. */
import type { Command, Item } from "@stockbook/core";
import { Conflict, type LedgerService, type Rejected } from "@stockbook/engine";
import { type HandlerFailure, InvalidInput, type Issue } from "@stockbook/http/kit";
import { Effect } from "effect";
import { type ImportRow, MAX_IMPORT_FAULTS } from "../contract/ProductApi.js";
import type { Imported } from "../contract/Views.js";
import { issueOf } from "../Failures.js";
import { importOf } from "../mapping/Products.js";
import { allOf } from "./Reading.js";

/** What is in the catalogue before an import. */
export interface Catalogue {
  readonly items: readonly Pick<Item, "id" | "sku">[];
  readonly categories: readonly Named[];
  readonly manufacturers: readonly Named[];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The commands of an import, those of its rows last. */
export interface ImportPlan {
  readonly commands: readonly Command[];
  readonly created: number;
  readonly updated: number;
}

/** How often an import is planned anew because somebody else took a part number meanwhile. */
const ATTEMPTS = 5;

export function importProducts(
  ledger: LedgerService,
  rows: readonly ImportRow[],
  newId: () => string,
): Effect.Effect<Imported, HandlerFailure> {
  const attempt = (left: number): Effect.Effect<Imported, HandlerFailure> =>
    Effect.gen(function* () {
      const plan = planImport(rows, yield* catalogueOf(ledger), newId);
      if (plan instanceof InvalidInput) return yield* plan;
      const { commands, created, updated } = plan;
      yield* Effect.catchTag(ledger.submitAll(commands), "Rejected", (rejected) =>
        atRow(rejected, rejected.command - (commands.length - rows.length)),
      );
      const message = "Products imported successfully";
      return { message, created, updated, processed: rows.length };
    }).pipe(
      Effect.catchTag("Rejected", (rejected): Effect.Effect<Imported, HandlerFailure> => {
        if (!isOvertaken(rejected)) return rejected;
        if (left > 1) return attempt(left - 1);
        const message = "the catalogue is being changed by others; import again";
        return new Conflict({ field: "products", message });
      }),
    );
  return attempt(ATTEMPTS);
}

/** What the ledger says of a row, told of that row; anything else as it is. */
function atRow(rejected: Rejected, row: number): Effect.Effect<never, Rejected | InvalidInput> {
  if (isOvertaken(rejected) || row < 0) return rejected;
  const issue = issueOf(rejected.rejection);
  if (issue === undefined) return rejected;
  const field = issue.field === "unitCostAmount" ? "unitCost" : issue.field;
  return new InvalidInput({ issues: [issueAt(row, field, `must be ${issue.expected}`)] });
}

/** The catalogue was another one when the ledger came to it. */
function isOvertaken({ code }: Rejected): boolean {
  return code === "duplicate-sku" || code === "changed-since";
}

function catalogueOf(ledger: LedgerService): Effect.Effect<Catalogue, HandlerFailure> {
  return Effect.all({
    items: allOf((page) => ledger.items(page)),
    categories: ledger.categories,
    manufacturers: ledger.manufacturers,
  });
}

/** What an import comes to; or the first of its rows at fault. */
export function planImport(
  rows: readonly ImportRow[],
  { items, categories, manufacturers }: Catalogue,
  newId: () => string,
): ImportPlan | InvalidInput {
  const byPartNumber = new Map(items.map(({ id, sku }) => [sku, id]));
  const taken = new Set(items.map(({ id }) => id));
  const namedCategories = makeNames(categories, newId);
  const namedManufacturers = makeNames(manufacturers, newId);
  const issues: Issue[] = [];
  let created = 0;
  const commands = rows.map((row, index): Command => {
    const known = byPartNumber.get(row.partNumber);
    const isNew = known === undefined;
    const id = known ?? row.id ?? newId();
    if (isNew) {
      if (taken.has(id)) issues.push(issueAt(index, "id", "belongs to another product"));
      taken.add(id);
      byPartNumber.set(row.partNumber, id);
      created++;
    }
    return importOf(row, {
      id,
      isNew,
      category: namedCategories.idOf(row.categoryName),
      manufacturer: namedManufacturers.idOf(row.manufacturerName),
    });
  });
  if (issues.length > 0) return new InvalidInput({ issues: issues.slice(0, MAX_IMPORT_FAULTS) });
  const made: readonly Command[] = [
    ...namedManufacturers.made().map((named) => ({ type: "put-manufacturer" as const, ...named })),
    ...namedCategories.made().map((named) => ({ type: "put-category" as const, ...named })),
  ];
  return { commands: [...made, ...commands], created, updated: rows.length - created };
}

function issueAt(index: number, field: string, message: string): Issue {
  return { in: "body", path: ["products", index, field], message };
}

/** Things found by their names as they are written, and made where they are missing. */
function makeNames(known: readonly Named[], newId: () => string) {
  const ids = new Map<string, string>();
  const made: Named[] = [];
  for (const { id, name } of known) if (!ids.has(name)) ids.set(name, id);
  return {
    idOf: (name: string | null | undefined): string | undefined => {
      if (name === undefined || name === null) return undefined;
      const found = ids.get(name);
      if (found !== undefined) return found;
      const id = newId();
      ids.set(name, id);
      made.push({ id, name });
      return id;
    },
    made: (): readonly Named[] => made,
  };
}
