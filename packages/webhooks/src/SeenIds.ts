/** Handling a message once though it comes twice. */

/** How far a message has come. */
export type Progress = "new" | "busy" | "done";

/**
 * Remembers the ids of messages. Keep them for longer than the sender tries again: three days and
 * more, not the five minutes that signatures are good for.
 *
 * An implementation over a database lets `busy` end by itself after some minutes, for a process
 * that has crashed calls neither `finish` nor `forget`.
 */
export interface SeenIds {
  /** Tells how far it has come, and makes what is `new` `busy`, both in one step. */
  readonly begin: (id: string) => Progress | Promise<Progress>;
  /** It has been handled, and is `done`. */
  readonly finish: (id: string) => void | Promise<void>;
  /** It could not be handled, and is `new` again. */
  readonly forget: (id: string) => void | Promise<void>;
}

export interface MemoryOptions {
  /** For how long an id is known. 4 days, if left out. */
  readonly ttlMs?: number | undefined;
  /** With more ids than this, the oldest are forgotten. 100,000, if left out. */
  readonly maxIds?: number | undefined;
  /** Milliseconds since 1970; `Date.now`, if left out. */
  readonly now?: (() => number) | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

interface Seen {
  readonly progress: "busy" | "done";
  readonly until: number;
}

/** In the memory of this process: gone when it ends, and unknown to others. */
export function seenInMemory(options: MemoryOptions = {}): SeenIds {
  const { ttlMs = 4 * DAY_MS, maxIds = 100_000, now = Date.now } = options;
  // In the order in which they end, for all are kept equally long.
  const seen = new Map<string, Seen>();

  function put(id: string, progress: Seen["progress"]): void {
    seen.delete(id);
    seen.set(id, { progress, until: now() + ttlMs });
    dropOldest(seen, seen.size - maxIds);
  }

  return {
    begin: (id) => {
      dropEnded(seen, now());
      const known = seen.get(id);
      if (known !== undefined) return known.progress;
      put(id, "busy");
      return "new";
    },
    finish: (id) => put(id, "done"),
    forget: (id) => {
      seen.delete(id);
    },
  };
}

function dropEnded(seen: Map<string, Seen>, now: number): void {
  for (const [id, { until }] of seen) {
    if (until > now) return;
    seen.delete(id);
  }
}

function dropOldest(seen: Map<string, Seen>, count: number): void {
  let left = count;
  for (const id of seen.keys()) {
    if (left <= 0) return;
    seen.delete(id);
    left -= 1;
  }
}
