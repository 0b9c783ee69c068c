/**
 * The port to a store: what the engine asks of a database.
 *
 * A store speaks batches and holds no rules. It keeps what it is given, gives it back, and
 * refuses an append whose expected head is not the ledger's. It assigns nothing: sequences and
 * row numbers come from the writer. Whatever a read returns is one consistent moment.
 */
import type {
  Bucket,
  Category,
  Currency,
  Entry,
  Instant,
  Item,
  LedgerSettings,
  Location,
  Manufacturer,
  MovementKind,
  PlaceFlow,
  Precision,
  Threshold,
} from "@stockbook/core";
import { Context, Data, type Effect } from "effect";
import type { OrganisationChanges, OrganisationOptions, Plan } from "./access/Terms.js";
import type { Busy, OutcomeUnknown, StoreFault } from "./Errors.js";
import type { PublicId } from "./PublicIds.js";
import type {
  FlowScope,
  FlowSums,
  Numbered,
  NumberedTransactionQuery,
  TransactionQuery,
  TransactionScope,
  Valuation,
} from "./Questions.js";
import type { DetailPage, DetailQuery, SummaryPage, SummaryQuery } from "./ReportQuestions.js";
import type { KindStatistics } from "./Views.js";

/** The number of a ledger within its store. */
export type LedgerId = number;

export type LedgerMode = "live" | "test";

/** An owner of ledgers: one for live data and one for tests, which never meet. */
export interface Organisation {
  /** Chosen by the caller, unique in the store. */
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly plan: Plan;
  /** How its ledgers are opened. */
  readonly settings: LedgerSettings;
  readonly options: OrganisationOptions;
  readonly ledgers: { readonly [mode in LedgerMode]: LedgerId };
}

/** What of an organisation can be changed. */
export type ChangeableOrganisation = Pick<Organisation, "name" | "plan" | "options">;

/** An organisation whose ledgers have no numbers yet. */
export type OrganisationDraft = Omit<Organisation, "ledgers">;

/** Where a ledger stands. Its counters are those of the rows written so far. */
export interface LedgerHead {
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly itemCount: number;
  readonly locationCount: number;
  readonly lineCount: number;
  /** Of the latest entry that put a location, new or known; 0 before the first. */
  readonly locationsSequence: number;
}

/** Another writer was there first; nothing was written. */
export class HeadMoved extends Data.TaggedError("HeadMoved")<{
  readonly expected: number;
  readonly found: number;
}> {}

/** The organisation is not as it was when this was decided; nothing was written. */
export class OrganisationMoved extends Data.TaggedError("OrganisationMoved")<
  Record<never, never>
> {}

// ── what the writer loads ────────────────────────────────────────────────────────────────

/** What a batch of commands must know. Everything is loaded at one head. */
export interface SliceKeys {
  /** Settings, categories, manufacturers and the whole tree of locations. */
  readonly catalogue: boolean;
  readonly items: readonly string[];
  readonly skus: readonly string[];
  /** Items with a threshold at, or stock in, one of these locations. */
  readonly itemsAt: readonly string[];
  readonly idempotencyKeys: readonly string[];
  readonly reservations: readonly number[];
  readonly shipments: readonly number[];
  readonly entries: readonly number[];
  readonly timelines: readonly TimelineKey[];
}

/** The lines that touched a balance from an instant on. */
export interface TimelineKey {
  readonly itemNo: number;
  readonly locationNo: number;
  readonly lot: string | null;
  readonly since: Instant;
}

export interface Slice {
  readonly head: LedgerHead;
  readonly catalogue: CatalogueSlice | undefined;
  readonly items: readonly ItemSlice[];
  readonly idempotencyKeys: readonly KeyRow[];
  readonly reservations: readonly CommitmentRow[];
  readonly shipments: readonly CommitmentRow[];
  readonly entries: readonly Entry[];
  /** The reversals among what happened to `entries`: sequence and that of its reversal. */
  readonly reversals: readonly (readonly [sequence: number, by: number])[];
  /** In the order of the keys. */
  readonly timelines: readonly (readonly TimelineLine[])[];
}

export interface CatalogueSlice {
  readonly settings: LedgerSettings | undefined;
  /** Without the virtual ones, by number. */
  readonly locations: readonly LocationRow[];
  readonly categories: readonly Category[];
  readonly manufacturers: readonly Manufacturer[];
}

/** All locations but the virtual ones, by number, with the head's `locationsSequence`. */
export interface LocationsSlice {
  readonly sequence: number;
  readonly locations: readonly LocationRow[];
}

export interface ItemSlice extends ItemRow {
  readonly balances: readonly BalanceRow[];
  readonly thresholds: readonly ThresholdRow[];
}

export interface TimelineLine {
  readonly occurredAt: Instant;
  readonly sequence: number;
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
}

// ── what the writer appends ──────────────────────────────────────────────────────────────

/** What a batch of decided commands changes. Amounts are absolute unless they say otherwise. */
export interface Batch {
  readonly expectedHead: number;
  readonly head: LedgerHead;
  readonly entries: readonly EntryRow[];
  readonly lines: readonly LineRow[];
  readonly balances: readonly BalanceRow[];
  readonly rollups: readonly RollupRow[];
  readonly kindRollups: readonly KindRollupRow[];
  readonly nodeSums: readonly NodeSumRow[];
  readonly nodeCounts: readonly NodeCountRow[];
  readonly placeRollups: readonly PlaceRollupRow[];
  readonly items: readonly ItemRow[];
  readonly locations: readonly LocationRow[];
  readonly categories: readonly Category[];
  readonly manufacturers: readonly Manufacturer[];
  readonly thresholds: readonly ThresholdRow[];
  readonly removedThresholds: readonly ThresholdPlace[];
  readonly reservations: readonly CommitmentRow[];
  readonly shipments: readonly CommitmentRow[];
}

export interface EntryRow {
  readonly sequence: number;
  readonly type: Entry["body"]["type"];
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly key: string | null;
  readonly fingerprint: number;
  readonly span: number;
  /** Sequence of the movement it reverses. */
  readonly reverses: number | null;
  /** Number of its first line, and how many follow one another from there. */
  readonly firstLine: number;
  readonly lineCount: number;
  /** Everything of its body but the lines of a movement. */
  readonly body: EntryContent;
}

/** An entry's body as it is kept: a movement's lines are rows of their own. */
export type EntryContent = Readonly<Record<string, unknown>>;

export interface LineRow {
  /** 1, 2, 3 … over the whole ledger. */
  readonly line: number;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly itemNo: number;
  readonly lot: string | null;
  readonly fromNo: number;
  readonly fromBucket: Bucket;
  readonly toNo: number;
  readonly toBucket: Bucket;
  readonly quantity: number;
  readonly value: number;
  /** The lines before this one in the chains of the places it touches. */
  readonly fromChain: ChainLink | null;
  readonly toChain: ChainLink | null;
  /** The same in the chains of the locations, whatever the item. */
  readonly fromPlace: PlaceLink | null;
  readonly toPlace: PlaceLink | null;
}

/**
 * Lines that touch one item at one location in one hour of one local day are chained, latest
 * first, from the roll-up of that hour. So the history of a place is read without an index on
 * the lines.
 */
export interface ChainLink {
  readonly day: number;
  readonly hour: number;
  /** The line before, if it is of this batch; `null`: the one the stored roll-up begins with. */
  readonly previous: number | null;
}

/**
 * Lines that change what is on hand at a location are chained once more, over all items, latest
 * first, from the roll-up of the location's hour. So the history of a location is read by its
 * hours alone.
 */
export interface PlaceLink {
  readonly hour: number;
  /** As in `ChainLink`. */
  readonly previous: number | null;
}

export interface BalanceRow {
  readonly itemNo: number;
  readonly locationNo: number;
  readonly lot: string | null;
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
  readonly value: number;
  readonly firstOccurredAt: Instant;
  readonly lastOccurredAt: Instant;
}

/** What a batch adds to one item at one real location in one hour of one local day. */
export interface RollupRow {
  readonly itemNo: number;
  readonly locationNo: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly change: RollupSums;
  /** The latest line of the chain. */
  readonly lastLine: number;
  readonly lastSequence: number;
}

/** Sums over the lines that touched a place. */
export interface RollupSums {
  readonly available: number;
  readonly reserved: number;
  readonly unavailable: number;
  readonly value: number;
  /** What came in to the stock on hand, and what went out of it. */
  readonly inward: number;
  readonly outward: number;
  /** Those that changed what is on hand; reservations, holds and corrections of value do not. */
  readonly lines: number;
}

/** What a batch adds to the movements of one kind in one hour, in one currency. */
export interface KindRollupRow {
  readonly kind: MovementKind;
  /** Hours since 1970-01-01T00:00Z. */
  readonly hour: number;
  /** That of the items of its lines; `null` for movements without lines. */
  readonly currency: Currency | null;
  readonly change: KindSums;
}

/**
 * Sums over movements. Lines and their value are those in the roll-up's currency; a movement with
 * lines in several is counted once, in the currency of its first line.
 */
export interface KindSums {
  readonly transactions: number;
  readonly lines: number;
  /** Minor units of the currency. */
  readonly value: number;
}

/**
 * What a batch adds to the stock in a real location and everything below it, of items of one
 * currency and precision.
 */
export interface NodeSumRow extends NodeSum {
  readonly locationNo: number;
}

export interface NodeSum {
  readonly currency: Currency;
  readonly precision: Precision;
  /** On hand, in steps of the precision. */
  readonly quantity: number;
  /** Minor units of the currency. */
  readonly value: number;
}

/** What a batch adds to the counts of a real location and everything below it. */
export interface NodeCountRow {
  readonly locationNo: number;
  /** Different items that have moved or have a rule there. */
  readonly items: number;
  /** Rules below their minimum. */
  readonly depleted: number;
}
/** What a batch adds to one real location in one hour, over all items. */
export interface PlaceRollupRow {
  readonly locationNo: number;
  /** Hours since 1970-01-01T00:00Z. */
  readonly hour: number;
  readonly change: PlaceCounts;
  /** The latest line of the chain. */
  readonly lastLine: number;
}

/** Lines that changed what is on hand at a location, by their flow there. */
export type PlaceCounts = { readonly [flow in PlaceFlow]: number };

export interface ItemRow {
  readonly no: number;
  readonly item: Item;
  /** When the entry was recorded that made it as it is. */
  readonly updatedAt: Instant;
}

export interface LocationRow {
  readonly no: number;
  readonly location: Location;
}

export interface ThresholdPlace {
  readonly itemNo: number;
  readonly locationNo: number;
}

export interface ThresholdRow extends ThresholdPlace {
  readonly threshold: Threshold;
  readonly quantity: number;
}

/** A reservation or shipment; without lines it is closed and goes. */
export interface CommitmentRow {
  readonly sequence: number;
  readonly lines: readonly {
    readonly item: string;
    readonly lot: string | null;
    readonly location: string;
    readonly quantity: number;
    readonly value: number;
  }[];
}

export interface KeyRow {
  readonly key: string;
  readonly sequence: number;
  readonly fingerprint: number;
  readonly span: number;
}

// ── what readers ask ─────────────────────────────────────────────────────────────────────

/** A moment of a ledger's history in its calendar, as the book stood at a sequence. */
export interface Moment {
  readonly instant: Instant;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly firstDayOfMonth: number;
  /** Entries after this one are left out; `null` takes all. */
  readonly sequence: number | null;
}

export interface Place {
  readonly itemNo: number;
  readonly locationNo: number;
}

/** A line of a stock card, with what its entry says. */
export interface CardLine {
  readonly line: number;
  readonly sequence: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly body: EntryContent;
  readonly fromNo: number;
  readonly fromBucket: Bucket;
  readonly toNo: number;
  readonly toBucket: Bucket;
  readonly quantity: number;
  readonly value: number;
}

/** Rows in the order of (occurredAt, sequence, line), at most `limit` of them. */
export interface CardQuery extends Place {
  readonly from: CardPosition;
  /** Up to, and not at, this instant; with its local day. */
  readonly to: { readonly instant: Instant; readonly day: number };
  readonly limit: number;
}

/** Rows after this place in the order are wanted. */
export interface CardPosition {
  readonly instant: Instant;
  readonly day: number;
  readonly sequence: number;
  readonly line: number;
}

/** A page in the order of the rows' own numbers. */
export interface Keyset<After> {
  /** The last row of the page before. */
  readonly after: After | null;
  readonly limit: number;
}

export type BalanceAfter = readonly [itemNo: number, locationNo: number, lot: string];

export interface BalanceQuery extends Keyset<BalanceAfter> {
  readonly itemNo: number | null;
  /** Only these locations, or all real ones; `null` takes the virtual ones too. */
  readonly locationNos: readonly number[] | "real" | null;
  /** Leaves out balances with nothing on hand. */
  readonly nonZero: boolean;
  /** `together`: one row for an item at a location, with all its lots, and `null` for its lot. */
  readonly lots: "apart" | "together";
}

/** A balance with its item, as readers show them together. */
export interface BalanceOfItem extends BalanceRow {
  readonly item: Item;
}

/** Which items; `null` takes all. */
export interface ItemScope {
  readonly ids: readonly string[] | null;
  /** Part of SKU or name, without regard to case. */
  readonly query: string | null;
  /** Part of the name, without regard to case. */
  readonly name: string | null;
  readonly category: string | null;
  /** It is of one of these. */
  readonly categories: readonly string[] | null;
  readonly manufacturer: string | null;
  readonly archived: boolean | null;
}

export interface ItemQuery extends ItemScope, Keyset<number> {}

/** Rows of a page, and how many there are on all pages. */
export interface NumberedRows<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export type ThresholdAfter = readonly [itemNo: number, locationNo: number];

export interface ThresholdQuery extends Keyset<ThresholdAfter> {
  readonly depleted: boolean;
}

export interface ThresholdOfItem extends ThresholdRow {
  readonly item: Item;
}

/** The figures of a node, as they are kept. */
export interface NodeRow extends NodeCountRow {
  /** By currency and precision; none for sums of nothing. */
  readonly sums: readonly NodeSum[];
}

/** Nodes by location, those without any figures left out, as of the entry they reflect. */
export interface NodesSlice {
  readonly sequence: number;
  readonly nodes: readonly NodeRow[];
}

/** A page by item and location. */
export interface StockItemQuery extends Keyset<ThresholdAfter> {
  readonly itemNo: number | null;
  /** Only these locations, or all real ones. */
  readonly locationNos: readonly number[] | "real";
  /** Only those whose rule is below its minimum. */
  readonly depleted: boolean;
}

/** An item at a real location where it has moved or has a rule. Lots together. */
export interface StockItemRow extends Place {
  readonly item: Item;
  readonly onHand: number;
  readonly value: number;
  readonly rule: StockItemRule | null;
}

/** In ledger steps. */
export interface StockItemRule extends Pick<Threshold, "minimum" | "maximum"> {
  /** On hand here and below. */
  readonly quantity: number;
}

/** Of hours; of months, the month stands in the place of the day and the hour is 0. */
export type RollupAfter = readonly [day: number, itemNo: number, locationNo: number, hour: number];

/** A stored roll-up of an hour; of months, `day` and `hour` are 0. */
export interface StoredRollup extends Place {
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly sums: RollupSums;
  readonly lastSequence: number;
}

/** Roll-ups of kinds are kept for each hour, and for each day of 24 of them, both by UTC. */
export type KindGrain = "hour" | "day";

/** The empty text stands for no currency. */
export type KindRollupAfter = readonly [start: number, kind: MovementKind, currency: string];

/** A stored roll-up of a kind in an hour or a day. */
export interface StoredKindRollup extends Pick<KindRollupRow, "kind" | "currency"> {
  /** Hours or days since 1970-01-01T00:00Z. */
  readonly start: number;
  readonly sums: KindSums;
}

/** Roll-ups of locations are kept by the same grains as those of kinds. */
export type PlaceGrain = KindGrain;

export type PlaceRollupAfter = readonly [locationNo: number, start: number];

/** A stored roll-up of a location in an hour or a day. */
export interface StoredPlaceRollup {
  readonly locationNo: number;
  /** Hours or days since 1970-01-01T00:00Z. */
  readonly start: number;
  readonly counts: PlaceCounts;
}

type Read<A> = Effect.Effect<A, Busy | StoreFault>;

/** What differs between stores. */
export interface StoreCapabilities {
  /** Whether what was acknowledged outlives the process. The memory store's does not. */
  readonly durable: boolean;
  /** Whether several processes may use the same store at once. */
  readonly shared: boolean;
}

export interface LedgerStoreService {
  readonly name: string;
  readonly capabilities: StoreCapabilities;

  /** The organisation with both its ledgers as the store has it, made so if it was not there. */
  readonly putOrganisation: (
    organisation: OrganisationDraft,
  ) => Effect.Effect<Organisation, Busy | StoreFault | OutcomeUnknown>;
  /**
   * Changes what is given, and gives the organisation as it is then; nothing if there is none.
   * Where it has another name, plan or options than are expected, nothing is written.
   */
  readonly changeOrganisation: (
    id: string,
    changes: OrganisationChanges,
    expected?: ChangeableOrganisation,
  ) => Effect.Effect<
    Organisation | undefined,
    OrganisationMoved | Busy | StoreFault | OutcomeUnknown
  >;
  readonly organisation: (id: string) => Read<Organisation | undefined>;
  readonly organisations: Read<readonly Organisation[]>;

  readonly load: (ledger: LedgerId, keys: SliceKeys) => Read<Slice>;
  /** Writes the whole batch durably, or nothing of it. */
  readonly append: (
    ledger: LedgerId,
    batch: Batch,
  ) => Effect.Effect<void, HeadMoved | Busy | StoreFault | OutcomeUnknown>;

  /** Those things of a kind whose own or public ids are among these. */
  readonly publicIds: (
    ledger: LedgerId,
    kind: string,
    by: keyof PublicId,
    wanted: readonly string[],
  ) => Read<readonly PublicId[]>;
  /** Gives things of a kind public ids; one that has a public id keeps it. */
  readonly addPublicIds: (
    ledger: LedgerId,
    kind: string,
    made: readonly PublicId[],
  ) => Effect.Effect<void, Busy | StoreFault | OutcomeUnknown>;

  readonly head: (ledger: LedgerId) => Read<LedgerHead>;
  readonly locations: (ledger: LedgerId) => Read<LocationsSlice>;
  /** Entries after a sequence, in order. */
  readonly entries: (ledger: LedgerId, after: number, limit: number) => Read<readonly Entry[]>;
  /** What a place held at a moment, in the order of `places`; in and out since the beginning. */
  readonly sumsAt: (
    ledger: LedgerId,
    places: readonly Place[],
    moment: Moment,
  ) => Read<readonly RollupSums[]>;
  readonly card: (ledger: LedgerId, query: CardQuery) => Read<readonly CardLine[]>;
  readonly balances: (ledger: LedgerId, query: BalanceQuery) => Read<readonly BalanceOfItem[]>;
  /** Balances with something on hand, lots together, and the worth of all that match. */
  readonly valuation: (
    ledger: LedgerId,
    query: Pick<BalanceQuery, "after" | "limit" | "itemNo" | "locationNos">,
  ) => Read<Valuation>;
  /** A page of places that moved before a moment, with what was there at both ends of a time. */
  readonly summary: (ledger: LedgerId, query: SummaryQuery) => Read<SummaryPage>;
  /** A page of the lines that change what is on hand at a location. */
  readonly detail: (ledger: LedgerId, query: DetailQuery) => Read<DetailPage>;
  /** Movements by (occurredAt, sequence), or the latest first. */
  readonly transactions: (ledger: LedgerId, query: TransactionQuery) => Read<readonly Entry[]>;
  /** The same by numbers, and how many there are. */
  readonly transactionPage: (
    ledger: LedgerId,
    query: NumberedTransactionQuery,
  ) => Read<NumberedRows<Entry>>;
  /** What movements came to, a row for each kind that occurred; counts the lines that match. */
  readonly statistics: (
    ledger: LedgerId,
    scope: TransactionScope,
  ) => Read<readonly KindStatistics[]>;
  /** What lines came to by day and flow; rows of what did not occur are left out. */
  readonly flowSums: (ledger: LedgerId, scope: FlowScope) => Read<FlowSums>;
  readonly items: (ledger: LedgerId, query: ItemQuery) => Read<readonly ItemRow[]>;
  /** Items by their numbers, and how many there are. */
  readonly itemPage: (ledger: LedgerId, query: ItemScope & Numbered) => Read<NumberedRows<ItemRow>>;
  readonly thresholds: (
    ledger: LedgerId,
    query: ThresholdQuery,
  ) => Read<readonly ThresholdOfItem[]>;
  /** The figures of these locations, or of all; one moment. */
  readonly nodes: (ledger: LedgerId, locationNos: readonly number[] | null) => Read<NodesSlice>;
  readonly stockItems: (ledger: LedgerId, query: StockItemQuery) => Read<readonly StockItemRow[]>;
  readonly reservations: (ledger: LedgerId, page: Keyset<number>) => Read<readonly CommitmentRow[]>;
  readonly shipments: (ledger: LedgerId, page: Keyset<number>) => Read<readonly CommitmentRow[]>;
  /** Stored roll-ups of hours, or of months, for `verify`. */
  readonly rollups: (
    ledger: LedgerId,
    grain: "hour" | "month",
    page: Keyset<RollupAfter>,
  ) => Read<readonly StoredRollup[]>;
  /** Stored roll-ups of kinds, for `verify`. */
  readonly kindRollups: (
    ledger: LedgerId,
    grain: KindGrain,
    page: Keyset<KindRollupAfter>,
  ) => Read<readonly StoredKindRollup[]>;
  /** Stored roll-ups of locations, for `verify`. */
  readonly placeRollups: (
    ledger: LedgerId,
    grain: PlaceGrain,
    page: Keyset<PlaceRollupAfter>,
  ) => Read<readonly StoredPlaceRollup[]>;
}

export class LedgerStore extends Context.Tag("@stockbook/engine/LedgerStore")<
  LedgerStore,
  LedgerStoreService
>() {}
