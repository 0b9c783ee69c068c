/** Handlers of products. */
import type { Item, PutItem } from "@stockbook/core";
import { Conflict, type LedgerService, NotFound, type Receipt } from "@stockbook/engine";
import {
  ExceedsRights,
  type HandlerFailure,
  type HandlersOfGroup,
  InvalidInput,
  type LedgerOf,
  type RequestContext,
} from "@stockbook/http/kit";
import { Effect } from "effect";
import type { Products } from "../contract/ProductApi.js";
import {
  changeOf,
  creationOf,
  partNumberOf,
  productOf,
  removalOf,
  restorationOf,
} from "../mapping/Products.js";
import { importProducts } from "./Import.js";
import { allOf } from "./Reading.js";
import { callerOf, settingsFor } from "./Requests.js";

export function productHandlers(
  ledgerOf: LedgerOf,
  newId: () => string,
): HandlersOfGroup<typeof Products> {
  return {
    list: ({ urlParams: { ownerId, name, query, categoryId } }, context) =>
      Effect.gen(function* () {
        yield* checkOwner(ownerId, context);
        const ledger = yield* ledgerOf(context);
        const filter = { name, query, category: categoryId, archived: false };
        const items = yield* allOf((page) => ledger.items({ ...filter, ...page }));
        const { mode } = settingsFor(context);
        const found = query === undefined ? items : items.filter((item) => isFound(item, query));
        return { body: found.map((item) => productOf(item, mode)) };
      }),
    get: ({ path }, context) =>
      Effect.flatMap(ledgerOf(context), (ledger) => one(ledger, path.id, context)),
    create: ({ payload }, context) =>
      Effect.gen(function* () {
        yield* checkMode(context);
        const ledger = yield* ledgerOf(context);
        const command = creationOf(payload, newId);
        yield* unlessTaken(ledger, command);
        return { body: { message: "Product created successfully" } };
      }),
    change: ({ path, payload }, context) =>
      Effect.gen(function* () {
        yield* checkMode(context);
        const ledger = yield* ledgerOf(context);
        yield* present(ledger, path.id);
        yield* ledger.submit(changeOf(path.id, payload));
        return yield* one(ledger, path.id, context);
      }),
    remove: ({ path }, context) =>
      Effect.gen(function* () {
        yield* checkMode(context);
        const ledger = yield* ledgerOf(context);
        yield* removeFrom(ledger, yield* present(ledger, path.id));
        return { body: undefined };
      }),
    import: ({ payload }, context) =>
      Effect.gen(function* () {
        yield* checkMode(context);
        const ledger = yield* ledgerOf(context);
        return { body: yield* importProducts(ledger, payload.products, newId) };
      }),
  };
}

function one(ledger: LedgerService, id: string, context: RequestContext) {
  const { mode } = settingsFor(context);
  return Effect.map(present(ledger, id), (item) => ({ body: productOf(item, mode) }));
}

/** A product that has not been removed. */
export function present(ledger: LedgerService, id: string): Effect.Effect<Item, HandlerFailure> {
  return Effect.flatMap(
    ledger.item(id),
    (item): Effect.Effect<Item, NotFound> =>
      item.archived ? new NotFound({ what: "item", id }) : Effect.succeed(item),
  );
}

/** What stands for a part number that is none is not searched. */
function isFound(item: Item, query: string): boolean {
  if (partNumberOf(item) !== null) return true;
  return item.name.toLowerCase().includes(query.toLowerCase());
}

function checkOwner(
  ownerId: string | undefined,
  context: RequestContext,
): Effect.Effect<void, ExceedsRights> {
  const { id } = callerOf(context).organisation;
  if (ownerId === undefined || ownerId === id) return Effect.void;
  return new ExceedsRights({ message: "ownerId must be the enterprise of the key" });
}

function checkMode(context: RequestContext): Effect.Effect<void, InvalidInput> {
  if (settingsFor(context).mode === "catalog") return Effect.void;
  const message = "products are entities of another system; they are only read here";
  return new InvalidInput({ issues: [{ in: "body", path: [], message }] });
}

function unlessTaken(
  ledger: LedgerService,
  command: PutItem,
): Effect.Effect<Receipt, HandlerFailure> {
  return ledger.submit(command).pipe(
    Effect.catchTag("Rejected", (rejected): Effect.Effect<never, HandlerFailure> => {
      if (rejected.code !== "changed-since") return rejected;
      const message = `id ${command.id} belongs to another product`;
      return new Conflict({ field: "id", message });
    }),
  );
}

/**
 * Removes a product that lies nowhere and never has. Once it is removed nothing can move it, so
 * what is then found came in between, and the removal is taken back.
 */
function removeFrom(ledger: LedgerService, item: Item): Effect.Effect<void, HandlerFailure> {
  const checked = Effect.flatMap(
    ledger.stockItems({ item: item.id, limit: 1 }),
    ({ rows }): Effect.Effect<void, Conflict> =>
      rows.length === 0
        ? Effect.void
        : new Conflict({ field: "id", message: "the product has stock or history, and stays" }),
  );
  return checked.pipe(
    Effect.zipRight(ledger.submit(removalOf(item))),
    Effect.zipRight(
      Effect.tapErrorTag(checked, "Conflict", () => ledger.submit(restorationOf(item))),
    ),
  );
}
