/** The webhooks of this API as the OpenAPI document tells of them. */
import type { WebhooksSection } from "@stockbook/http/contract";
import { WEBHOOK_EXAMPLES } from "./Examples.js";
import { DEPLETED, REPLENISHED, TRANSACTION_CREATED, WEBHOOK_TYPES } from "./WebhookBodies.js";

type WebhookType = (typeof WEBHOOK_TYPES)[number];

const SUMMARIES: { readonly [type in WebhookType]: string } = {
  [TRANSACTION_CREATED]: "Stock came in, went out, was moved or was adjusted",
  [DEPLETED]: "A stock item fell below its minimum",
  [REPLENISHED]: "A stock item is back at or above its minimum",
};

const SCHEMAS: { readonly [type in WebhookType]: string } = {
  [TRANSACTION_CREATED]: "TransactionBody",
  [DEPLETED]: "CrossingBody",
  [REPLENISHED]: "CrossingBody",
};

/** One entry for every type of message. */
export function webhooksSection(): WebhooksSection {
  return {
    parameters: {},
    webhooks: Object.fromEntries(WEBHOOK_TYPES.map((type) => [type, { post: operationOf(type) }])),
  };
}

function operationOf(type: WebhookType) {
  const content = {
    schema: { $ref: `#/components/schemas/${SCHEMAS[type]}` },
    examples: { default: { value: WEBHOOK_EXAMPLES[type] } },
  };
  return {
    tags: ["Webhooks"],
    operationId: `webhook.${type}`,
    summary: SUMMARIES[type],
    security: [],
    requestBody: {
      required: true,
      description: "By the format that was registered; a form has nested names in brackets.",
      content: { "application/json": content, "application/x-www-form-urlencoded": content },
    },
    responses: {
      "2XX": { description: "It has arrived, and is not sent again." },
      410: { description: "Nothing is sent there any more." },
      "4XX": { description: "It is sent again later, as after 5XX and where no answer comes." },
    },
  };
}
