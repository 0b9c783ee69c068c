/** The feed of ledgers as messages: read and rendered once for all endpoints of an API. */
import {
  type LedgerService,
  messageId,
  type OpenError,
  type ReadError,
  type StockbookService,
  type StoredEndpoint,
  type StoredMessage,
  type WebhookShape,
} from "@stockbook/engine";
import { Effect } from "effect";

/** Messages of the events after a cursor, and how far they go. */
export interface Stretch {
  readonly to: number;
  readonly messages: readonly StoredMessage[];
}

export type FeedError = OpenError | ReadError;

export interface Feed {
  /** The next stretch, of all types; where nothing has happened, it goes nowhere. */
  readonly after: (endpoint: StoredEndpoint, cursor: number) => Effect.Effect<Stretch, FeedError>;
}

/** Stretches end at multiples of this, so that endpoints at different cursors meet. */
const STRETCH = 100;
const MOST_REMEMBERED = 64;
/** A receiver should not be sent more at once; it is told where to look instead. */
const MAX_BODY_BYTES = 262_144;

export function makeFeed(stockbook: StockbookService, shapes: readonly WebhookShape[]): Feed {
  const byApi = new Map(shapes.map((shape) => [shape.api, shape]));
  const remembered = new Map<string, Stretch>();
  return {
    after: (endpoint, cursor) => {
      const { organisation, mode, api } = endpoint;
      const shape = byApi.get(api);
      if (shape === undefined) return Effect.succeed({ to: cursor, messages: [] });
      const place = JSON.stringify([organisation, mode, api, cursor]);
      const known = remembered.get(place);
      if (known !== undefined) return Effect.succeed(known);
      return Effect.gen(function* () {
        const ledger = yield* stockbook.ledger({ organisation, mode });
        const end = cursor + STRETCH - (cursor % STRETCH);
        const { rows, after } = yield* ledger.events({ after: cursor, limit: end - cursor });
        const origin = { organisation, mode, api };
        const messages = yield* Effect.forEach(rows, (event) =>
          messagesOf(shape, ledger, event, origin),
        );
        const stretch = { to: after, messages: messages.flat() };
        // One that is not whole yet will be longer the next time.
        if (after === end) remember(remembered, place, stretch);
        return stretch;
      });
    },
  };
}

function messagesOf(
  shape: WebhookShape,
  ledger: LedgerService,
  event: Parameters<WebhookShape["messages"]>[0],
  origin: Pick<StoredEndpoint, "organisation" | "mode" | "api">,
): Effect.Effect<readonly StoredMessage[], ReadError> {
  const { sequence } = event;
  return Effect.map(shape.messages(event, ledger), (contents) =>
    contents.map(({ type, body }, part) => ({
      id: messageId({ ...origin, sequence, part }),
      type,
      sequence,
      body: bounded(JSON.stringify(body), type, sequence),
    })),
  );
}

function bounded(body: string, type: string, sequence: number): string {
  const isTooLong = body.length > MAX_BODY_BYTES / 4 && Buffer.byteLength(body) > MAX_BODY_BYTES;
  return isTooLong ? JSON.stringify({ type, sequence, shortened: true }) : body;
}

function remember(remembered: Map<string, Stretch>, place: string, stretch: Stretch): void {
  remembered.set(place, stretch);
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}
