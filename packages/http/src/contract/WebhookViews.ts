/** Endpoints of webhooks and what was sent to them, on the wire. */
import { WEBHOOK_FORMATS } from "@stockbook/engine";
import { Schema } from "effect";
import { Mode } from "./AccessViews.js";
import { Id, Moment, optional, pageOf, Sequence } from "./Fields.js";

const whole = (description: string, minimum: number, maximum: number) =>
  Schema.Int.annotations({ description, jsonSchema: { type: "integer", minimum, maximum } });

const Url = Schema.String.annotations({
  description:
    "Where events are sent to by POST: https, on the public internet, unless the server allows more.",
  jsonSchema: { type: "string", format: "uri" },
});

const Headers = Schema.Record({ key: Schema.String, value: Schema.String }).annotations({
  description: "Sent along with every delivery.",
});

/** What can be set at first and changed later alike. */
const SETTINGS = {
  description: Schema.String,
  events: Schema.Array(Schema.String).annotations({
    description:
      "The types of events it gets, such as `stock.depleted`; empty: all. They stand under `webhooks` of the OpenAPI document.",
  }),
  format: Schema.Literal(...WEBHOOK_FORMATS).annotations({
    description: "How bodies are written: the JSON itself, or its fields as a form.",
  }),
  headers: Headers,
  ordered: Schema.Boolean.annotations({
    description:
      "One delivery at a time, in the order of the ledger; a failed one holds up the rest.",
  }),
  maxConcurrent: whole("Deliveries under way at once, at most; 8 at first.", 1, 64),
  maxPerSecond: Schema.NullOr(Schema.Int).annotations({
    description: "Attempts a second, at most 10,000; `null`: as many as it takes.",
  }),
  retryDelaysMs: Schema.Array(whole("Milliseconds.", 1_000, 86_400_000)).annotations({
    description:
      "How long to wait after each failed attempt, none less than the one before, 20 at most and 7 days in all; eight attempts over 27 hours at first.",
  }),
} as const;

const GIVEN = {
  description: optional(SETTINGS.description),
  events: optional(SETTINGS.events),
  format: optional(SETTINGS.format),
  headers: optional(SETTINGS.headers),
  ordered: optional(SETTINGS.ordered),
  maxConcurrent: optional(SETTINGS.maxConcurrent),
  maxPerSecond: optional(SETTINGS.maxPerSecond),
  retryDelaysMs: optional(SETTINGS.retryDelaysMs),
} as const;

const Disabled = Schema.Struct({
  reason: Schema.Literal("asked", "gone", "told", "failing").annotations({
    description:
      "`asked`: by its owner; `gone`: it answered 410; `told`: it answered with the header `webhook-delivery: disable`; `failing`: for days every attempt has failed.",
  }),
  at: Moment,
}).annotations({ identifier: "WebhookDisabled" });

export const Endpoint = Schema.Struct({
  id: Schema.String,
  organisation: Id,
  mode: Mode,
  url: Url,
  api: Schema.String.annotations({ description: "In whose words it is told: `native`." }),
  ...SETTINGS,
  createdAt: Moment,
  disabled: Schema.NullOr(Disabled).annotations({
    description: "Since when and why nothing is delivered; `null` while deliveries are made.",
  }),
}).annotations({
  identifier: "WebhookEndpoint",
  description: "Who is told of what happens in a ledger; its secret is never shown again.",
});

export const EndpointList = Schema.Struct({ rows: Schema.Array(Endpoint) }).annotations({
  identifier: "WebhookEndpointList",
});

const Secret = Schema.String.annotations({
  description: "`whsec_` and 24 to 64 bytes in base64; made by the server, if left out.",
});

export const NewEndpoint = Schema.Struct({
  url: Url,
  api: optional(Schema.String.annotations({ description: "`native`, if left out." })),
  ...GIVEN,
  after: optional(
    Sequence.annotations({
      description: "Begins with the events after this sequence; with those to come, if left out.",
    }),
  ),
  secret: optional(Secret),
}).annotations({ identifier: "NewWebhookEndpoint" });

export const EndpointChanges = Schema.Struct({
  url: optional(Url),
  ...GIVEN,
  enabled: optional(
    Schema.Boolean.annotations({
      description:
        "`false`: no more deliveries. `true`: they go on where they stopped, so that nothing is missed.",
    }),
  ),
}).annotations({ identifier: "WebhookEndpointChanges" });

export const CreatedEndpoint = Schema.Struct({
  endpoint: Endpoint,
  secret: Schema.NullOr(Schema.String).annotations({
    description:
      "What deliveries are signed with, shown here and never again; `null` in the answer to a repeated request.",
  }),
}).annotations({ identifier: "CreatedWebhookEndpoint" });

export const Rotation = Schema.Struct({
  overlapMs: optional(
    whole(
      "How long the old secret signs along; a day if left out, a week at most.",
      0,
      604_800_000,
    ),
  ),
  secret: optional(Secret),
}).annotations({ identifier: "WebhookSecretRotation" });

// ── deliveries ───────────────────────────────────────────────────────────────────────────

export const DeliveryStatus = Schema.Literal(
  "waiting",
  "delivered",
  "failed",
  "aborted",
).annotations({
  identifier: "WebhookDeliveryStatus",
  description:
    "`waiting`: an attempt is still to come; `failed`: the last one has failed; `aborted`: the receiver wants no more of them.",
});

const DELIVERY = {
  endpoint: Schema.String,
  message: Schema.String.annotations({
    description: "What receivers tell repeats by: sent as `webhook-id`, the same in every attempt.",
  }),
  type: Schema.String,
  sequence: Schema.NullOr(Sequence).annotations({
    description: "Of the event in the ledger; `null` for a test.",
  }),
  status: DeliveryStatus,
  attempts: Schema.Int,
  nextAttemptAt: Schema.NullOr(Moment),
  createdAt: Moment,
  finishedAt: Schema.NullOr(Moment),
} as const;

export const Delivery = Schema.Struct(DELIVERY).annotations({ identifier: "WebhookDelivery" });

export const DeliveryPage = pageOf("WebhookDeliveryPage", Delivery);

const Outcome = Schema.Union(
  Schema.Struct({
    type: Schema.Literal("answered"),
    status: Schema.Int,
    headers: Schema.Record({ key: Schema.String, value: Schema.String }),
    body: Schema.String.annotations({ description: "As much of it as is kept." }),
    truncated: Schema.Boolean,
  }).annotations({ identifier: "WebhookAnswered" }),
  Schema.Struct({
    type: Schema.Literal("failed"),
    reason: Schema.String,
    message: Schema.String,
  }).annotations({ identifier: "WebhookUnanswered", description: "There was no answer." }),
).annotations({ identifier: "WebhookOutcome" });

const Attempt = Schema.Struct({
  number: Schema.Int.annotations({ description: "1 for the first." }),
  at: Moment,
  durationMs: Schema.Number,
  request: Schema.Struct({
    url: Schema.String,
    headers: Schema.Record({ key: Schema.String, value: Schema.String }),
  }),
  outcome: Outcome,
}).annotations({ identifier: "WebhookAttempt" });

export const DeliveryDetails = Schema.Struct({
  ...DELIVERY,
  body: Schema.String.annotations({
    description: "The text that is sent and signed, where the endpoint takes JSON.",
  }),
  history: Schema.Array(Attempt).annotations({ description: "All attempts, the first one first." }),
}).annotations({ identifier: "WebhookDeliveryDetails" });

export const Recovery = Schema.Struct({
  since: Moment,
  until: optional(
    Moment.annotations({ description: "Up to, and not at, this moment; now, if left out." }),
  ),
  types: optional(
    Schema.Array(Schema.String).annotations({ description: "Types of events; empty: all." }),
  ),
}).annotations({
  identifier: "WebhookRecovery",
  description: "A range of at most 14 days in which deliveries were made.",
});

export const Recovered = Schema.Struct({
  recovered: Schema.Int.annotations({
    description: "How many are sent again; with 10,000, ask again for the rest.",
  }),
}).annotations({ identifier: "WebhookRecovered" });
