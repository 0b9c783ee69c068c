/** The OpenAPI document of this API. */
import { documentOf } from "@stockbook/http/contract";
import { TictapApi } from "./Api.js";
import { EXAMPLES, FAILURES } from "./Examples.js";
import { webhooksSection } from "./WebhookDocument.js";

/** What another API would answer and this one does not: a body that is wrong is 400 here. */
const UNUSED_STATUSES: readonly number[] = [422];

/** The document, made anew; it can be changed without harm. */
export function openApi(): Readonly<Record<string, unknown>> {
  return documentOf(TictapApi, {
    examples: EXAMPLES,
    failure: {
      mediaType: "application/json",
      schemaName: "Failure",
      answers: FAILURES,
      statusesOf: (usual) => usual.filter((status) => !UNUSED_STATUSES.includes(status)),
    },
    webhooks: webhooksSection(),
    security: {
      authorization: {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        description: "The key itself; `Bearer` before it is taken, too.",
      },
      accessToken: { type: "apiKey", in: "header", name: "accessToken" },
      accessTokenParameter: {
        type: "apiKey",
        in: "query",
        name: "accessToken",
        description: "Only with GET.",
      },
    },
  });
}
