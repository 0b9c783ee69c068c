/** The book a command works on: one ledger in one database file. */
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Item, LedgerSettings, Location } from "@stockbook/core";
import type {
  AccessService,
  LedgerMode,
  LedgerService,
  Page,
  PageRequest,
  WebhookService,
} from "@stockbook/engine";
import { Context, Effect, Layer, Option, type Scope } from "effect";
import { Failure } from "./Failure.js";
import type { WebhookSettings } from "./webhooks/Settings.js";

const ORGANISATION = "default";
const MAX_PAGE = 1_000;

/** The book in a file that must be there. */
export const openBook = (path: string): Effect.Effect<LedgerService, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const stockbook = yield* stockbookAt(path, true);
    const organisations = yield* told(path, stockbook.organisations);
    if (!organisations.some(({ id }) => id === ORGANISATION)) {
      const message = `${path} holds no stock yet; \`stockbook import\` puts some there`;
      return yield* new Failure({ message });
    }
    return yield* told(path, stockbook.ledger());
  });

/** The book in a file that is made when it is not there; `settings` are for a new one. */
export const openOrMakeBook = (
  path: string,
  settings: Partial<LedgerSettings>,
  mode: LedgerMode = "live",
): Effect.Effect<LedgerService, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const stockbook = yield* stockbookAt(path, false);
    const ledger = Effect.catchTag(stockbook.ledger({ settings, mode }), "InvalidRequest", () =>
      // It was opened with other settings, and those stay.
      stockbook.ledger({ mode }),
    );
    return yield* told(path, ledger);
  });

const stockbookAt = (path: string, mustExist: boolean) =>
  Effect.gen(function* () {
    const [{ Stockbook }, { sqlite }] = yield* Effect.promise(() =>
      Promise.all([import("@stockbook/engine"), import("@stockbook/store-sqlite")]),
    );
    const layer = Layer.provide(Stockbook.layer(), sqlite(path, { mustExist }));
    const context = yield* told(path, Layer.build(layer));
    return yield* Effect.provide(Stockbook, context);
  });

/** Who may use the ledgers of a file. */
export const openAccess = (
  path: string,
  file: "must exist" | "is made",
): Effect.Effect<AccessService, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const [{ Access }, { sqlite }] = yield* Effect.promise(() =>
      Promise.all([import("@stockbook/engine"), import("@stockbook/store-sqlite")]),
    );
    const store = sqlite(path, { mustExist: file === "must exist" });
    const context = yield* told(path, Layer.build(Layer.provide(Access.layer(), store)));
    return yield* Effect.provide(Access, context);
  });

/** Whether a command encrypts a secret; where it does not, it needs no key and makes none. */
export type SecretsUse = "encrypts" | "leaves secrets alone";

/** Who is told of what happens in the ledgers of a file. */
export const openWebhooks = (
  path: string,
  { keys, targets }: WebhookSettings,
  use: SecretsUse,
): Effect.Effect<WebhookService, Failure, Scope.Scope> =>
  Effect.gen(function* () {
    const [{ Webhooks }, { sqlite }, { checkRanges, webhooksTo }, { openSecretsBox, NO_SECRETS }] =
      yield* Effect.promise(() =>
        Promise.all([
          import("@stockbook/engine"),
          import("@stockbook/store-sqlite"),
          import("./webhooks/Service.js"),
          import("./webhooks/Keys.js"),
        ]),
      );
    yield* checkRanges(targets);
    const store = yield* told(path, Layer.build(sqlite(path, { mustExist: true })));
    const secrets = use === "encrypts" ? yield* openSecretsBox(path, keys) : NO_SECRETS;
    if (secrets.madeFile !== undefined) yield* tellOfKey(secrets.madeFile);
    const means = Context.merge(store, secrets.context);
    const layer = Layer.provide(webhooksTo(targets), Layer.succeedContext(means));
    return Context.get(yield* Layer.build(layer), Webhooks);
  });

function tellOfKey(file: string): Effect.Effect<void> {
  const text = `The secrets of webhooks are encrypted with ${file}, which is new.`;
  return Effect.sync(() => {
    process.stderr.write(`${text} Keep it with the database.\n`);
  });
}

/** An error of the engine, as far as it matters here. */
interface EngineError {
  readonly message: string;
  readonly reason?: string;
  readonly what?: string;
}

/** Where to see what there is. */
const LISTS: Readonly<Record<string, string>> = {
  organisation: "`stockbook orgs list` lists all, `stockbook orgs create` makes one",
  key: "`stockbook keys list` lists those of an organisation",
  endpoint: "`stockbook webhooks list` lists those of a ledger",
  delivery: "`stockbook webhooks deliveries` lists those of an endpoint",
};

/** Whatever goes wrong with a book, as a failure that names its file. */
export const told = <A, R>(
  path: string,
  effect: Effect.Effect<A, EngineError, R>,
): Effect.Effect<A, Failure, R> =>
  Effect.mapError(effect, (error) =>
    error instanceof Failure ? error : new Failure({ message: messageOf(path, error) }),
  );

function messageOf(path: string, { message, reason, what = "" }: EngineError): string {
  const list = LISTS[what];
  if (list !== undefined) return `${path}: ${message}; ${list}`;
  if (reason === "missing" && !existsSync(path)) {
    const right = "`stockbook import` makes one; or name another with --db";
    return existsSync(dirname(path)) ? `${path}: there is no such file; ${right}` : message;
  }
  if (message.includes(path)) return message;
  const name = basename(path);
  return message.startsWith(name) ? path + message.slice(name.length) : `${path}: ${message}`;
}

/** All rows of a paged read, one page after another. */
export const allRows = <A, E>(
  read: (page: PageRequest) => Effect.Effect<Page<A>, E>,
): Effect.Effect<readonly A[], E> =>
  Effect.gen(function* () {
    const rows: A[] = [];
    let after: string | undefined;
    do {
      const page: Page<A> = yield* read({ after, limit: MAX_PAGE });
      for (const row of page.rows) rows.push(row);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return rows;
  });

/** The location that a user names. */
export const locationNamed = (
  book: LedgerService,
  path: string,
  named: string,
): Effect.Effect<Location, Failure> =>
  Effect.gen(function* () {
    const locations = yield* told(path, book.locations);
    const found = locations.find(({ id }) => id === named);
    if (found !== undefined) return found;
    const ids = locations.map(({ id }) => id).join(", ");
    const there = ids === "" ? "there is none yet" : `there are ${ids}`;
    return yield* new Failure({ message: `${path}: there is no location ${named}; ${there}` });
  });

const SUGGESTIONS = 3;

/** The item that a user names by its code, in whatever case. */
export const itemNamed = (
  book: LedgerService,
  path: string,
  named: string,
): Effect.Effect<Item, Failure> =>
  Effect.gen(function* () {
    const byId = yield* Effect.option(book.item(named));
    if (Option.isSome(byId) && byId.value.sku === named) return byId.value;
    const alike = yield* told(
      path,
      allRows((page) => book.items({ query: named, ...page })),
    );
    const same = alike.filter(({ sku }) => sku.toLowerCase() === named.toLowerCase());
    const found = same.find(({ sku }) => sku === named) ?? same[0];
    if (found !== undefined) return found;
    const wanted = named.toLowerCase();
    const similar = alike.filter(({ sku }) => sku.toLowerCase().includes(wanted));
    const some = similar.slice(0, SUGGESTIONS).map(({ sku }) => sku);
    const hint =
      some.length === 0 ? "`stockbook stock --all` lists all" : `there is ${some.join(", ")}`;
    return yield* new Failure({ message: `${path}: there is no item ${named}; ${hint}` });
  });
