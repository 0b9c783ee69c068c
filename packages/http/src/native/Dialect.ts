/** The native API as a dialect of the kit. */
import { bearerKey, type Dialect } from "../kit/Dialect.js";
import { fieldText } from "../kit/Headers.js";
import { problemOf } from "./Problems.js";

export const nativeDialect: Dialect = {
  name: "stockbook",
  keyOf: bearerKey,
  answerTo: problemOf,
  // IETF draft ratelimit-headers: one policy, and what remains of it.
  quotaHeaders: ({ name, requests, windowMs }, { remaining, resetMs }) => ({
    "ratelimit-policy": `${fieldText(name)};q=${requests};w=${Math.ceil(windowMs / 1000)}`,
    ratelimit: `${fieldText(name)};r=${remaining};t=${Math.ceil(resetMs / 1000)}`,
  }),
};
