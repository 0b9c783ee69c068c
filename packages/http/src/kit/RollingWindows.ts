/** Rolling windows: so many requests in the time just gone by. */
import { Effect } from "effect";
import type { Quota, RateLimitsService, Standing } from "./RateLimits.js";

/** Times beyond this are looked through for those that are over; 16 MB of them. */
const MOST_TIMES = 2_000_000;

interface Log {
  /** Of the last requests, the oldest first; more than the quota has tell nothing new. */
  readonly times: number[];
  endsAt: number;
}

/** Counts by the times of the last requests, in the memory of this process. */
export function rollingWindows(mostTimes = MOST_TIMES): RateLimitsService {
  // The one that was asked of last stands last.
  const logs = new Map<string, Log>();
  let held = 0;

  const forget = (bucket: string, { times }: Log) => {
    held -= times.length;
    logs.delete(bucket);
  };
  const makeRoom = (now: number) => {
    for (const [bucket, log] of logs) if (log.endsAt <= now) forget(bucket, log);
    for (const [bucket, log] of logs) {
      if (held < mostTimes) return;
      forget(bucket, log);
    }
  };
  const count = (bucket: string, { requests, windowMs }: Quota, now: number): Log => {
    const log = logs.get(bucket) ?? { times: [], endsAt: 0 };
    const { times } = log;
    const over = times.findIndex((time) => now - time < windowMs);
    const ended = over === -1 ? times.length : over;
    const dropped = Math.max(ended, times.length + 1 - requests);
    if (dropped > 0) times.splice(0, dropped);
    times.push(now);
    log.endsAt = now + windowMs;
    held += 1 - Math.max(0, dropped);
    logs.delete(bucket);
    logs.set(bucket, log);
    if (held > mostTimes) makeRoom(now);
    return log;
  };

  return {
    take: (bucket, quota, now) =>
      Effect.sync(() => {
        const before = standing(logs.get(bucket), quota, now);
        const after = standing(count(bucket, quota, now), quota, now);
        return { ...after, allowed: before.allowed };
      }),
    look: (bucket, quota, now) => Effect.sync(() => standing(logs.get(bucket), quota, now)),
  };
}

function standing(log: Log | undefined, { requests, windowMs }: Quota, now: number): Standing {
  const within = log?.times.filter((time) => now - time < windowMs) ?? [];
  const [first = now] = within;
  const remaining = Math.max(0, requests - within.length);
  return { allowed: remaining > 0, remaining, resetMs: first + windowMs - now };
}
