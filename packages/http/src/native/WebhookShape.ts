/** How the native API tells of events by webhook: in the words of its events feed. */
import { EVENT_TYPES, type EventView, StoreFault, type WebhookShape } from "@stockbook/engine";
import { Effect, Schema } from "effect";
import { Event } from "../contract/Views.js";
import { TEST_TYPE, type TestBody } from "../contract/WebhookBodies.js";

const encode = Schema.encode(Event);

const test: typeof TestBody.Encoded = {
  type: TEST_TYPE,
  data: { message: "This is a test; nothing has happened in the ledger." },
};

/** Every event is one message, whose `data` is that of `GET /v1/events`. */
export const nativeShape: WebhookShape = {
  api: "native",
  eventTypes: EVENT_TYPES,
  messages: (event) => Effect.map(bodyOf(event), (body) => [{ type: event.type, body }]),
  test: { type: TEST_TYPE, body: test },
};

function bodyOf(event: EventView) {
  return encode(event).pipe(
    Effect.map(({ type, recordedAt, sequence, occurredAt, data }) => {
      return { type, timestamp: recordedAt, sequence, occurredAt, data };
    }),
    Effect.mapError(({ message }) => new StoreFault({ reason: "damaged", message })),
  );
}
