/** The OpenAPI document of the API. */
import { documentOf, type FailureAnswer } from "@stockbook/http/contract";
import { KartuStokApi } from "./Api.js";
import { ERRORS, type ErrorName, missingScope } from "./Errors.js";
import { EXAMPLES } from "./Examples.js";
import type { ErrorAnswer } from "./Views.js";

/** The document, made anew; it can be changed without harm. */
export function openApi(): Readonly<Record<string, unknown>> {
  return documentOf(KartuStokApi, {
    examples: EXAMPLES,
    failure: {
      mediaType: "application/json",
      schemaName: "Error",
      answers: Object.fromEntries(failureAnswers()),
      // The host can be wrong at every address, and so can a parameter.
      statusesOf: () => STATUSES,
    },
    security: {
      token: { type: "http", scheme: "bearer", description: "A token of the company." },
    },
  });
}

const NAMES = Object.keys(ERRORS) as readonly ErrorName[];
const STATUSES = [...new Set(NAMES.map((name) => ERRORS[name].status))];

function failureAnswers(): readonly (readonly [number, FailureAnswer])[] {
  return STATUSES.map((status) => {
    const alike = NAMES.filter((name) => ERRORS[name].status === status);
    const description = alike.map((name) => ERRORS[name].message).join("; ");
    const examples = Object.fromEntries(alike.map((name) => [name, exampleOf(name)]));
    return [status, { description, examples }];
  });
}

function exampleOf(name: ErrorName): ErrorAnswer {
  const { message } = ERRORS[name];
  switch (name) {
    case "missing-scope":
      return { status: "error", message: missingScope("stock.read") };
    case "invalid-parameters":
      return {
        status: "error",
        message,
        errors: { per_page: ['must be a whole number from 1 to 100, not "0"'] },
      };
    default:
      return { status: "error", message };
  }
}
