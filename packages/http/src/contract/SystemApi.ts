/** Whether the server lives and can serve. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { admits } from "./Endpoints.js";

const Health = Schema.Struct({ status: Schema.Literal("ok") }).annotations({
  identifier: "Health",
});

export const System = HttpApiGroup.make("system")
  .add(
    HttpApiEndpoint.get("live", "/health/live")
      .addSuccess(Health)
      .annotate(OpenApi.Summary, "The process runs")
      .pipe(admits("public")),
  )
  .add(
    HttpApiEndpoint.get("ready", "/health/ready")
      .addSuccess(Health)
      .annotate(OpenApi.Summary, "The store can be read, and the server is not stopping")
      .pipe(admits("public")),
  )
  .annotate(OpenApi.Title, "System")
  .annotate(OpenApi.Description, "Whether the server lives and can serve.");
