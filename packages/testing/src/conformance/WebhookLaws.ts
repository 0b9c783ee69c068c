/** What workers may rely on, played through step by step. */
import type { Instant } from "@stockbook/core";
import type { LedgerId, Settlement } from "@stockbook/engine";
import { expect } from "vitest";
import { WORLD_BEGINS } from "../World.js";
import { attemptOf } from "./WebhookDeeds.js";
import { messagesOf, type WebhookEngine } from "./WebhookHarness.js";

export interface LeaseStep {
  readonly ownerNo: number;
  readonly waitMs: number;
  readonly leaseMs: number;
  readonly releases: boolean;
}

/** Workers of two services lease the only endpoint there is; one at a time must get it. */
export async function checkLeases(
  engines: readonly [WebhookEngine, WebhookEngine],
  endpoint: { readonly ledger: LedgerId; readonly id: string },
  steps: readonly LeaseStep[],
): Promise<void> {
  let now = WORLD_BEGINS;
  let held = { owner: "", until: now };
  for (const { ownerNo, waitMs, leaseMs, releases } of steps) {
    const { webhooks, run } = engines[ownerNo % 2 === 0 ? 0 : 1];
    const owner = `worker ${ownerNo}`;
    now += waitMs;
    const until = now + leaseMs;
    const leased = await run(webhooks.lease({ owner, now, until }));
    const isFree = held.owner === owner || held.until <= now;
    expect(leased.map(({ ledger, id }) => ({ ledger, id }))).toEqual(isFree ? [endpoint] : []);
    if (isFree) held = { owner, until };
    if (!releases) continue;
    await run(webhooks.release(owner));
    if (held.owner === owner) held = { owner: "", until: now };
  }
}

/**
 * Attempts whatever is next of an endpoint that has none yet, in the order of the ledger; a delay
 * of 0 stands for success. No message may come before all of those before it have arrived.
 */
export async function checkOrder(
  engine: WebhookEngine,
  endpoint: { readonly ledger: LedgerId; readonly endpoint: string },
  delays: readonly number[],
): Promise<void> {
  const { webhooks, run } = engine;
  // They come in another order than that of the ledger.
  const messages = [...messagesOf(0, 9)].reverse();
  await run(webhooks.enqueue({ ...endpoint, from: 0, to: 9, messages, at: WORLD_BEGINS }));
  let now = WORLD_BEGINS;
  let arrived = 0;
  for (const delayMs of delays) {
    const next = await nextOf(engine, endpoint, now);
    if (next === undefined) break;
    now = next.at;
    expect(next.sequence).toBe(arrived + 1);
    const settlement = settlementOf(endpoint, next, delayMs);
    await run(webhooks.settle([settlement], []));
    if (delayMs === 0) arrived += 1;
  }
}

interface Next {
  readonly at: Instant;
  readonly message: string;
  readonly sequence: number | null;
  readonly attempts: number;
  readonly attemptsBefore: number;
}

/** What is next, as soon as it is due; `undefined` where nothing waits. */
async function nextOf(
  { webhooks, run }: WebhookEngine,
  endpoint: { readonly ledger: LedgerId; readonly endpoint: string },
  now: Instant,
): Promise<Next | undefined> {
  const ask = (at: Instant) =>
    run(webhooks.due({ ...endpoint, now: at, limit: 9, order: "sequence" }));
  const page = await ask(now);
  if (page.nextDueAt === null) return undefined;
  // Where the next one is not due, nothing after it comes before.
  expect(page.due).toHaveLength(page.nextDueAt <= now ? 1 : 0);
  const at = Math.max(now, page.nextDueAt);
  const { due } = await ask(at);
  expect(due).toHaveLength(1);
  return due.map(({ message: { id, sequence }, attempts, attemptsBefore }) => ({
    at,
    message: id,
    sequence,
    attempts,
    attemptsBefore,
  }))[0];
}

function settlementOf(
  endpoint: { readonly ledger: LedgerId; readonly endpoint: string },
  { at, message, attempts, attemptsBefore }: Next,
  delayMs: number,
): Settlement {
  const waits = delayMs > 0;
  return {
    ...endpoint,
    message,
    attempts,
    attemptsBefore,
    attempt: attemptOf(attempts + 1, at, 1),
    status: waits ? "waiting" : "delivered",
    dueAt: waits ? at + delayMs : null,
    delaysUsed: attempts,
  };
}
