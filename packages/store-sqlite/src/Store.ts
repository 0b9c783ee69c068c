/** The store put together: one connection that writes, one that reads, and what runs on them. */
import type { SqlClient } from "@effect/sql/SqlClient";
import type { SqlError } from "@effect/sql/SqlError";
import {
  type Busy,
  OrganisationMoved,
  type StoreFault,
  type StoreService,
  type Stores,
  storeContext,
} from "@stockbook/engine";
import type { Database } from "better-sqlite3";
import { Effect, Layer, type Scope } from "effect";
import { configOf, type SqliteConfig, type SqliteOptions, sharedPragmas } from "./Config.js";
import { makeWriteKeys } from "./Keys.js";
import { migrate } from "./Migrations.js";
import { openWriter } from "./Open.js";
import { makeChangeOrganisation, makePutOrganisation } from "./Organisations.js";
import { patiently } from "./Patience.js";
import { makeAddPublicIds } from "./PublicIds.js";
import { makeReads, type Reading } from "./Reads.js";
import { loadSlice } from "./Slice.js";
import { makeAskNow, makeSnapshot, openClient, openReader } from "./Snapshot.js";
import { faultOf } from "./SqliteErrors.js";
import { makeTransactions, type Outcome } from "./Transaction.js";
import { makeWebhooks, type Transacting } from "./Webhooks.js";
import { makeAppend } from "./Write.js";

/**
 * A store in one SQLite file, made if it is not there. Keep the layer in one constant to share
 * the store: every call gives a layer, and so connections, of its own.
 *
 * @example
 * const stock = await openStockbook({ store: sqlite("stock.db") });
 */
export function sqlite(
  path: string,
  options: SqliteOptions = {},
): Layer.Layer<Stores, StoreFault | Busy> {
  return Layer.scopedContext(Effect.map(makeSqliteStore(path, options), storeContext));
}

/** The same as a service; it is closed with the scope. */
export function makeSqliteStore(
  path: string,
  options: SqliteOptions = {},
): Effect.Effect<StoreService, StoreFault | Busy, Scope.Scope> {
  const config = configOf(path, options);
  return Effect.gen(function* () {
    const db = yield* opening(
      config,
      Effect.acquireRelease(
        Effect.sync(() => openWriter(config)),
        (opened) => Effect.sync(() => opened.close()),
      ),
    );
    const client = yield* opening(config, openClient(db.name));
    yield* opening(config, prepareTables(config, client));
    const reader = yield* opening(config, openReader(db.name));
    for (const pragma of sharedPragmas(config)) reader.pragma(pragma);
    return serviceOf(config, { db, reader, sql: client });
  });
}

/** Whatever goes wrong while opening is a fault of the file, not a defect. */
function opening<A, R>(
  { path, patience }: SqliteConfig,
  open: Effect.Effect<A, unknown, R>,
): Effect.Effect<A, Busy | StoreFault, R> {
  return open.pipe(
    Effect.catchAllDefect(Effect.fail),
    Effect.mapError((error) => faultOf(error, path)),
    patiently(patience),
  );
}

/** Brings the tables up to date, and from then on keeps the client from writing. */
function prepareTables(
  config: SqliteConfig,
  client: SqlClient,
): Effect.Effect<void, SqlError | StoreFault> {
  return Effect.scoped(
    Effect.gen(function* () {
      const connection = yield* client.reserve;
      const run = (statement: string) => connection.executeUnprepared(statement, [], undefined);
      for (const pragma of sharedPragmas(config)) yield* run(`PRAGMA ${pragma}`);
      yield* migrate(connection);
      yield* run("PRAGMA query_only = ON");
    }),
  );
}

interface Connections {
  /** The one that writes. */
  readonly db: Database;
  readonly reader: Database;
  /** What questions are written with. */
  readonly sql: SqlClient;
}

function serviceOf(config: SqliteConfig, { db, reader, sql }: Connections): StoreService {
  const { path, patience } = config;
  const patient = patiently(patience);
  const transactions = makeTransactions(db, path);
  const appendNow = makeAppend(db, transactions);
  const putOrganisation = makePutOrganisation(db, transactions);
  const changeOrganisation = makeChangeOrganisation(db, transactions);
  const writeKeys = makeWriteKeys(db, transactions);
  const addPublicIds = makeAddPublicIds(db, transactions);
  const ask = makeAskNow(db);
  const snapshot = makeSnapshot(reader, path);
  const transacting: Transacting = (transaction) => patient(settled(transaction));
  const reading: Reading = (read) => transacting(() => snapshot(read));
  return {
    name: "sqlite",
    capabilities: { durable: true, shared: true },
    ...makeReads(sql, reading),
    webhooks: makeWebhooks(sql, reading, db, transactions, transacting),
    putOrganisation: (organisation) => transacting(() => putOrganisation(organisation)),
    changeOrganisation: (id, changes, expected) =>
      Effect.flatMap(
        transacting(() => changeOrganisation(id, changes, expected)),
        (changed) => (changed instanceof OrganisationMoved ? changed : Effect.succeed(changed)),
      ),
    writeKeys: (keys) =>
      Effect.flatMap(
        transacting(() => writeKeys(keys)),
        (moved) => moved ?? Effect.void,
      ),
    addPublicIds: (ledger, kind, made) => transacting(() => addPublicIds(ledger, kind, made)),
    load: (ledger, keys) =>
      transacting(() => transactions.read(() => loadSlice(sql, ask, ledger, keys))),
    append: (ledger, batch) =>
      Effect.flatMap(
        transacting(() => appendNow(ledger, batch)),
        (moved) => moved ?? Effect.void,
      ),
  };
}

/** Runs a transaction in one go. */
function settled<A, E>(transaction: () => Outcome<A, E>): Effect.Effect<A, E> {
  return Effect.suspend(() => {
    const outcome = transaction();
    return outcome.type === "done" ? Effect.succeed(outcome.value) : Effect.fail(outcome.failure);
  });
}
