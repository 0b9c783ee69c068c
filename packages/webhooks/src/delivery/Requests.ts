/** A message as the request that carries it to its endpoint. */
import {
  openSecrets,
  type StoredEndpoint,
  type StoredMessage,
  type StoreFault,
  type WebhookSecrets,
} from "@stockbook/engine";
import { Effect } from "effect";
import type { SignatureScheme, Signer } from "../Scheme.js";
import { standardWebhooks } from "../StandardWebhooks.js";
import { formOf } from "./Form.js";
import type { Outgoing } from "./Outgoing.js";

/** How the messages of an API are signed; by Standard Webhooks, if it is not among them. */
export type Schemes = Readonly<Record<string, SignatureScheme>>;

export type ToRequest = (
  message: StoredMessage,
  now: number,
) => Effect.Effect<Outgoing, StoreFault, WebhookSecrets>;

const USER_AGENT = "Stockbook-Webhooks/1";

/** Makes the requests of an endpoint as it is now; its secrets are opened once. */
export function requestsTo(endpoint: StoredEndpoint, schemes: Schemes): ToRequest {
  const scheme = schemes[endpoint.api] ?? standardWebhooks;
  let signing: { readonly signer: Signer; readonly until: number } | undefined;
  const signerAt = (now: number) =>
    Effect.suspend(() => {
      if (signing !== undefined && now < signing.until) return Effect.succeed(signing.signer);
      return Effect.map(openSecrets(endpoint, now), (secrets) => {
        signing = { signer: scheme.signer(secrets), until: nextExpiry(endpoint, now) };
        return signing.signer;
      });
    });
  return (message, now) =>
    Effect.flatMap(signerAt(now), (signer) => {
      const { text, contentType } = written(endpoint, message);
      const body = new TextEncoder().encode(text);
      const timestamp = Math.floor(now / 1_000);
      return Effect.map(
        Effect.promise(() => signer({ id: message.id, timestamp, body })),
        (signed) => ({
          url: endpoint.url,
          headers: {
            ...endpoint.headers,
            "content-type": contentType,
            "user-agent": USER_AGENT,
            ...signed,
          },
          body,
        }),
      );
    });
}

function written({ format }: StoredEndpoint, { body }: StoredMessage) {
  switch (format) {
    case "json":
      return { text: body, contentType: "application/json" };
    case "form":
      return {
        text: formOf(JSON.parse(body)),
        contentType: "application/x-www-form-urlencoded",
      };
  }
}

function nextExpiry({ secrets }: StoredEndpoint, now: number): number {
  const expiries = secrets.flatMap(({ expiresAt }) =>
    expiresAt !== null && expiresAt > now ? [expiresAt] : [],
  );
  return Math.min(Number.POSITIVE_INFINITY, ...expiries);
}
