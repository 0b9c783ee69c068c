/** The words of webhooks: endpoints as their owners see them, deliveries, attempts. */
import type { Instant } from "@stockbook/core";
import type { LedgerMode } from "../Store.js";

/** How a body is written: the JSON itself, or its fields as a form. */
export const WEBHOOK_FORMATS = ["json", "form"] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** Why nothing is delivered to an endpoint. */
export type DisabledReason =
  /** Its owner asked for it. */
  | "asked"
  /** It answered 410. */
  | "gone"
  /** It answered with the header `webhook-delivery: disable`. */
  | "told"
  /** For days every attempt has failed. */
  | "failing";

/** An endpoint as its owner sees it; never its secrets. */
export interface EndpointView {
  /** `whe_…` */
  readonly id: string;
  readonly organisation: string;
  readonly mode: LedgerMode;
  readonly url: string;
  readonly description: string;
  /** Whose events it gets, told in that API's words: `native`, or a dialect. */
  readonly api: string;
  /** The types of events it asked for; empty: all of its API. */
  readonly events: readonly string[];
  readonly format: WebhookFormat;
  /** Sent along with every delivery; the names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** One delivery at a time, in the order of the ledger; a failed one holds up the rest. */
  readonly ordered: boolean;
  /** Deliveries under way at once, at most. */
  readonly maxConcurrent: number;
  /** Attempts a second, at most; `null`: as many as it takes. */
  readonly maxPerSecond: number | null;
  /** How long to wait after each failed attempt; one attempt more than there are delays. */
  readonly retryDelaysMs: readonly number[];
  readonly createdAt: Instant;
  /** `null` while deliveries are made. */
  readonly disabled: { readonly reason: DisabledReason; readonly at: Instant } | null;
  /** The ledger has become deliveries up to this sequence. */
  readonly cursor: number;
}

/** Eight attempts over 27 hours and a half. */
export const DEFAULT_RETRY_DELAYS_MS: readonly number[] = [
  5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000,
];

export interface NewEndpoint {
  readonly organisation: string;
  readonly mode: LedgerMode;
  readonly url: string;
  readonly description?: string | undefined;
  readonly api?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly format?: WebhookFormat | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly ordered?: boolean | undefined;
  readonly maxConcurrent?: number | undefined;
  readonly maxPerSecond?: number | null | undefined;
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** Events after this sequence; left out: those that are still to come. */
  readonly after?: number | undefined;
  /** Made if left out. */
  readonly secret?: string | undefined;
  /** The same key with the same content makes no second endpoint, for ever. */
  readonly idempotencyKey?: string | undefined;
}

/** An endpoint that has just been made; its secret is never shown again. */
export interface CreatedEndpoint {
  readonly endpoint: EndpointView;
  /** `null` where the same request was made before: the secret was in the first answer. */
  readonly secret: string | null;
}

export interface EndpointChanges {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly format?: WebhookFormat | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly ordered?: boolean | undefined;
  readonly maxConcurrent?: number | undefined;
  readonly maxPerSecond?: number | null | undefined;
  readonly retryDelaysMs?: readonly number[] | undefined;
  /**
   * `false`: no more deliveries. `true`: they go on where they stopped, so that nothing is
   * missed.
   */
  readonly enabled?: boolean | undefined;
}

export type DeliveryStatus =
  /** An attempt is still to come. */
  | "waiting"
  | "delivered"
  /** The last attempt has failed; it can be sent again. */
  | "failed"
  /** The receiver wants no more attempts. */
  | "aborted";

/** One message on its way to one endpoint. */
export interface DeliveryView {
  readonly endpoint: string;
  /** What receivers tell repeats by: the same over all attempts, and unique for an endpoint. */
  readonly message: string;
  readonly type: string;
  /** Of the event in the ledger; `null` for a test. */
  readonly sequence: number | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly nextAttemptAt: Instant | null;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

export interface AttemptRequest {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

export type AttemptOutcome =
  | {
      readonly type: "answered";
      readonly status: number;
      readonly headers: { readonly [name: string]: string };
      /** As much of it as is kept. */
      readonly body: string;
      readonly truncated: boolean;
    }
  /** There was no answer. */
  | { readonly type: "failed"; readonly reason: string; readonly message: string };

export interface AttemptView {
  /** 1 for the first. */
  readonly number: number;
  readonly at: Instant;
  readonly durationMs: number;
  readonly request: AttemptRequest;
  readonly outcome: AttemptOutcome;
}

/** A delivery with all that is known of it. */
export interface DeliveryDetails extends DeliveryView {
  /** The body as it was, or will be, sent, if the endpoint takes JSON. */
  readonly body: string;
  readonly history: readonly AttemptView[];
}
