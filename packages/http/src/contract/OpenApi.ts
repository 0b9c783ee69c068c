/** The OpenAPI document of the native API. */
import { NativeApi } from "./Api.js";
import { documentOf, type FailureAnswer } from "./Document.js";
import { EXAMPLES } from "./Examples.js";
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type Problem, type ProblemCode } from "./Problem.js";
import { webhooksSection } from "./WebhookDocument.js";

/** The document, made anew; it can be changed without harm. */
export function openApi(): Readonly<Record<string, unknown>> {
  return documentOf(NativeApi, {
    examples: EXAMPLES,
    failure: {
      mediaType: PROBLEM_MEDIA_TYPE,
      schemaName: "Problem",
      answers: Object.fromEntries(failureAnswers()),
    },
    webhooks: webhooksSection(),
    security: {
      key: { type: "http", scheme: "bearer", description: "A key such as `sb_test_…`." },
    },
  });
}

function failureAnswers(): readonly (readonly [number, FailureAnswer])[] {
  const codes = Object.keys(PROBLEMS) as readonly ProblemCode[];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
  return statuses.map((status) => {
    const alike = codes.filter((code) => PROBLEMS[code].status === status);
    const description = alike.map((code) => PROBLEMS[code].title).join("; ");
    const examples = Object.fromEntries(alike.map((code) => [code, exampleOf(code)]));
    return [status, { description, examples }];
  });
}

function exampleOf(code: ProblemCode): Problem {
  const { status, title } = PROBLEMS[code];
  return {
    type: `urn:stockbook:problem:${code}`,
    title,
    status,
    detail: `${title}.`,
    code,
    requestId: "0b6f2f3e-6a0f-4c7e-9d5a-2f4c5a1b9e77",
  };
}
