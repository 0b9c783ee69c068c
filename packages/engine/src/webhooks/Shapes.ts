/** How an API tells its receivers of what happened in a ledger. */
import type { Effect } from "effect";
import type { ReadError } from "../Errors.js";
import type { LedgerService } from "../Ledger.js";
import type { EventView } from "../Views.js";

/** What a receiver is told; one event of the ledger may be several messages, or none. */
export interface MessageContent {
  readonly type: string;
  /** Becomes the body, as compact JSON. */
  readonly body: unknown;
}

export interface WebhookShape {
  /** `native`, or a dialect. */
  readonly api: string;
  /** What can be asked for. */
  readonly eventTypes: readonly string[];
  readonly messages: (
    event: EventView,
    ledger: LedgerService,
  ) => Effect.Effect<readonly MessageContent[], ReadError>;
  /** What is sent where its owner wants to see whether anything arrives. */
  readonly test: MessageContent;
}
