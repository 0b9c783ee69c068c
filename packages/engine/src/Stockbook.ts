/** The engine as a service: ledgers of organisations over one store. */
import { calendarOf, emptyState, type LedgerSettings, open } from "@stockbook/core";
import { Clock, Context, Effect, Layer, Scope, SynchronizedRef } from "effect";
import {
  completeSettings,
  differingSetting,
  organisationIdFault,
  settingsRejection,
} from "./access/Organisations.js";
import { Randomness } from "./access/Secrets.js";
import { DEFAULT_PLAN } from "./access/Terms.js";
import { batchOf } from "./Batch.js";
import { NOTHING } from "./Cache.js";
import type { ReachPoint } from "./CommitLoop.js";
import { Busy, InvalidRequest, Rejected, type StoreError } from "./Errors.js";
import { FaultPoints } from "./FaultPoints.js";
import type { LedgerService } from "./Ledger.js";
import { makePublicIds } from "./PublicIds.js";
import { makeReader } from "./Reader.js";
import { makeTrees } from "./reads/Tree.js";
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
  /** Taken when the organisation is made; later they must not say otherwise. */
  readonly settings?: Partial<LedgerSettings> | undefined;
}

export type OpenError = StoreError | Rejected | InvalidRequest;

export interface StockbookService {
  /** A ledger to write to and read from; the same one for the same request. */
  readonly ledger: (request?: LedgerRequest) => Effect.Effect<LedgerService, OpenError>;
  /**
   * The organisation, made with a live and a test ledger, the default plan and the default
   * settings when it is not there. `Access` makes others.
   */
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

    const ledgerOf = (id: LedgerId, settings: Settings) =>
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

    const putOrganisation = (id: string, name: string, settings: LedgerSettings) =>
      Effect.gen(function* () {
        const fault = organisationIdFault(id);
        if (fault !== undefined) return yield* fault;
        const createdAt = yield* Clock.currentTimeMillis;
        return yield* store.putOrganisation({
          id,
          name,
          createdAt,
          plan: DEFAULT_PLAN,
          settings,
          options: {},
        });
      });

    return {
      ledger: ({ organisation: id = "default", mode = "live", settings: asked = {} } = {}) =>
        Effect.gen(function* () {
          const { ledgers, settings } =
            (yield* store.organisation(id)) ??
            (yield* putOrganisation(id, id, yield* checkedSettings(asked)));
          const ledger = yield* ledgerOf(ledgers[mode], { stored: settings, asked });
          yield* checkSettings(ledger.settings, asked);
          return ledger;
        }),
      putOrganisation: (id, name = id) => putOrganisation(id, name, completeSettings({})),
      organisations: store.organisations,
    };
  });
}

interface Settings {
  /** Those of the organisation. */
  readonly stored: LedgerSettings;
  /** Those that must be among them. */
  readonly asked: Partial<LedgerSettings>;
}

/** Settings that a ledger can be opened with: they are kept before it is. */
function checkedSettings(asked: Partial<LedgerSettings>): Effect.Effect<LedgerSettings, Rejected> {
  const settings = completeSettings(asked);
  const rejection = settingsRejection(settings);
  return rejection === undefined
    ? Effect.succeed(settings)
    : new Rejected({ rejection, command: 0 });
}

function openLedger(
  store: LedgerStoreService,
  ledger: LedgerId,
  wanted: Settings,
  options: WriterOptions,
  reach: ReachPoint,
): Effect.Effect<LedgerService, OpenError, Scope.Scope> {
  return Effect.gen(function* () {
    const settings = yield* settingsOf(store, ledger, wanted);
    const calendar = calendarOf(settings.timeZone);
    const reader = makeReader({ store, ledger, calendar, trees: makeTrees(store, ledger) });
    const publicIds = makePublicIds(store, ledger, yield* Randomness);
    const writer = yield* makeWriter(store, ledger, options, reach);
    return {
      ...reader,
      ...publicIds,
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
  { stored, asked }: Settings,
): Effect.Effect<LedgerSettings, OpenError> {
  return Effect.gen(function* () {
    const { head, catalogue } = yield* store.load(ledger, { ...NOTHING, catalogue: true });
    if (catalogue?.settings !== undefined) return catalogue.settings;
    yield* checkSettings(stored, asked);
    yield* appendOpening(store, ledger, head, stored);
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
    const rows = batchOf(state, calendarOf(settings.timeZone), head, decision.entries);
    const batch = { ...rows, nodeSums: [], nodeCounts: [] };
    // Another process that opens it at the same time settles it for both.
    yield* Effect.catchTag(store.append(ledger, batch), "HeadMoved", () => Effect.void);
  });
}

function checkSettings(
  settings: LedgerSettings,
  asked: Partial<LedgerSettings>,
): Effect.Effect<void, InvalidRequest> {
  const field = differingSetting(settings, asked);
  if (field === undefined) return Effect.void;
  return new InvalidRequest({
    field: `settings.${field}`,
    message: `settings.${field}: the ledger was opened with ${settings[field]}, not ${asked[field]}`,
  });
}
