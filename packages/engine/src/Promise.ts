/** The Promise face: the engine for programs that do not use Effect. */
import type {
  Category,
  Command,
  Entry,
  Instant,
  Item,
  LedgerSettings,
  Location,
  Manufacturer,
} from "@stockbook/core";
import { Cause, Chunk, Effect, Exit, Layer, ManagedRuntime, Stream } from "effect";
import type { StoreError } from "./Errors.js";
import type {
  AsOf,
  CardRequest,
  ChildrenRequest,
  EventPage,
  EventsRequest,
  FlowRequest,
  ItemFilter,
  ItemsRequest,
  LedgerService,
  NumberedPage,
  NumberedRequest,
  Page,
  PageRequest,
  StockDetailRequest,
  StockFilter,
  StockItemFilter,
  StockSummaryRequest,
  ThresholdFilter,
  TransactionFilter,
  TransactionPageRequest,
  TransactionsRequest,
  ValuationFilter,
  ValuationPage,
  VerifyOptions,
} from "./Ledger.js";
import { type LedgerRequest, Stockbook } from "./Stockbook.js";
import type { LedgerStore } from "./Store.js";
import type {
  Card,
  CommitmentView,
  DatedItem,
  FlowStatistics,
  LocationSummary,
  PlanRow,
  Receipt,
  StockDetailRow,
  StockItemView,
  StockSummaryRow,
  StockView,
  ThresholdView,
  TransactionStatistics,
  TransactionView,
  Verdict,
  Verification,
} from "./Views.js";

export interface OpenOptions extends LedgerRequest {
  /** Where the ledger is kept: `memory()`, `sqlite("stock.db")` … */
  readonly store: Layer.Layer<LedgerStore, StoreError>;
}

/** A method for each command, under the command's name. */
const COMMAND_METHODS = {
  receive: "receive",
  issue: "issue",
  transfer: "transfer",
  dispatch: "dispatch",
  arrive: "arrive",
  adjust: "adjust",
  count: "count",
  reserve: "reserve",
  release: "release",
  fulfil: "fulfil",
  hold: "hold",
  unhold: "unhold",
  reverse: "reverse",
  setThreshold: "set-threshold",
  removeThreshold: "remove-threshold",
  putItem: "put-item",
  putCategory: "put-category",
  putManufacturer: "put-manufacturer",
  putLocation: "put-location",
} as const satisfies Readonly<Record<string, Command["type"]>>;

type CommandNamed<Type extends Command["type"]> = Extract<Command, { readonly type: Type }>;

/** A command without its type, whose `occurredAt` may also be a `Date`. */
export type CommandInput<Type extends Command["type"]> = Omit<
  CommandNamed<Type>,
  "type" | "occurredAt"
> &
  ("occurredAt" extends keyof CommandNamed<Type>
    ? { readonly occurredAt?: Instant | Date | undefined }
    : unknown);

type CommandMethods = {
  readonly [Method in keyof typeof COMMAND_METHODS]: (
    command: CommandInput<(typeof COMMAND_METHODS)[Method]>,
  ) => Promise<Receipt>;
};

/**
 * A ledger whose methods give promises. They reject with `Rejected`, `Busy`, `StoreFault`,
 * `OutcomeUnknown`, `NotFound` or `InvalidRequest`, all of them real classes.
 */
export interface OpenedStockbook extends CommandMethods, AsyncDisposable {
  readonly settings: LedgerSettings;
  readonly submit: (command: Command) => Promise<Receipt>;
  readonly submitAll: (commands: readonly Command[]) => Promise<readonly Receipt[]>;
  readonly submitEach: (commands: readonly Command[]) => Promise<readonly Verdict[]>;
  readonly preview: (commands: readonly Command[]) => Promise<readonly Receipt[]>;
  readonly item: (id: string) => Promise<Item>;
  readonly datedItem: (id: string) => Promise<DatedItem>;
  readonly items: (filter?: ItemsRequest) => Promise<Page<Item>>;
  readonly itemPage: (request?: ItemFilter & NumberedRequest) => Promise<NumberedPage<DatedItem>>;
  readonly locations: () => Promise<readonly Location[]>;
  readonly summaries: (locations: readonly string[]) => Promise<readonly LocationSummary[]>;
  readonly children: (request: ChildrenRequest) => Promise<NumberedPage<Location>>;
  readonly categories: () => Promise<readonly Category[]>;
  readonly manufacturers: () => Promise<readonly Manufacturer[]>;
  readonly stock: (filter?: StockFilter) => Promise<Page<StockView>>;
  readonly stockItems: (filter?: StockItemFilter) => Promise<Page<StockItemView>>;
  readonly stockItem: (item: string, location: string) => Promise<StockItemView>;
  readonly stockAsOf: (item: string, location: string, asOf: AsOf) => Promise<StockView>;
  readonly stockAt: (request: StockFilter & AsOf) => Promise<Page<StockView>>;
  readonly card: (request: CardRequest) => Promise<Card>;
  readonly stockSummary: (request?: StockSummaryRequest) => Promise<NumberedPage<StockSummaryRow>>;
  readonly stockDetail: (request: StockDetailRequest) => Promise<NumberedPage<StockDetailRow>>;
  readonly thresholds: (filter?: ThresholdFilter) => Promise<Page<ThresholdView>>;
  readonly plan: () => Promise<readonly PlanRow[]>;
  readonly reservations: (page?: PageRequest) => Promise<Page<CommitmentView>>;
  readonly shipments: (page?: PageRequest) => Promise<Page<CommitmentView>>;
  readonly reservation: (sequence: number) => Promise<CommitmentView>;
  readonly shipment: (sequence: number) => Promise<CommitmentView>;
  readonly transactions: (request?: TransactionsRequest) => Promise<Page<TransactionView>>;
  readonly transactionPage: (
    request?: TransactionPageRequest,
  ) => Promise<NumberedPage<TransactionView>>;
  readonly transaction: (sequence: number) => Promise<TransactionView>;
  readonly statistics: (filter?: TransactionFilter) => Promise<TransactionStatistics>;
  readonly flowStatistics: (request: FlowRequest) => Promise<readonly FlowStatistics[]>;
  readonly valuation: (filter?: ValuationFilter) => Promise<ValuationPage>;
  readonly head: () => Promise<number>;
  readonly entry: (sequence: number) => Promise<Entry>;
  /** All entries after a sequence, in order, up to the present one. */
  readonly entries: (after?: number) => AsyncIterable<Entry>;
  readonly events: (request?: EventsRequest) => Promise<EventPage>;
  readonly verify: (options?: VerifyOptions) => Promise<Verification>;
  /** Ends when what was submitted is done; also by `await using`. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a ledger.
 *
 * @example
 * await using stock = await openStockbook({ store: memory() });
 * await stock.putLocation({ id: "shop" });
 * await stock.putItem({ sku: "TEA" });
 * await stock.receive({ location: "shop", lines: [{ item: "TEA", quantity: 12 }] });
 */
export async function openStockbook(options: OpenOptions): Promise<OpenedStockbook> {
  const { store, ...request } = options;
  const runtime = ManagedRuntime.make(Layer.provide(Stockbook.layer(), store));
  const run = async <A, E>(effect: Effect.Effect<A, E, Stockbook>): Promise<A> => {
    const exit = await runtime.runPromiseExit(effect);
    if (Exit.isSuccess(exit)) return exit.value;
    // The class itself, not the wrapper that `runPromise` would reject with.
    throw Cause.squash(exit.cause);
  };
  try {
    const ledger = await run(Effect.flatMap(Stockbook, (service) => service.ledger(request)));
    return opened(ledger, run, () => runtime.dispose());
  } catch (error) {
    await runtime.dispose();
    throw error;
  }
}

type Run = <A, E>(effect: Effect.Effect<A, E, Stockbook>) => Promise<A>;

function opened(ledger: LedgerService, run: Run, close: () => Promise<void>): OpenedStockbook {
  return {
    ...commandMethods((command) => run(ledger.submit(command))),
    settings: ledger.settings,
    submit: (command) => run(ledger.submit(command)),
    submitAll: (commands) => run(ledger.submitAll(commands)),
    submitEach: (commands) => run(ledger.submitEach(commands)),
    preview: (commands) => run(ledger.preview(commands)),
    item: (id) => run(ledger.item(id)),
    datedItem: (id) => run(ledger.datedItem(id)),
    items: (filter) => run(ledger.items(filter)),
    itemPage: (request) => run(ledger.itemPage(request)),
    locations: () => run(ledger.locations),
    summaries: (locations) => run(ledger.summaries(locations)),
    children: (request) => run(ledger.children(request)),
    categories: () => run(ledger.categories),
    manufacturers: () => run(ledger.manufacturers),
    stock: (filter) => run(ledger.stock(filter)),
    stockItems: (filter) => run(ledger.stockItems(filter)),
    stockItem: (item, location) => run(ledger.stockItem(item, location)),
    stockAsOf: (item, location, asOf) => run(ledger.stockAsOf(item, location, asOf)),
    stockAt: (request) => run(ledger.stockAt(request)),
    card: (request) => run(ledger.card(request)),
    stockSummary: (request) => run(ledger.stockSummary(request)),
    stockDetail: (request) => run(ledger.stockDetail(request)),
    thresholds: (filter) => run(ledger.thresholds(filter)),
    plan: () => run(ledger.plan),
    reservations: (page) => run(ledger.reservations(page)),
    shipments: (page) => run(ledger.shipments(page)),
    reservation: (sequence) => run(ledger.reservation(sequence)),
    shipment: (sequence) => run(ledger.shipment(sequence)),
    transactions: (request) => run(ledger.transactions(request)),
    transactionPage: (request) => run(ledger.transactionPage(request)),
    transaction: (sequence) => run(ledger.transaction(sequence)),
    statistics: (filter) => run(ledger.statistics(filter)),
    flowStatistics: (request) => run(ledger.flowStatistics(request)),
    valuation: (filter) => run(ledger.valuation(filter)),
    head: () => run(ledger.head),
    entry: (sequence) => run(ledger.entry(sequence)),
    entries: (after) => feed(ledger, run, after ?? 0),
    events: (request) => run(ledger.events(request)),
    verify: (options) => run(ledger.verify(options)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function commandMethods(submit: (command: Command) => Promise<Receipt>): CommandMethods {
  const methods = Object.entries(COMMAND_METHODS).map(([method, type]) => [
    method,
    (input: CommandInput<Command["type"]>) => submit(commandOf(type, input)),
  ]);
  // Built from the table that the type is built from.
  return Object.fromEntries(methods) as CommandMethods;
}

function commandOf(type: Command["type"], input: CommandInput<Command["type"]>): Command {
  const { occurredAt } = input as { readonly occurredAt?: unknown };
  const at = occurredAt instanceof Date ? { occurredAt: occurredAt.getTime() } : {};
  // `type` and `input` belong together by the type of the method.
  return { ...input, ...at, type } as Command;
}

const FEED_PAGE = 1_000;

async function* feed(ledger: LedgerService, run: Run, after: number): AsyncIterable<Entry> {
  let from = after;
  for (;;) {
    const page = await run(Stream.runCollect(Stream.take(ledger.entries(from), FEED_PAGE)));
    yield* page;
    const last = Chunk.last(page);
    if (last._tag === "None" || page.length < FEED_PAGE) return;
    from = last.value.sequence;
  }
}
