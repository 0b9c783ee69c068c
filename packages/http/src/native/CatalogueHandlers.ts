/** Handlers of the catalogue. */
import type { CatalogueCommand } from "@stockbook/core";
import { type LedgerService, NotFound } from "@stockbook/engine";
import { Effect } from "effect";
import type { Categories, Items, Locations, Manufacturers } from "../contract/CatalogueApi.js";
import type { Answer, HandlersOfGroup, RequestContext } from "../kit/Endpoint.js";
import { digestOf, etagOf, names } from "../kit/Etags.js";
import { type HandlerFailure, PreconditionFailed } from "../kit/Failure.js";
import { type LedgerOf, reads } from "../kit/Ledgers.js";
import { withoutCursor } from "./Cursors.js";
import { submission } from "./Receipts.js";

export function itemHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Items> {
  const find = (ledger: LedgerService, id: string) => ledger.item(id);
  return {
    list: ({ urlParams }, context) =>
      reads(ledgerOf)(context, (ledger) => ledger.items(withoutCursor(urlParams))),
    get: ({ path }, context) => one(ledgerOf, context, (ledger) => find(ledger, path.id)),
    put: ({ path, payload }, context) =>
      put(ledgerOf, context, { type: "put-item", ...payload, id: path.id }, find),
  };
}

export function categoryHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Categories> {
  const find = (ledger: LedgerService, id: string) => among(ledger.categories, "category", id);
  return {
    list: (_, context) => rows(ledgerOf, context, (ledger) => ledger.categories),
    get: ({ path }, context) => one(ledgerOf, context, (ledger) => find(ledger, path.id)),
    put: ({ path, payload }, context) =>
      put(ledgerOf, context, { type: "put-category", ...payload, id: path.id }, find),
  };
}

export function manufacturerHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Manufacturers> {
  const find = (ledger: LedgerService, id: string) =>
    among(ledger.manufacturers, "manufacturer", id);
  return {
    list: (_, context) => rows(ledgerOf, context, (ledger) => ledger.manufacturers),
    get: ({ path }, context) => one(ledgerOf, context, (ledger) => find(ledger, path.id)),
    put: ({ path, payload }, context) =>
      put(ledgerOf, context, { type: "put-manufacturer", ...payload, id: path.id }, find),
  };
}

export function locationHandlers(ledgerOf: LedgerOf): HandlersOfGroup<typeof Locations> {
  const find = (ledger: LedgerService, id: string) => among(ledger.locations, "location", id);
  return {
    list: (_, context) => rows(ledgerOf, context, (ledger) => ledger.locations),
    get: ({ path }, context) => one(ledgerOf, context, (ledger) => find(ledger, path.id)),
    put: ({ path, payload }, context) =>
      put(ledgerOf, context, { type: "put-location", ...payload, id: path.id }, find),
  };
}

function rows<A>(
  ledgerOf: LedgerOf,
  context: RequestContext,
  read: (ledger: LedgerService) => Effect.Effect<readonly A[], HandlerFailure>,
): Effect.Effect<Answer<{ readonly rows: readonly A[] }>, HandlerFailure> {
  return reads(ledgerOf)(context, (ledger) =>
    Effect.map(read(ledger), (found) => ({ rows: found })),
  );
}

function one<A>(
  ledgerOf: LedgerOf,
  context: RequestContext,
  find: (ledger: LedgerService) => Effect.Effect<A, HandlerFailure>,
): Effect.Effect<Answer<A>, HandlerFailure> {
  return Effect.map(Effect.flatMap(ledgerOf(context), find), tagged);
}

function tagged<A>(body: A): Answer<A> {
  return { body, headers: { etag: etagOf(body) } };
}

function among<A extends { readonly id: string }>(
  all: Effect.Effect<readonly A[], HandlerFailure>,
  what: "category" | "manufacturer" | "location",
  id: string,
): Effect.Effect<A, HandlerFailure> {
  return Effect.flatMap(all, (found): Effect.Effect<A, HandlerFailure> => {
    const match = found.find((candidate) => candidate.id === id);
    return match === undefined ? new NotFound({ what, id }) : Effect.succeed(match);
  });
}

/** Creates or changes a thing, if it still is as the request expects. */
function put<A>(
  ledgerOf: LedgerOf,
  context: RequestContext,
  command: CatalogueCommand & { readonly id: string },
  find: (ledger: LedgerService, id: string) => Effect.Effect<A, HandlerFailure>,
): Effect.Effect<Answer<A>, HandlerFailure> {
  return Effect.gen(function* () {
    const ledger = yield* ledgerOf(context);
    const condition = yield* conditionOf(context, find(ledger, command.id));
    const done = yield* submission({ ...command, ...condition }, context)(ledger);
    const { body, headers } = tagged(yield* find(ledger, command.id));
    return { body, headers: { ...headers, ...done.headers } };
  });
}

type Condition = Pick<CatalogueCommand, "ifDigest">;

/** What the ledger compares when it decides, so that nothing can come in between. */
function conditionOf<A>(
  { headers }: RequestContext,
  find: Effect.Effect<A, HandlerFailure>,
): Effect.Effect<Condition, HandlerFailure> {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (match !== undefined) {
    const ifDigest = digestOf(match);
    return ifDigest === undefined ? amongTags(match, find) : Effect.succeed({ ifDigest });
  }
  if (noneMatch === undefined) return Effect.succeed({});
  return noneMatch.trim() === "*"
    ? Effect.succeed({ ifDigest: "absent" })
    : unlessNamed(noneMatch, find);
}

/** `*`, or several tags: the thing must be there, and as one of them says. */
function amongTags<A>(
  match: string,
  find: Effect.Effect<A, HandlerFailure>,
): Effect.Effect<Condition, HandlerFailure> {
  return Effect.flatMap(
    Effect.catchTag(find, "NotFound", () => new PreconditionFailed()),
    (present): Effect.Effect<Condition, HandlerFailure> => {
      const etag = etagOf(present);
      if (!names(match, etag, "strong")) return new PreconditionFailed();
      // What is there once stays there: `*` holds whatever comes in between.
      return Effect.succeed(match.trim() === "*" ? {} : { ifDigest: digestOf(etag) });
    },
  );
}

function unlessNamed<A>(
  noneMatch: string,
  find: Effect.Effect<A, HandlerFailure>,
): Effect.Effect<Condition, HandlerFailure> {
  return find.pipe(
    Effect.map((present) => names(noneMatch, etagOf(present), "weak")),
    Effect.catchTag("NotFound", () => Effect.succeed(false)),
    Effect.flatMap((isNamed) => (isNamed ? new PreconditionFailed() : Effect.succeed({}))),
  );
}
