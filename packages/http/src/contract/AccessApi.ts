/** Organisations and their keys. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import * as Views from "./AccessViews.js";
import { admits, answeredWith, givesEtag, needsMatch, onceByKey } from "./Endpoints.js";
import { Id } from "./Fields.js";

const byId = Schema.Struct({ id: Id });

export const Organisations = HttpApiGroup.make("organisations")
  .add(
    HttpApiEndpoint.get("own", "/v1/organisation")
      .addSuccess(Views.Organisation)
      .annotate(OpenApi.Summary, "The organisation the key belongs to")
      .pipe(admits("any-key"), givesEtag),
  )
  .add(
    HttpApiEndpoint.get("list", "/v1/organisations")
      .addSuccess(Views.OrganisationList)
      .annotate(OpenApi.Summary, "All organisations, for the operator of the server")
      .pipe(admits("organisations:read")),
  )
  .add(
    HttpApiEndpoint.post("create", "/v1/organisations")
      .setPayload(Views.NewOrganisation)
      .addSuccess(answeredWith(201, Views.Organisation))
      .annotate(OpenApi.Summary, "Make an organisation, with a live and a test ledger")
      .pipe(admits("organisations:write")),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/organisations/:id")
      .setPath(byId)
      .addSuccess(Views.Organisation)
      .annotate(OpenApi.Summary, "One organisation, for the operator of the server")
      .pipe(admits("organisations:read"), givesEtag),
  )
  .add(
    HttpApiEndpoint.patch("change", "/v1/organisations/:id")
      .setPath(byId)
      .setPayload(Views.OrganisationChanges)
      .addSuccess(Views.Organisation)
      .annotate(OpenApi.Summary, "Change the name, the plan or the options of an organisation")
      .pipe(admits("organisations:write"), givesEtag, needsMatch),
  )
  .annotate(OpenApi.Title, "Organisations")
  .annotate(
    OpenApi.Description,
    "Owners of ledgers, each with one for live data and one for tests.",
  );

export const Keys = HttpApiGroup.make("keys")
  .add(
    HttpApiEndpoint.get("list", "/v1/keys")
      .addSuccess(Views.KeyList)
      .annotate(OpenApi.Summary, "All keys of the organisation")
      .pipe(admits("keys:read")),
  )
  .add(
    HttpApiEndpoint.post("create", "/v1/keys")
      .setPayload(Views.NewKey)
      .addSuccess(answeredWith(201, Views.CreatedKey))
      .annotate(OpenApi.Summary, "Make a key; its secret is shown once")
      .pipe(admits("keys:write"), onceByKey),
  )
  .add(
    HttpApiEndpoint.get("get", "/v1/keys/:id")
      .setPath(byId)
      .addSuccess(Views.Key)
      .annotate(OpenApi.Summary, "One key")
      .pipe(admits("keys:read"), givesEtag),
  )
  .add(
    HttpApiEndpoint.patch("change", "/v1/keys/:id")
      .setPath(byId)
      .setPayload(Views.KeyChanges)
      .addSuccess(Views.Key)
      .annotate(OpenApi.Summary, "Change a key's name, rights or state")
      .pipe(admits("keys:write"), givesEtag, needsMatch),
  )
  .add(
    HttpApiEndpoint.del("revoke", "/v1/keys/:id")
      .setPath(byId)
      .addSuccess(Views.Key)
      .annotate(OpenApi.Summary, "Revoke a key, at once and for ever")
      .pipe(admits("keys:write"), givesEtag),
  )
  .add(
    HttpApiEndpoint.post("rotate", "/v1/keys/:id/rotate")
      .setPath(byId)
      .setPayload(Views.KeyRotation)
      .addSuccess(answeredWith(201, Views.CreatedKey))
      .annotate(OpenApi.Summary, "A new key with the same rights; the old one ends a little later")
      .pipe(admits("keys:write"), onceByKey),
  )
  .annotate(OpenApi.Title, "Keys")
  .annotate(OpenApi.Description, "What opens a ledger, and what for.");
