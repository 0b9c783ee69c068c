/** The webhooks of the native API as the OpenAPI document tells of them. */
import { EVENT_TYPES, type EventType } from "@stockbook/engine";
import type { WebhooksSection } from "./Document.js";
import { WEBHOOK_EXAMPLES } from "./Examples.js";
import { bodyNamesOf, TEST_TYPE } from "./WebhookBodies.js";

type MessageType = EventType | typeof TEST_TYPE;

const SUMMARIES: { readonly [type in MessageType]: string } = {
  "ledger.opened": "The ledger was opened",
  "stock.moved": "Stock was moved, reserved, counted or corrected",
  "stock.depleted": "Stock fell below the minimum of its threshold",
  "stock.replenished": "Stock is back at or above the minimum of its threshold",
  "item.changed": "An item was made or changed",
  "category.changed": "A category was made or changed",
  "manufacturer.changed": "A manufacturer was made or changed",
  "location.changed": "A location was made or changed",
  "threshold.changed": "A threshold was set",
  "threshold.removed": "A threshold was removed",
  "command.refused": "A command of an import was refused",
  "webhook.test": "A test that the owner of the endpoint has asked for",
};

const HEADERS = {
  WebhookId: {
    name: "webhook-id",
    description: "The id of the message, the same in every attempt: tell repeats by it.",
  },
  WebhookTimestamp: {
    name: "webhook-timestamp",
    description: "When this attempt was made, in seconds since 1970; refuse what is too old.",
  },
  WebhookSignature: {
    name: "webhook-signature",
    description:
      "By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it.",
  },
} as const;

/** One entry for every type of message, and the headers they have. */
export function webhooksSection(): WebhooksSection {
  const parameters = Object.entries(HEADERS).map(([name, { description, name: header }]) => [
    name,
    { name: header, in: "header", required: true, description, schema: { type: "string" } },
  ]);
  const types: readonly MessageType[] = [...EVENT_TYPES, TEST_TYPE];
  return {
    parameters: Object.fromEntries(parameters),
    webhooks: Object.fromEntries(types.map((type) => [type, { post: operationOf(type) }])),
  };
}

function operationOf(type: MessageType) {
  const schemas = bodyNamesOf(type).map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const schema = schemas.length === 1 ? schemas[0] : { anyOf: schemas };
  const examples = { default: { value: WEBHOOK_EXAMPLES[type] } };
  return {
    tags: ["Webhooks"],
    operationId: `webhook.${type}`,
    summary: SUMMARIES[type],
    security: [],
    parameters: Object.keys(HEADERS).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    requestBody: { required: true, content: { "application/json": { schema, examples } } },
    responses: {
      "2XX": { description: "It has arrived, and is not sent again." },
      410: { description: "The endpoint is disabled, and gets nothing any more." },
      "4XX": { description: "It is sent again later, as after 5XX and where no answer comes." },
    },
  };
}
