/** The engine as a service: ledgers of organisations over one store. */
import { calendarOf, emptyState, type LedgerSettings, open } from "@stockbook/core";
import { Clock, Context, Effect, Layer, Scope, SynchronizedRef } from "effect";
import { batchOf } from "./Batch.js";
import { NOTHING } from "./Cache.js";
import type { ReachPoint } from "./CommitLoop.js";
import { Busy, InvalidRequest, Rejected, type StoreError } from "./Errors.js";
import { FaultPoints } from "./FaultPoints.js";
import type { LedgerService } from "./Ledger.js";
import { makeReader } from "./Reader.js";
import {
  type LedgerHead,
  type LedgerId,
  type LedgerMode,
  LedgerStore,
  type LedgerStoreService,
  type Organisation,
} from "./Store.js";
import { DEFAULT_WRITER_OPTIONS, makeWriter, type WriterOptions } from "./Writer.js";

/** Which ledger, and how it is opened if it was never opened before. */
export interface LedgerRequest {
  /** `default`, if left out. Made when it is not there. */
  readonly organisation?: string | undefined;
  /** `live`, if left out. The test ledger is a book of its own. */
  readonly mode?: LedgerMode | undefined;
  /** Taken when the ledger is opened for the first time; later they must not say otherwise. */
  readonly settings?: Partial<LedgerSettings> | undefined;
}

export const DEFAULT_SETTINGS: LedgerSettings = {
  timeZone: "UTC",
  currency: "EUR",
  negativePolicy: "deny",
};

export type OpenError = StoreError | Rejected | InvalidRequest;

export interface StockbookService {
  /** A ledger to write to and read from; the same one for the same request. */
  readonly ledger: (request?: LedgerRequest) => Effect.Effect<LedgerService, OpenError>;
  /** The organisation, made with a live and a test ledger when it is not there. */
  readonly putOrganisation: (
    id: string,
    name?: string,
  ) => Effect.Effect<Organisation, StoreError | InvalidRequest>;
  readonly organisations: Effect.Effect<readonly Organisation[], StoreError>;
}

export class Stockbook extends Context.Tag("@stockbook/engine/Stockbook")<
  Stockbook,
  StockbookService
>() {
  /** The engine over whichever store is provided. */
  static layer(options: Partial<WriterOptions> = {}): Layer.Layer<Stockbook, never, LedgerStore> {
    return Layer.scoped(Stockbook, make({ ...DEFAULT_WRITER_OPTIONS, ...options }));
  }
}

function make(
  options: WriterOptions,
): Effect.Effect<StockbookService, never, LedgerStore | Scope.Scope> {
  return Effect.gen(function* () {
    const store = yield* LedgerStore;
    const reach = yield* FaultPoints;
    const scope = yield* Effect.scope;
    const opened = yield* SynchronizedRef.make<ReadonlyMap<LedgerId, LedgerService>>(new Map());

    const ledgerOf = (id: LedgerId, settings: Partial<LedgerSettings>) =>
      SynchronizedRef.modifyEffect(opened, (ledgers) =>
        Effect.gen(function* () {
          const known = ledgers.get(id);
          if (known !== undefined) return [known, ledgers] as const;
          const ledger = yield* openLedger(store, id, settings, options, reach).pipe(
            Scope.extend(scope),
          );
          return [ledger, new Map(ledgers).set(id, ledger)] as const;
        }),
      );

    const putOrganisation = (id: string, name = id) =>
      Effect.gen(function* () {
        yield* checkOrganisationId(id);
        const createdAt = yield* Clock.currentTimeMillis;
        return yield* store.putOrganisation({ id, name, createdAt });
      });

    return {
      ledger: ({ organisation = "default", mode = "live", settings = {} } = {}) =>
        Effect.gen(function* () {
          const { ledgers } = yield* putOrganisation(organisation);
          const ledger = yield* ledgerOf(ledgers[mode], settings);
          yield* checkSettings(ledger.settings, settings);
          return ledger;
        }),
      putOrganisation,
      organisations: store.organisations,
    };
  });
}

function openLedger(
  store: LedgerStoreService,
  ledger: LedgerId,
  asked: Partial<LedgerSettings>,
  options: WriterOptions,
  reach: ReachPoint,
): Effect.Effect<LedgerService, OpenError, Scope.Scope> {
  return Effect.gen(function* () {
    const settings = yield* settingsOf(store, ledger, asked);
    const reader = makeReader({ store, ledger, calendar: calendarOf(settings.timeZone) });
    const writer = yield* makeWriter(store, ledger, options, reach);
    return {
      ...reader,
      settings,
      submit: writer.submit,
      submitAll: (commands) => writer.submitAll(commands, "all"),
      submitEach: writer.submitEach,
      preview: (commands) => writer.submitAll(commands, "preview"),
    };
  });
}

/** The settings a ledger was opened with; opens it if that has not happened yet. */
function settingsOf(
  store: LedgerStoreService,
  ledger: LedgerId,
  asked: Partial<LedgerSettings>,
): Effect.Effect<LedgerSettings, StoreError | Rejected> {
  return Effect.gen(function* () {
    const { head, catalogue } = yield* store.load(ledger, { ...NOTHING, catalogue: true });
    if (catalogue?.settings !== undefined) return catalogue.settings;
    const settings: LedgerSettings = { ...DEFAULT_SETTINGS, ...asked };
    yield* appendOpening(store, ledger, head, settings);
    return yield* Effect.flatMap(store.load(ledger, { ...NOTHING, catalogue: true }), (slice) =>
      slice.catalogue?.settings === undefined
        ? new Busy({ message: "the ledger is being opened by another process; try again" })
        : Effect.succeed(slice.catalogue.settings),
    );
  });
}

function appendOpening(
  store: LedgerStoreService,
  ledger: LedgerId,
  head: LedgerHead,
  settings: LedgerSettings,
): Effect.Effect<void, StoreError | Rejected> {
  return Effect.gen(function* () {
    const recordedAt = yield* Clock.currentTimeMillis;
    const state = emptyState();
    const decision = open(state, settings, { recordedAt });
    if (decision.type === "rejected") {
      return yield* new Rejected({ rejection: decision.rejection, command: 0 });
    }
    state.sequence = decision.entries.length;
    state.recordedAt = recordedAt;
    const batch = batchOf(state, calendarOf(settings.timeZone), head, decision.entries);
    // Another process that opens it at the same time settles it for both.
    yield* Effect.catchTag(store.append(ledger, batch), "HeadMoved", () => Effect.void);
  });
}

function checkSettings(
  settings: LedgerSettings,
  asked: Partial<LedgerSettings>,
): Effect.Effect<void, InvalidRequest> {
  for (const field of ["timeZone", "currency", "negativePolicy"] as const) {
    const wanted = asked[field];
    if (wanted === undefined || wanted === settings[field]) continue;
    return new InvalidRequest({
      field: `settings.${field}`,
      message: `settings.${field}: the ledger was opened with ${settings[field]}, not ${wanted}`,
    });
  }
  return Effect.void;
}

function checkOrganisationId(id: string): Effect.Effect<void, InvalidRequest> {
  if (/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(id)) return Effect.void;
  const rule = "1 to 63 letters, digits, - or _, beginning with a letter or digit";
  return new InvalidRequest({
    field: "organisation",
    message: `organisation must be ${rule}, not ${JSON.stringify(id)}`,
  });
}
