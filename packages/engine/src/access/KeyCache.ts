/**
 * Keys that were asked for a moment ago, so that a request costs no read. What is written
 * through the same service is forgotten at once; what others write shows when the moment is over.
 */
import type { Instant } from "@stockbook/core";
import type { Caller } from "./Terms.js";

interface Remembered {
  readonly caller: Caller;
  readonly hash: string;
  readonly readAt: Instant;
}

export class KeyCache {
  private readonly byHash = new Map<string, Remembered>();
  private generation = 0;

  constructor(
    private readonly maxKeys: number,
    private readonly lifetimeMs: number,
  ) {}

  find(hash: string, now: Instant): Remembered | undefined {
    const found = this.byHash.get(hash);
    if (found === undefined) return undefined;
    const age = now - found.readAt;
    // A clock that was set back must not lengthen it.
    if (age >= 0 && age < this.lifetimeMs) return found;
    this.byHash.delete(hash);
    return undefined;
  }

  /** Whatever is read from now on may be remembered, unless something is forgotten meanwhile. */
  begin(): number {
    return this.generation;
  }

  remember(found: Remembered, begun: number): void {
    if (begun !== this.generation || this.maxKeys < 1) return;
    if (this.byHash.size >= this.maxKeys) this.forgetOldest();
    this.byHash.set(found.hash, found);
  }

  /** A read that is under way may have seen what was before, so it is not remembered either. */
  forget(concerns: (caller: Caller) => boolean): void {
    this.generation++;
    for (const [hash, { caller }] of this.byHash) if (concerns(caller)) this.byHash.delete(hash);
  }

  private forgetOldest(): void {
    const [oldest] = this.byHash.keys();
    if (oldest !== undefined) this.byHash.delete(oldest);
  }
}
