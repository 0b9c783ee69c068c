/** Webhooks: who is told of what happens in the ledger, and what became of it. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import {
  admits,
  answeredWith,
  givesEtag,
  needsMatch,
  needsSetup,
  onceByKey,
  streamed,
} from "./Endpoints.js";
import { Id, Moment, optional, PAGE_PARAMS } from "./Fields.js";
import * as Views from "./WebhookViews.js";

const byId = Schema.Struct({ id: Id });
const byMessage = Schema.Struct({
  id: Id,
  message: Id.annotations({ description: "The id of a message, `msg_…`." }),
});

export const Webhooks = HttpApiGroup.make("webhooks")
  .add(
    HttpApiEndpoint.get("list", "/v1/webhooks")
      .addSuccess(Views.EndpointList)
      .annotate(OpenApi.Summary, "All endpoints of the ledger")
      .pipe(admits("webhooks:read"), needsSetup),
  )
  .add(
    HttpApiEndpoint.post("create", "/v1/webhooks")
      .setPayload(Views.NewEndpoint)
      .addSuccess(answeredWith(201, Views.CreatedEndpoint))
      .annotate(OpenApi.Summary, "Make an endpoint; its secret is shown once")
      .annotate(
        OpenApi.Description,
        "It is told of what happens from now on in the ledger that the key opens. An organisation has 20 endpoints in each ledger at most.",
      )
      .pipe(admits("webhooks:write"), onceByKey, needsSetup),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/webhooks/:id")
      .setPath(byId)
      .addSuccess(Views.Endpoint)
      .annotate(OpenApi.Summary, "One endpoint")
      .pipe(admits("webhooks:read"), givesEtag, needsSetup),
  )
  .add(
    HttpApiEndpoint.patch("change", "/v1/webhooks/:id")
      .setPath(byId)
      .setPayload(Views.EndpointChanges)
      .addSuccess(Views.Endpoint)
      .annotate(OpenApi.Summary, "Change an endpoint, or switch it on or off")
      .pipe(admits("webhooks:write"), givesEtag, needsMatch, needsSetup),
  )
  .add(
    HttpApiEndpoint.del("remove", "/v1/webhooks/:id")
      .setPath(byId)
      .addSuccess(Views.Endpoint)
      .annotate(OpenApi.Summary, "Remove an endpoint with all its deliveries")
      .annotate(OpenApi.Description, "Answers with the endpoint as it was.")
      .pipe(admits("webhooks:write"), needsSetup),
  )
  .add(
    HttpApiEndpoint.post("rotate", "/v1/webhooks/:id/rotate")
      .setPath(byId)
      .setPayload(Views.Rotation)
      .addSuccess(Views.CreatedEndpoint)
      .annotate(OpenApi.Summary, "A new secret; the old one signs along for a while")
      .pipe(admits("webhooks:write"), needsSetup),
  )
  .add(
    HttpApiEndpoint.post("test", "/v1/webhooks/:id/test")
      .setPath(byId)
      .addSuccess(answeredWith(201, Views.Delivery))
      .annotate(OpenApi.Summary, "Send a message that says it is a test")
      .pipe(admits("webhooks:write"), needsSetup),
  )
  .add(
    HttpApiEndpoint.post("recover", "/v1/webhooks/:id/recover")
      .setPath(byId)
      .setPayload(Views.Recovery)
      .addSuccess(Views.Recovered)
      .annotate(OpenApi.Summary, "Send again all that failed in a range of time")
      .pipe(admits("webhooks:write"), needsSetup),
  )
  .add(
    HttpApiEndpoint.get("deliveries", "/v1/webhooks/:id/deliveries")
      .setPath(byId)
      .setUrlParams(
        Schema.Struct({
          status: optional(Views.DeliveryStatus),
          type: optional(Schema.String.pipe(Schema.maxLength(200))),
          since: optional(Moment.annotations({ description: "Made from this moment on." })),
          until: optional(Moment.annotations({ description: "Made before this moment." })),
          ...PAGE_PARAMS,
        }),
      )
      .addSuccess(Views.DeliveryPage)
      .annotate(OpenApi.Summary, "What was sent to an endpoint, the latest first")
      .pipe(admits("webhooks:read"), streamed("cursor"), needsSetup),
  )
  .add(
    HttpApiEndpoint.get("delivery", "/v1/webhooks/:id/deliveries/:message")
      .setPath(byMessage)
      .addSuccess(Views.DeliveryDetails)
      .annotate(OpenApi.Summary, "One delivery with its body and every attempt")
      .pipe(admits("webhooks:read"), needsSetup),
  )
  .add(
    HttpApiEndpoint.post("resend", "/v1/webhooks/:id/deliveries/:message/resend")
      .setPath(byMessage)
      .addSuccess(Views.Delivery)
      .annotate(OpenApi.Summary, "Send the same message once more, whatever became of it")
      .pipe(admits("webhooks:write"), needsSetup),
  )
  .annotate(OpenApi.Title, "Webhooks")
  .annotate(
    OpenApi.Description,
    "Who is told of what happens in the ledger, and what became of every message.",
  );
