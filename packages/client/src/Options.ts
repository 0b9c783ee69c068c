/** What a client and its calls can be told. */

/** What is used of `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** Where the API is, with its prefix if it has one: `https://example.com/api/stockbook`. */
  readonly url: string | URL;
  /** The secret of a key, such as `sb_test_…`. Without it, only what is public answers. */
  readonly key?: string | undefined;
  /** How long one attempt may take. 30 s, if left out. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent again, where that is safe. Twice, if left out. */
  readonly maxRetries?: number | undefined;
  /** A server that wants a longer pause than this is not asked again. 60 s, if left out. */
  readonly maxRetryAfterMs?: number | undefined;
  /** The platform's own, if left out. */
  readonly fetch?: Fetch | undefined;
  /** Waits before another attempt; a timer, if left out. */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** At least 0 and below 1; `Math.random`, if left out. */
  readonly random?: (() => number) | undefined;
  /** Milliseconds since 1970; `Date.now`, if left out. */
  readonly now?: (() => number) | undefined;
  /** Makes idempotency keys; `crypto.randomUUID`, if left out. */
  readonly newIdempotencyKey?: (() => string) | undefined;
}

/** What every call can be told. */
export interface CallOptions {
  /** Gives the call up; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** As of the client, for this call. */
  readonly timeoutMs?: number | undefined;
  /** As of the client, for this call. */
  readonly maxRetries?: number | undefined;
}

/** Of requests that are done once under one key. */
export interface Keyed {
  /**
   * Your own name for what is asked, such as `order-1001`: the same request under it is done once,
   * for ever. A new one for each call, if left out.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Of changes that can be bound to what has been read. */
export interface Conditional {
  /** An ETag: change only what is still as it was read. */
  readonly ifMatch?: string | undefined;
  /** `*`: only create. */
  readonly ifNoneMatch?: "*" | undefined;
}

/** Of changes that must be bound to what has been read. */
export interface Matching {
  /** The ETag of what was read: `(await stockbook.keys.get(id).withResponse()).etag`. */
  readonly ifMatch: string;
}

/** Everything that a call of any operation can be told. */
export interface AnyCallOptions extends CallOptions, Keyed, Conditional {}

/** What an operation can be asked for; `undefined` is as good as leaving out. */
export type QueryOf<Query> = {
  readonly [Name in keyof Query]: object extends Pick<Query, Name>
    ? Query[Name] | undefined
    : Query[Name];
};
