/** How the API is spoken: tokens, the order of refusals, limits, and how failures are told. */
import { RefusedKey } from "@stockbook/engine";
import { bearerKey, bucketOf, type Dialect, type Quota } from "@stockbook/http/kit";
import { answerTo, wholeSeconds } from "./Answers.js";
import type { Companies } from "./Companies.js";

/** What each token may ask from each client address. */
export type RequestQuota = Pick<Quota, "requests" | "windowMs">;

/** In any 60 seconds. */
const USUAL_QUOTA: RequestQuota = { requests: 120, windowMs: 60_000 };

/**
 * The dialect over the companies that hosts name.
 *
 * @param thingFault says what stands against the thing that an address names.
 */
export function makeDialect(
  companies: Companies,
  thingFault: NonNullable<Dialect["thingFault"]>,
  { requests, windowMs }: RequestQuota = USUAL_QUOTA,
): Dialect {
  const quota: Quota = { name: "kartustok", requests, windowMs, window: "rolling" };
  return {
    name: "kartustok",
    order: "key-first",
    precheck: companies.faultOf,
    keyOf: bearerKey,
    // On another company's host, a token is as good as none.
    judge: ({ organisation }, request) =>
      organisation.id === companies.organisationOf(request)
        ? undefined
        : new RefusedKey({ reason: "unknown" }),
    thingFault,
    quotaOf: ({ key }, address) => ({
      bucket: `kartustok:${key.id}:${bucketOf(address)}`,
      quota,
    }),
    answerTo,
    quotaHeaders: (counted, { remaining, resetMs }) => ({
      "x-ratelimit-limit": String(counted.requests),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset": wholeSeconds(resetMs),
    }),
  };
}
