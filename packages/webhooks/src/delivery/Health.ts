/** Whether an endpoint has failed for so long that it is given up. */
import type { Instant } from "@stockbook/core";
import type { EndpointHealth } from "@stockbook/engine";

const HOUR_MS = 3_600_000;
const GIVEN_UP_MS = 120 * HOUR_MS;
/** Two failures of one day must lie so far apart: one bad moment says nothing of five days. */
const APART_MS = 12 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** The health after a failure. */
export function afterFailure(health: EndpointHealth | null, at: Instant): EndpointHealth {
  if (health === null) return { failingSince: at, anchorAt: at };
  return at - health.anchorAt > DAY_MS ? { ...health, anchorAt: at } : health;
}

/** Whether a failure at this moment, after those before it, is one too many. */
export function isGivenUp(health: EndpointHealth, at: Instant): boolean {
  const apartMs = at - health.anchorAt;
  return at - health.failingSince >= GIVEN_UP_MS && apartMs >= APART_MS && apartMs <= DAY_MS;
}
