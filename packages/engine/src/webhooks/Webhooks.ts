/** Webhooks: who wants to be told of what happens in a ledger, and what became of it. */

import type { Instant } from "@stockbook/core";
import { Context, type Effect, Layer } from "effect";
import type { Conflict, OnlyIf } from "../access/Terms.js";
import type { InvalidRequest, NotFound, Stale, StoreError } from "../Errors.js";
import type { LedgerMode, LedgerStore } from "../Store.js";
import type { WebhookSecrets } from "./SecretBox.js";
import { makeWebhooks, type WebhookOptions } from "./Service.js";
import type {
  CreatedEndpoint,
  DeliveryDetails,
  DeliveryStatus,
  DeliveryView,
  EndpointChanges,
  EndpointView,
  NewEndpoint,
} from "./Terms.js";
import type { WebhookStore } from "./WebhookStore.js";

export * from "./Terms.js";

export type WebhookError = StoreError | NotFound | InvalidRequest | Conflict;

/** A ledger by its owner. */
export interface Owner {
  readonly organisation: string;
  readonly mode: LedgerMode;
}

export interface DeliveriesRequest {
  readonly status?: DeliveryStatus | undefined;
  readonly type?: string | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}

export interface WebhookService {
  /** Oldest first. */
  readonly endpoints: (owner: Owner) => Effect.Effect<readonly EndpointView[], WebhookError>;
  readonly endpoint: (owner: Owner, id: string) => Effect.Effect<EndpointView, WebhookError>;
  /** At most 20 in each ledger. */
  readonly createEndpoint: (endpoint: NewEndpoint) => Effect.Effect<CreatedEndpoint, WebhookError>;
  readonly changeEndpoint: (
    owner: Owner,
    id: string,
    changes: EndpointChanges,
    condition?: OnlyIf<EndpointView>,
  ) => Effect.Effect<EndpointView, WebhookError | Stale>;
  /** With all its deliveries. */
  readonly removeEndpoint: (owner: Owner, id: string) => Effect.Effect<void, WebhookError>;
  /**
   * A new secret; the old ones sign along for `overlapMs` more: a day, at most 7. A conflict
   * where more than 10 would.
   */
  readonly rotateSecret: (
    owner: Owner,
    id: string,
    options?: { readonly overlapMs?: number | undefined; readonly secret?: string | undefined },
  ) => Effect.Effect<CreatedEndpoint, WebhookError>;

  /** Latest first. */
  readonly deliveries: (
    owner: Owner,
    id: string,
    request: DeliveriesRequest,
  ) => Effect.Effect<
    { readonly rows: readonly DeliveryView[]; readonly next: number | null },
    WebhookError
  >;
  readonly delivery: (
    owner: Owner,
    id: string,
    message: string,
  ) => Effect.Effect<DeliveryDetails, WebhookError>;
  /** The same message once more, whatever became of it. */
  readonly resend: (
    owner: Owner,
    id: string,
    message: string,
  ) => Effect.Effect<DeliveryView, WebhookError>;
  /**
   * All that failed in a range of at most 14 days, 10,000 at a time; how many there were. Where
   * it breaks off, some wait already: ask again for the rest.
   */
  readonly recover: (
    owner: Owner,
    id: string,
    range: {
      readonly since: Instant;
      readonly until?: Instant | undefined;
      readonly types?: readonly string[] | undefined;
    },
  ) => Effect.Effect<{ readonly recovered: number }, WebhookError>;
  /** A message that says it is a test. */
  readonly sendTest: (owner: Owner, id: string) => Effect.Effect<DeliveryView, WebhookError>;
}

export class Webhooks extends Context.Tag("@stockbook/engine/Webhooks")<
  Webhooks,
  WebhookService
>() {
  /** Webhooks over whichever store is provided. Deliveries are made by a worker, not by this. */
  static layer(
    options: WebhookOptions,
  ): Layer.Layer<Webhooks, never, LedgerStore | WebhookStore | WebhookSecrets> {
    return Layer.effect(Webhooks, makeWebhooks(options));
  }
}
