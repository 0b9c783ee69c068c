/** The handler of webhooks. */
import type { WebhookService } from "@stockbook/engine";
import { type HandlersOfGroup, NotConfigured } from "@stockbook/http/kit";
import { Effect } from "effect";
import type { Webhooks } from "../contract/WebhookApi.js";
import { WEBHOOK_TYPES } from "../contract/WebhookBodies.js";
import { callerOf } from "./Requests.js";

/** Registers receivers; without the service, it says what to set up. */
export function webhookHandlers(
  webhooks: WebhookService | undefined,
): HandlersOfGroup<typeof Webhooks> {
  return {
    create: ({ payload: { url, format = "form", headers } }, context) => {
      if (webhooks === undefined) {
        return new NotConfigured({ message: "this server delivers no webhooks" });
      }
      const { key, organisation } = callerOf(context);
      const owner = { organisation: organisation.id, mode: key.mode };
      const told = { api: "tictap", events: WEBHOOK_TYPES, url, format, headers };
      return Effect.as(webhooks.createEndpoint({ ...owner, ...told }), { body: undefined });
    },
  };
}
