/** Webhooks put together: what is known is read, the decider judges, the store keeps. */
import { Effect } from "effect";
import { Randomness } from "../access/Secrets.js";
import { LedgerStore } from "../Store.js";
import type { EndpointRules } from "./Decide.js";
import { makeDeliveries } from "./Deliveries.js";
import { makeEndpoints } from "./Endpoints.js";
import { makeFinders } from "./Means.js";
import { WebhookSecrets } from "./SecretBox.js";
import { WebhookStore } from "./WebhookStore.js";
import type { WebhookService } from "./Webhooks.js";

/** Which APIs there are, and where their events may be sent. */
export type WebhookOptions = EndpointRules;

export function makeWebhooks(
  rules: WebhookOptions,
): Effect.Effect<WebhookService, never, LedgerStore | WebhookStore | WebhookSecrets> {
  return Effect.gen(function* () {
    const ledgers = yield* LedgerStore;
    const store = yield* WebhookStore;
    const secrets = yield* WebhookSecrets;
    const random = yield* Randomness;
    const means = { ledgers, store, secrets, random, rules, ...makeFinders(ledgers, store) };
    return { ...makeEndpoints(means), ...makeDeliveries(means) };
  });
}
