/** This API as a dialect of the kit: where its keys stand, and how it tells a failure. */
import { bearerKey, type Dialect, queryKey, rawKey } from "@stockbook/http/kit";
import { answerTo } from "./Failures.js";

const KEY_PARAMETER = "accessToken";

export const tictapDialect: Dialect = {
  name: "tictap",
  keyOf: (request) =>
    bearerKey(request) ??
    rawKey(request) ??
    rawKey(request, "accesstoken") ??
    queryKey(request, KEY_PARAMETER),
  keyParameters: [KEY_PARAMETER],
  answerTo,
  quotaHeaders: ({ requests }, { remaining, resetMs }) => ({
    "x-ratelimit-limit": String(requests),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(Math.ceil(resetMs / 1000)),
  }),
};
