// Generated from the contract by `npm run generate -w packages/client`.

import type { Answer, PagedAnswer } from "../Answer.js";
import type { CallOptions, Conditional, Keyed, Matching, QueryOf } from "../Options.js";
import type * as schema from "./schema.js";

/** What `items.list` can be asked for. */
export type ItemsListQuery = QueryOf<
  NonNullable<schema.operations["items.list"]["parameters"]["query"]>
>;

/** What `stock.list` can be asked for. */
export type StockListQuery = QueryOf<
  NonNullable<schema.operations["stock.list"]["parameters"]["query"]>
>;

/** What `stock.card` can be asked for. */
export type StockCardQuery = QueryOf<
  NonNullable<schema.operations["stock.card"]["parameters"]["query"]>
>;

/** What `stock.valuation` can be asked for. */
export type StockValuationQuery = QueryOf<
  NonNullable<schema.operations["stock.valuation"]["parameters"]["query"]>
>;

/** What `reservations.list` can be asked for. */
export type ReservationsListQuery = QueryOf<
  NonNullable<schema.operations["reservations.list"]["parameters"]["query"]>
>;

/** What `shipments.list` can be asked for. */
export type ShipmentsListQuery = QueryOf<
  NonNullable<schema.operations["shipments.list"]["parameters"]["query"]>
>;

/** What `thresholds.list` can be asked for. */
export type ThresholdsListQuery = QueryOf<
  NonNullable<schema.operations["thresholds.list"]["parameters"]["query"]>
>;

/** What `thresholds.low` can be asked for. */
export type ThresholdsLowQuery = QueryOf<
  NonNullable<schema.operations["thresholds.low"]["parameters"]["query"]>
>;

/** What `transactions.list` can be asked for. */
export type TransactionsListQuery = QueryOf<
  NonNullable<schema.operations["transactions.list"]["parameters"]["query"]>
>;

/** What `transactions.statistics` can be asked for. */
export type TransactionsStatisticsQuery = QueryOf<
  NonNullable<schema.operations["transactions.statistics"]["parameters"]["query"]>
>;

/** What `events.list` can be asked for. */
export type EventsListQuery = QueryOf<
  NonNullable<schema.operations["events.list"]["parameters"]["query"]>
>;

/** What `webhooks.deliveries` can be asked for. */
export type WebhooksDeliveriesQuery = QueryOf<
  NonNullable<schema.operations["webhooks.deliveries"]["parameters"]["query"]>
>;

/** `stockbook.items` */
export interface ItemsOperations {
  /** All items, or those that match. */
  list(query?: ItemsListQuery, options?: CallOptions): PagedAnswer<schema.ItemPage>;

  /** One item. */
  get(id: string, options?: CallOptions): Answer<schema.Item>;

  /**
   * Create or change an item.
   *
   * Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
   */
  put(id: string, body: schema.ItemChanges, options?: CallOptions & Keyed & Conditional): Answer<schema.Item>;
}

/** `stockbook.categories` */
export interface CategoriesOperations {
  /** All categories. */
  list(options?: CallOptions): Answer<schema.CategoryList>;

  /** One category. */
  get(id: string, options?: CallOptions): Answer<schema.Category>;

  /**
   * Create or change a category.
   *
   * Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
   */
  put(id: string, body: schema.CategoryChanges, options?: CallOptions & Keyed & Conditional): Answer<schema.Category>;
}

/** `stockbook.manufacturers` */
export interface ManufacturersOperations {
  /** All manufacturers. */
  list(options?: CallOptions): Answer<schema.ManufacturerList>;

  /** One manufacturer. */
  get(id: string, options?: CallOptions): Answer<schema.Manufacturer>;

  /**
   * Create or change a manufacturer.
   *
   * Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
   */
  put(id: string, body: schema.ManufacturerChanges, options?: CallOptions & Keyed & Conditional): Answer<schema.Manufacturer>;
}

/** `stockbook.locations` */
export interface LocationsOperations {
  /** All locations; each names its parent. */
  list(options?: CallOptions): Answer<schema.LocationList>;

  /** One location. */
  get(id: string, options?: CallOptions): Answer<schema.Location>;

  /**
   * Create or change a location; a new parent moves it.
   *
   * Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
   */
  put(id: string, body: schema.LocationChanges, options?: CallOptions & Keyed & Conditional): Answer<schema.Location>;
}

/** `stockbook.movements` */
export interface MovementsOperations {
  /**
   * Move stock: receive, issue, transfer, adjust, reverse …
   *
   * All lines together or nothing. `occurredAt` may lie in the past; the movement is then judged on every later moment, too.
   */
  create(body: schema.MovementCommand, options?: CallOptions & Keyed): Answer<schema.Receipt>;

  /** Book what was counted. */
  count(body: schema.CountInput, options?: CallOptions & Keyed): Answer<schema.Receipt>;

  /** Up to 1,000 commands in one request. */
  batch(body: schema.Batch, options?: CallOptions & Keyed): Answer<schema.BatchResult>;

  /** What commands would come to, one after another; changes nothing. */
  preview(body: schema.Preview, options?: CallOptions): Answer<schema.PreviewResult>;
}

/** `stockbook.stock` */
export interface StockOperations {
  /**
   * What there is, or was at a moment.
   *
   * With `at`: what had happened up to that moment, lots together; with `sequence` or `recordedAt` besides: as the book stood then.
   */
  list(query?: StockListQuery, options?: CallOptions): PagedAnswer<schema.StockPage>;

  /** What happened to one item at one location. */
  card(query: StockCardQuery, options?: CallOptions): PagedAnswer<schema.Card>;

  /** What the stock on hand is worth. */
  valuation(query?: StockValuationQuery, options?: CallOptions): PagedAnswer<schema.Valuation>;
}

/** `stockbook.reservations` */
export interface ReservationsOperations {
  /** Open reservations. */
  list(query?: ReservationsListQuery, options?: CallOptions): PagedAnswer<schema.CommitmentPage>;

  /** Reserve stock for somebody. */
  create(body: schema.ReserveInput, options?: CallOptions & Keyed): Answer<schema.Receipt>;

  /** One open reservation. */
  get(sequence: number, options?: CallOptions): Answer<schema.Commitment>;

  /** Give what is reserved, or part of it, free again. */
  release(sequence: number, body: schema.Draw, options?: CallOptions & Keyed): Answer<schema.Receipt>;

  /** Hand over what is reserved, or part of it. */
  fulfil(sequence: number, body: schema.Draw, options?: CallOptions & Keyed): Answer<schema.Receipt>;
}

/** `stockbook.shipments` */
export interface ShipmentsOperations {
  /** What is in transit between locations. */
  list(query?: ShipmentsListQuery, options?: CallOptions): PagedAnswer<schema.CommitmentPage>;

  /** One shipment in transit. */
  get(sequence: number, options?: CallOptions): Answer<schema.Commitment>;
}

/** `stockbook.thresholds` */
export interface ThresholdsOperations {
  /** Threshold rules, and how the stock stands against them. */
  list(query?: ThresholdsListQuery, options?: CallOptions): PagedAnswer<schema.ThresholdPage>;

  /** What is below its minimum. */
  low(query?: ThresholdsLowQuery, options?: CallOptions): PagedAnswer<schema.ThresholdPage>;

  /** Set the threshold of an item at a location and all below it. */
  put(item: string, location: string, body: schema.ThresholdInput, options?: CallOptions & Keyed): Answer<schema.Receipt>;

  /** Remove a threshold. */
  remove(item: string, location: string, options?: CallOptions & Keyed): Answer<schema.Receipt>;

  /** What to order, and why. */
  plan(options?: CallOptions): Answer<schema.PlanList>;
}

/** `stockbook.transactions` */
export interface TransactionsOperations {
  /** Movements with their lines, the latest first. */
  list(query?: TransactionsListQuery, options?: CallOptions): PagedAnswer<schema.TransactionPage>;

  /** What movements came to, by kind. */
  statistics(query?: TransactionsStatisticsQuery, options?: CallOptions): Answer<schema.TransactionStatistics>;

  /** One movement with its lines. */
  get(sequence: number, options?: CallOptions): Answer<schema.Transaction>;
}

/** `stockbook.events` */
export interface EventsOperations {
  /**
   * Everything that happened after a sequence, in order.
   *
   * Gapless. Go on with `after` of the answer; at the end it gives an empty page, and later what has happened since.
   */
  list(query?: EventsListQuery, options?: CallOptions): PagedAnswer<schema.EventPage>;
}

/** `stockbook.organisations` */
export interface OrganisationsOperations {
  /** The organisation the key belongs to. */
  own(options?: CallOptions): Answer<schema.Organisation>;

  /** All organisations, for the operator of the server. */
  list(options?: CallOptions): Answer<schema.OrganisationList>;

  /** Make an organisation, with a live and a test ledger. */
  create(body: schema.NewOrganisation, options?: CallOptions): Answer<schema.Organisation>;

  /** One organisation, for the operator of the server. */
  get(id: string, options?: CallOptions): Answer<schema.Organisation>;

  /** Change the name, the plan or the options of an organisation. */
  change(id: string, body: schema.OrganisationChanges, options: CallOptions & Matching): Answer<schema.Organisation>;
}

/** `stockbook.keys` */
export interface KeysOperations {
  /** All keys of the organisation. */
  list(options?: CallOptions): Answer<schema.KeyList>;

  /** Make a key; its secret is shown once. */
  create(body: schema.NewKey, options?: CallOptions & Keyed): Answer<schema.CreatedKey>;

  /** One key. */
  get(id: string, options?: CallOptions): Answer<schema.Key>;

  /** Change a key's name, rights or state. */
  change(id: string, body: schema.KeyChanges, options: CallOptions & Matching): Answer<schema.Key>;

  /** Revoke a key, at once and for ever. */
  revoke(id: string, options?: CallOptions): Answer<schema.Key>;

  /** A new key with the same rights; the old one ends a little later. */
  rotate(id: string, body: schema.KeyRotation, options?: CallOptions & Keyed): Answer<schema.CreatedKey>;
}

/** `stockbook.webhooks` */
export interface WebhooksOperations {
  /** All endpoints of the ledger. */
  list(options?: CallOptions): Answer<schema.WebhookEndpointList>;

  /**
   * Make an endpoint; its secret is shown once.
   *
   * It is told of what happens from now on in the ledger that the key opens. An organisation has 20 endpoints in each ledger at most.
   */
  create(body: schema.NewWebhookEndpoint, options?: CallOptions & Keyed): Answer<schema.CreatedWebhookEndpoint>;

  /** One endpoint. */
  get(id: string, options?: CallOptions): Answer<schema.WebhookEndpoint>;

  /** Change an endpoint, or switch it on or off. */
  change(id: string, body: schema.WebhookEndpointChanges, options: CallOptions & Matching): Answer<schema.WebhookEndpoint>;

  /**
   * Remove an endpoint with all its deliveries.
   *
   * Answers with the endpoint as it was.
   */
  remove(id: string, options?: CallOptions): Answer<schema.WebhookEndpoint>;

  /** A new secret; the old one signs along for a while. */
  rotate(id: string, body: schema.WebhookSecretRotation, options?: CallOptions): Answer<schema.CreatedWebhookEndpoint>;

  /** Send a message that says it is a test. */
  test(id: string, options?: CallOptions): Answer<schema.WebhookDelivery>;

  /** Send again all that failed in a range of time. */
  recover(id: string, body: schema.WebhookRecovery, options?: CallOptions): Answer<schema.WebhookRecovered>;

  /** What was sent to an endpoint, the latest first. */
  deliveries(id: string, query?: WebhooksDeliveriesQuery, options?: CallOptions): PagedAnswer<schema.WebhookDeliveryPage>;

  /** One delivery with its body and every attempt. */
  delivery(id: string, message: string, options?: CallOptions): Answer<schema.WebhookDeliveryDetails>;

  /** Send the same message once more, whatever became of it. */
  resend(id: string, message: string, options?: CallOptions): Answer<schema.WebhookDelivery>;
}

/** `stockbook.system` */
export interface SystemOperations {
  /** The process runs. */
  live(options?: CallOptions): Answer<schema.Health>;

  /** The store can be read, and the server is not stopping. */
  ready(options?: CallOptions): Answer<schema.Health>;
}

/** The operations of the API, by group and name. */
export interface Groups {
  readonly items: ItemsOperations;
  readonly categories: CategoriesOperations;
  readonly manufacturers: ManufacturersOperations;
  readonly locations: LocationsOperations;
  readonly movements: MovementsOperations;
  readonly stock: StockOperations;
  readonly reservations: ReservationsOperations;
  readonly shipments: ShipmentsOperations;
  readonly thresholds: ThresholdsOperations;
  readonly transactions: TransactionsOperations;
  readonly events: EventsOperations;
  readonly organisations: OrganisationsOperations;
  readonly keys: KeysOperations;
  readonly webhooks: WebhooksOperations;
  readonly system: SystemOperations;
}

/** A client's groups as its own properties. */
export abstract class GroupedClient implements Groups {
  readonly items: ItemsOperations;
  readonly categories: CategoriesOperations;
  readonly manufacturers: ManufacturersOperations;
  readonly locations: LocationsOperations;
  readonly movements: MovementsOperations;
  readonly stock: StockOperations;
  readonly reservations: ReservationsOperations;
  readonly shipments: ShipmentsOperations;
  readonly thresholds: ThresholdsOperations;
  readonly transactions: TransactionsOperations;
  readonly events: EventsOperations;
  readonly organisations: OrganisationsOperations;
  readonly keys: KeysOperations;
  readonly webhooks: WebhooksOperations;
  readonly system: SystemOperations;

  protected constructor(groups: Groups) {
    this.items = groups.items;
    this.categories = groups.categories;
    this.manufacturers = groups.manufacturers;
    this.locations = groups.locations;
    this.movements = groups.movements;
    this.stock = groups.stock;
    this.reservations = groups.reservations;
    this.shipments = groups.shipments;
    this.thresholds = groups.thresholds;
    this.transactions = groups.transactions;
    this.events = groups.events;
    this.organisations = groups.organisations;
    this.keys = groups.keys;
    this.webhooks = groups.webhooks;
    this.system = groups.system;
  }
}
