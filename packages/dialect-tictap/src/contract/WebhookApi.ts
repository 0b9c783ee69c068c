/** Who is told of what happens. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { admits, needsSetup, takesForm } from "@stockbook/http/contract";
import { Schema } from "effect";
import { optional, text } from "./Fields.js";

const NewWebhook = Schema.Struct({
  url: text(2_000).pipe(Schema.minLength(1)),
  format: optional(
    Schema.Literal("form", "json").annotations({ description: "`form`, if left out." }),
  ),
  headers: optional(
    Schema.Record({ key: Schema.String, value: Schema.String }).annotations({
      description: "Sent along with every request.",
    }),
  ),
}).annotations({ identifier: "NewWebhook" });

export const Webhooks = HttpApiGroup.make("webhooks")
  .add(
    HttpApiEndpoint.post("create", "/api/stock/webhooks")
      .setPayload(NewWebhook)
      .addSuccess(HttpApiSchema.Created)
      .annotate(OpenApi.Summary, "Be told of transactions and of thresholds that are crossed")
      .pipe(admits("webhooks:write"), takesForm, needsSetup),
  )
  .annotate(OpenApi.Title, "Webhooks")
  .annotate(OpenApi.Description, "Who is told of what happens.");
