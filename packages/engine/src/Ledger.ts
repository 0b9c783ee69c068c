/** A ledger: one organisation's book in one mode, to write to and to read from. */
import type {
  Category,
  Command,
  Entry,
  Flow,
  Instant,
  Item,
  LedgerSettings,
  Location,
  Manufacturer,
  MovementKind,
  PlaceFlow,
  QuantityInput,
} from "@stockbook/core";
import type { Effect, Stream } from "effect";
import type { Busy, NotFound, ReadError, StoreError, StoreFault, SubmitError } from "./Errors.js";
import type { PublicIds } from "./PublicIds.js";
import type {
  Card,
  CommitmentView,
  DatedItem,
  EventType,
  EventView,
  FlowStatistics,
  LocationSummary,
  Money,
  PlanRow,
  Receipt,
  StockDetailRow,
  StockItemView,
  StockSummaryRow,
  StockView,
  ThresholdView,
  TransactionStatistics,
  TransactionView,
  ValuationRow,
  Verdict,
  Verification,
} from "./Views.js";

export interface PageRequest {
  /** `next` of the page before; the first page, if left out. */
  readonly after?: string | undefined;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number | undefined;
}

export interface Page<A> {
  readonly rows: readonly A[];
  /** Where the next page goes on; `null` on the last one. */
  readonly next: string | null;
}

/** A page by the number of its first row. */
export interface NumberedRequest {
  /** Rows before it, 0 or more; 0 if left out. */
  readonly offset?: number | undefined;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number | undefined;
}

export interface NumberedPage<Row> {
  readonly rows: readonly Row[];
  /** Of all that match, on whichever page. */
  readonly total: number;
}

/** Up to which moment, as the book stood when. */
export interface AsOf {
  /** Everything that happened up to and at this instant. */
  readonly at: Instant;
  /** As the book stood after this entry … */
  readonly sequence?: number | undefined;
  /** … or at this moment of its recording. */
  readonly recordedAt?: Instant | undefined;
}

export interface StockFilter extends PageRequest {
  readonly item?: string | undefined;
  /** With everything below it. */
  readonly location?: string | undefined;
  /** Leaves out where nothing is on hand. */
  readonly nonZero?: boolean | undefined;
}

/** A page of numbered rows: how many to leave out first, and how many to give. */
export interface NumberedRequest {
  /** 0 or more; 0 if left out. */
  readonly offset?: number | undefined;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number | undefined;
}

export interface NumberedPage<Row> {
  readonly rows: readonly Row[];
  /** Of all that match, not this page alone. */
  readonly total: number;
}

export interface ChildrenRequest extends NumberedRequest {
  readonly location: string;
}

export interface StockItemFilter extends PageRequest {
  /** With everything below it. */
  readonly location?: string | undefined;
  readonly item?: string | undefined;
  /** Only those whose rule is below its minimum. */
  readonly belowMinimum?: boolean | undefined;
}

export interface CardRequest extends PageRequest {
  readonly item: string;
  readonly location: string;
  /** From this instant on. */
  readonly from?: Instant | undefined;
  /** Up to, and not at, this instant. */
  readonly to?: Instant | undefined;
}

export interface StockSummaryRequest extends NumberedRequest {
  /** What was there just before this instant is the opening; 0 everywhere, if left out. */
  readonly from?: Instant | undefined;
  /** Up to, and not at, this instant; up to now, if left out. */
  readonly to?: Instant | undefined;
  /** This location alone, without those below it. */
  readonly location?: string | undefined;
  readonly item?: string | undefined;
  /** Items of this category or one below it. */
  readonly categoryTree?: string | undefined;
}

export interface StockDetailRequest extends NumberedRequest {
  /** This location alone, without those below it. */
  readonly location: string;
  readonly item?: string | undefined;
  /** Only these flows, as the location sees them; all, if left out. */
  readonly flows?: readonly PlaceFlow[] | undefined;
  /** From this instant on. */
  readonly from?: Instant | undefined;
  /** Up to, and not at, this instant. */
  readonly to?: Instant | undefined;
}

export interface ThresholdFilter extends PageRequest {
  readonly depleted?: boolean | undefined;
}

/** Which items; what is left out takes all. */
export interface ItemFilter {
  /** Part of SKU or name, without regard to case. */
  readonly query?: string | undefined;
  /** Part of the name, taken as it is written, without regard to case. */
  readonly name?: string | undefined;
  /** Of this category itself, not of those below it. */
  readonly category?: string | undefined;
  /** Of this category or of one below it. */
  readonly categoryTree?: string | undefined;
  readonly manufacturer?: string | undefined;
  /** Only archived items, or only the others; both, if left out. */
  readonly archived?: boolean | undefined;
}

export interface ItemsRequest extends ItemFilter, PageRequest {}

/**
 * Which movements; what is left out takes all. One and the same line must match item, location,
 * flows, origin, destination and quantity.
 */
export interface TransactionFilter {
  readonly kinds?: readonly MovementKind[] | undefined;
  readonly item?: string | undefined;
  /** Where a line comes from or goes to, with everything below it. */
  readonly location?: string | undefined;
  /** Where a line comes from, with everything below it. */
  readonly origin?: string | undefined;
  /** Where a line comes from, this place itself. */
  readonly originAlone?: string | undefined;
  /** Where a line goes to, with everything below it. */
  readonly destination?: string | undefined;
  /** Where a line goes to, this place itself. */
  readonly destinationAlone?: string | undefined;
  readonly flows?: readonly Flow[] | undefined;
  /** Of one line, in the item's unit; what an item's precision cannot say matches none of it. */
  readonly quantity?: QuantityInput | undefined;
  /** The reference as it was given, whole. */
  readonly reference?: string | undefined;
  /** Part of the reference, taken as it is written, without regard to case. */
  readonly referencePart?: string | undefined;
  /** Part of the reason, taken as it is written, without regard to case. */
  readonly reasonPart?: string | undefined;
  /** Who did it, as it was given, whole. */
  readonly actor?: string | undefined;
  /** Occurred from this instant on. */
  readonly from?: Instant | undefined;
  /** Occurred before, and not at, this instant. */
  readonly to?: Instant | undefined;
}

export interface TransactionsRequest extends TransactionFilter, PageRequest {
  /** By (occurredAt, sequence); `descending`, the latest first, if left out. */
  readonly order?: "ascending" | "descending" | undefined;
}

export interface TransactionPageRequest extends TransactionFilter, NumberedRequest {
  /** By (occurredAt, sequence); `descending`, the latest first, if left out. */
  readonly order?: TransactionsRequest["order"];
}

export interface FlowRequest {
  /** With everything below it: a line counts once if either end of it is there. */
  readonly location: string;
  /** From this instant on. */
  readonly from: Instant;
  /** Up to, and not at, this instant. */
  readonly to: Instant;
  /** One row for all of it, or one for each local day, at most 3,660 of them. */
  readonly per: "range" | "day";
}

export interface ValuationFilter extends PageRequest {
  readonly item?: string | undefined;
  /** With everything below it. */
  readonly location?: string | undefined;
}

export interface EventsRequest {
  /** `after` of the page before: only later events; from the beginning, if left out. */
  readonly after?: number | undefined;
  /** 1 to 1,000; 100 if left out. */
  readonly limit?: number | undefined;
  /** Only events of these types; all, if left out. */
  readonly types?: readonly EventType[] | undefined;
}

/** Events in order, without a gap but for the types that were left out. */
export interface EventPage {
  readonly rows: readonly EventView[];
  /** Where to go on, now or when more has happened. */
  readonly after: number;
  /** Whether there is more already. */
  readonly more: boolean;
}

export interface ValuationPage extends Page<ValuationRow> {
  /** Over everything that was asked for, not this page alone. */
  readonly totals: readonly Money[];
}

export interface VerifyOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

type ReadFault = Busy | StoreFault;

export interface LedgerService extends PublicIds {
  readonly settings: LedgerSettings;
  /** Submits a command; done when it is durable. */
  readonly submit: (command: Command) => Effect.Effect<Receipt, SubmitError>;
  /** Submits commands that are done together or not at all. */
  readonly submitAll: (
    commands: readonly Command[],
  ) => Effect.Effect<readonly Receipt[], SubmitError>;
  /**
   * Submits commands in order, each for itself; the verdicts come in the same order. When
   * it fails, some may be done: give them idempotency keys
   * and submit them again.
   */
  readonly submitEach: (
    commands: readonly Command[],
  ) => Effect.Effect<readonly Verdict[], StoreError>;
  /** What commands would come to, one after another; changes nothing. */
  readonly preview: (
    commands: readonly Command[],
  ) => Effect.Effect<readonly Receipt[], SubmitError>;

  readonly item: (id: string) => Effect.Effect<Item, ReadFault | NotFound>;
  /** The same with when it was last changed. */
  readonly datedItem: (id: string) => Effect.Effect<DatedItem, ReadFault | NotFound>;
  readonly items: (filter?: ItemsRequest) => Effect.Effect<Page<Item>, ReadError>;
  /** Items by number, in the order they were made, each with when it was last changed. */
  readonly itemPage: (
    request?: ItemFilter & NumberedRequest,
  ) => Effect.Effect<NumberedPage<DatedItem>, ReadError>;
  readonly locations: Effect.Effect<readonly Location[], ReadFault>;
  /**
   * What there is in locations and everything below them, in the order they are asked for, at most
   * 1,000 of them; all of one moment. The cost grows with them alone.
   */
  readonly summaries: (
    locations: readonly string[],
  ) => Effect.Effect<readonly LocationSummary[], ReadError>;
  /** What lies right below a location, by name, then id. */
  readonly children: (request: ChildrenRequest) => Effect.Effect<NumberedPage<Location>, ReadError>;
  readonly categories: Effect.Effect<readonly Category[], ReadFault>;
  readonly manufacturers: Effect.Effect<readonly Manufacturer[], ReadFault>;

  /** What there is now, by item and location. */
  readonly stock: (filter?: StockFilter) => Effect.Effect<Page<StockView>, ReadError>;
  /** Items at locations where they have moved or have a threshold rule, by item and location. */
  readonly stockItems: (filter?: StockItemFilter) => Effect.Effect<Page<StockItemView>, ReadError>;
  /** One of them. */
  readonly stockItem: (item: string, location: string) => Effect.Effect<StockItemView, ReadError>;
  /** What there was of an item at a location, lots together. */
  readonly stockAsOf: (
    item: string,
    location: string,
    asOf: AsOf,
  ) => Effect.Effect<StockView, ReadError>;
  /**
   * What there was at a moment, by item and location, lots together. A page may have fewer rows
   * than its limit, or none, and `next` still tell where to go on: that is where `nonZero` leaves
   * out many places one after another.
   */
  readonly stockAt: (request: StockFilter & AsOf) => Effect.Effect<Page<StockView>, ReadError>;
  readonly card: (request: CardRequest) => Effect.Effect<Card, ReadError>;
  /**
   * Opening, in, out and closing of every item and location pair that has moved before `to`, lots
   * together, by the numbers of item and location. A page costs what its rows and the number of
   * pairs cost, whatever the length of the history.
   */
  readonly stockSummary: (
    request?: StockSummaryRequest,
  ) => Effect.Effect<NumberedPage<StockSummaryRow>, ReadError>;
  /**
   * The lines that change what is on hand at a location, by (occurredAt, sequence, line), each with
   * what it left of its item there. Filters hide rows and never change a balance. A page costs
   * what happened in its hours, whatever the length of the history; only with both `item` and
   * `flows`, all lines of the item there between `from` and `to` are gone through.
   */
  readonly stockDetail: (
    request: StockDetailRequest,
  ) => Effect.Effect<NumberedPage<StockDetailRow>, ReadError>;
  readonly thresholds: (filter?: ThresholdFilter) => Effect.Effect<Page<ThresholdView>, ReadError>;
  /** What to order, for every threshold rule below its minimum in position. */
  readonly plan: Effect.Effect<readonly PlanRow[], ReadFault>;
  readonly reservations: (page?: PageRequest) => Effect.Effect<Page<CommitmentView>, ReadError>;
  readonly shipments: (page?: PageRequest) => Effect.Effect<Page<CommitmentView>, ReadError>;
  /** An open reservation, by the sequence of the movement that opened it. */
  readonly reservation: (sequence: number) => Effect.Effect<CommitmentView, ReadFault | NotFound>;
  /** A shipment on its way, by the sequence of the movement that dispatched it. */
  readonly shipment: (sequence: number) => Effect.Effect<CommitmentView, ReadFault | NotFound>;

  /**
   * Movements by (occurredAt, sequence), the latest first unless asked otherwise. A line of each
   * matches both item and location. What is recorded meanwhile shows up where it belongs in the
   * order, or not at all if that page was read already; nothing else moves.
   */
  readonly transactions: (
    request?: TransactionsRequest,
  ) => Effect.Effect<Page<TransactionView>, ReadError>;
  /** The same by numbers, with how many there are. */
  readonly transactionPage: (
    request?: TransactionPageRequest,
  ) => Effect.Effect<NumberedPage<TransactionView>, ReadError>;
  readonly transaction: (sequence: number) => Effect.Effect<TransactionView, ReadFault | NotFound>;
  /** What movements came to by kind, counting the lines that match. */
  readonly statistics: (
    filter?: TransactionFilter,
  ) => Effect.Effect<TransactionStatistics, ReadError>;
  /** What came in, went out, was moved and was corrected at a location and below it. */
  readonly flowStatistics: (
    request: FlowRequest,
  ) => Effect.Effect<readonly FlowStatistics[], ReadError>;
  /** What the stock on hand is worth, by item and location, lots together. */
  readonly valuation: (filter?: ValuationFilter) => Effect.Effect<ValuationPage, ReadError>;

  /** The sequence of the latest entry. */
  readonly head: Effect.Effect<number, ReadFault>;
  readonly entry: (sequence: number) => Effect.Effect<Entry, ReadFault | NotFound>;
  /** All entries after a sequence, in order, up to the present one; gapless. */
  readonly entries: (after?: number) => Stream.Stream<Entry, ReadFault>;
  /**
   * The same as events, a page at a time, in the items' units. A page may have fewer rows than its
   * limit while there is more: go on from its `after` for as long as `more` says so.
   */
  readonly events: (request?: EventsRequest) => Effect.Effect<EventPage, ReadError>;
  /** Recomputes every stored figure from the entries and tells what differs. */
  readonly verify: (options?: VerifyOptions) => Effect.Effect<Verification, ReadFault>;
}
