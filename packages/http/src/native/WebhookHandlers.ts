/** Handlers of webhooks: endpoints of the ledger that the key opens, and their deliveries. */
import type { EndpointView, Owner, WebhookService } from "@stockbook/engine";
import { Effect } from "effect";
import type { Webhooks } from "../contract/WebhookApi.js";
import type { Endpoint } from "../contract/WebhookViews.js";
import type { HandlersOfGroup, RequestContext } from "../kit/Endpoint.js";
import { InvalidInput, NotConfigured } from "../kit/Failure.js";
import { idempotencyKeyOf } from "../kit/Headers.js";
import { numberCursor, numberIn } from "./Cursors.js";
import { inBody } from "./Invalid.js";
import { asRead, callerOf, changed, tagged } from "./Matching.js";
import { REPLAYED } from "./Receipts.js";

type WebhookHandlers = HandlersOfGroup<typeof Webhooks>;

/** Handlers that do what is asked, or, without the service, say what to set up. */
export function webhookHandlers(webhooks: WebhookService | undefined): WebhookHandlers {
  if (webhooks === undefined) return NOT_CONFIGURED;
  return { ...endpointHandlers(webhooks), ...deliveryHandlers(webhooks) };
}

type EndpointNames = "list" | "create" | "get" | "change" | "remove" | "rotate";

function endpointHandlers(webhooks: WebhookService): Pick<WebhookHandlers, EndpointNames> {
  const find = (context: RequestContext, id: string) =>
    Effect.map(webhooks.endpoint(ownerOf(context), id), endpointView);
  return {
    list: (_, context) =>
      Effect.map(webhooks.endpoints(ownerOf(context)), (all) => ({
        body: { rows: all.map(endpointView) },
      })),
    create: ({ payload }, context) =>
      Effect.gen(function* () {
        const idempotencyKey = idempotencyKeyOf(context.headers["idempotency-key"]);
        const request = { ...payload, ...ownerOf(context), idempotencyKey };
        const { endpoint, secret } = yield* inBody(webhooks.createEndpoint(request));
        const headers = secret === null ? REPLAYED : {};
        return { body: { endpoint: endpointView(endpoint), secret }, headers };
      }),
    get: ({ path }, context) => Effect.map(find(context, path.id), tagged),
    change: ({ path, payload }, context) =>
      changed(
        Effect.map(
          inBody(
            webhooks.changeEndpoint(
              ownerOf(context),
              path.id,
              payload,
              asRead(context, endpointView),
            ),
          ),
          endpointView,
        ),
      ),
    remove: ({ path }, context) =>
      Effect.gen(function* () {
        const body = yield* find(context, path.id);
        yield* webhooks.removeEndpoint(ownerOf(context), path.id);
        return { body };
      }),
    rotate: ({ path, payload }, context) =>
      Effect.map(
        inBody(webhooks.rotateSecret(ownerOf(context), path.id, payload)),
        ({ endpoint, secret }) => ({ body: { endpoint: endpointView(endpoint), secret } }),
      ),
  };
}

function deliveryHandlers(webhooks: WebhookService): Omit<WebhookHandlers, EndpointNames> {
  return {
    test: ({ path }, context) =>
      Effect.map(webhooks.sendTest(ownerOf(context), path.id), (body) => ({ body })),
    recover: ({ path, payload }, context) =>
      Effect.map(inBody(webhooks.recover(ownerOf(context), path.id, payload)), (body) => ({
        body,
      })),
    deliveries: ({ path, urlParams: { cursor, ...filter } }, context) =>
      Effect.gen(function* () {
        const before = cursor === undefined ? undefined : numberIn(cursor);
        if (before instanceof InvalidInput) return yield* before;
        const request = { ...filter, before };
        const { rows, next } = yield* webhooks.deliveries(ownerOf(context), path.id, request);
        return { body: { rows, next: next === null ? null : numberCursor(next) } };
      }),
    delivery: ({ path }, context) =>
      Effect.map(webhooks.delivery(ownerOf(context), path.id, path.message), (body) => ({ body })),
    resend: ({ path }, context) =>
      Effect.map(webhooks.resend(ownerOf(context), path.id, path.message), (body) => ({ body })),
  };
}

function ownerOf(context: RequestContext): Owner {
  const { key, organisation } = callerOf(context);
  return { organisation: organisation.id, mode: key.mode };
}

/** Without the cursor: it moves with every event, and an ETag should not. */
function endpointView({ cursor: _, ...endpoint }: EndpointView): typeof Endpoint.Type {
  return endpoint;
}

const refuse = () =>
  new NotConfigured({
    message: "this server delivers no webhooks; give `webhooks` where it is made",
  });

const NOT_CONFIGURED: WebhookHandlers = {
  list: refuse,
  create: refuse,
  get: refuse,
  change: refuse,
  remove: refuse,
  rotate: refuse,
  test: refuse,
  recover: refuse,
  deliveries: refuse,
  delivery: refuse,
  resend: refuse,
};
