/** The client: a method for each operation of the contract. */
import { Answer, type AnyPage, PagedAnswer, type Reply } from "./Answer.js";
import { GroupedClient, type Groups } from "./generated/groups.js";
import { OPERATIONS } from "./generated/operations.js";
import type { Operation } from "./Operation.js";
import type { AnyCallOptions, ClientOptions } from "./Options.js";
import { type Call, type Common, placesIn, prepare } from "./Request.js";
import { sleep } from "./Retries.js";
import { type Means, send } from "./Send.js";

/**
 * Stockbook over HTTP.
 *
 * @example
 * const stockbook = new StockbookClient({ url: "http://localhost:3000", key: "sb_test_…" });
 * await stockbook.items.put("TEA", { name: "Earl Grey, 100 g" });
 */
export class StockbookClient extends GroupedClient {
  /** @throws TypeError where the URL or the key cannot be one. */
  constructor(options: ClientOptions) {
    super(groupsOf(options));
  }
}

type Method = (...args: readonly unknown[]) => Answer<unknown>;

function groupsOf(options: ClientOptions): Groups {
  const common = commonOf(options);
  const groups: Record<string, Record<string, Method>> = {};
  for (const operation of OPERATIONS) {
    const group = groups[operation.group] ?? {};
    groups[operation.group] = group;
    group[operation.name] = methodOf(operation, (call) =>
      send(prepare(operation, call, common), meansOf(options, call.options)),
    );
  }
  // The table and the interface are generated from the same document.
  return groups as unknown as Groups;
}

type Asks = (call: Call) => Promise<Reply<unknown>>;

function methodOf(operation: Operation, ask: Asks): Method {
  const { pages } = operation;
  if (pages === undefined) return (...args) => new Answer(asked(ask, callOf(operation, args)));
  return (...args) => page(pages, ask, callOf(operation, args));
}

/** The arguments in their order: places of the path, body or query, options. */
function callOf(operation: Operation, args: readonly unknown[]): Call {
  const places = placesIn(operation);
  const rest = args.slice(places);
  const [payload, options] = operation.takes === undefined ? [undefined, ...rest] : rest;
  // The methods' types allow nothing else.
  return { placed: args.slice(0, places), payload, options: (options ?? {}) as AnyCallOptions };
}

/** So that a wrong argument rejects, as everything else that fails does. */
async function asked(ask: Asks, call: Call): Promise<Reply<unknown>> {
  return ask(call);
}

type Page = AnyPage & {
  readonly next?: string | null;
  readonly after?: number;
  readonly more?: boolean;
};

function page(kind: "cursor" | "after", ask: Asks, call: Call): PagedAnswer<Page> {
  // The generator has seen in the schema that it is one.
  const reply = asked(ask, call) as Promise<Reply<Page>>;
  return new PagedAnswer(reply, (present) => {
    const onward = onwardFrom(kind, present);
    if (onward === undefined) return undefined;
    const payload = { ...Object(call.payload), ...onward };
    return Promise.resolve(page(kind, ask, { ...call, payload }));
  });
}

/** What the query of the next page says, or nothing on the last page. */
function onwardFrom(kind: "cursor" | "after", { next, after, more }: Page): object | undefined {
  if (kind === "after") return more === true ? { after } : undefined;
  return typeof next === "string" ? { cursor: next } : undefined;
}

function commonOf({ url, key, timeoutMs = 30_000, newIdempotencyKey }: ClientOptions): Common {
  return {
    url: baseOf(url),
    authorization: key === undefined ? undefined : `Bearer ${checked(key)}`,
    timeoutMs,
    newIdempotencyKey: newIdempotencyKey ?? (() => crypto.randomUUID()),
  };
}

function meansOf(options: ClientOptions, call: AnyCallOptions): Means {
  return {
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    sleep: options.sleep ?? sleep,
    now: options.now ?? Date.now,
    retries: {
      maxRetries: call.maxRetries ?? options.maxRetries ?? 2,
      maxRetryAfterMs: options.maxRetryAfterMs ?? 60_000,
      random: options.random ?? Math.random,
    },
  };
}

function baseOf(given: string | URL): string {
  const url = new URL(given);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(`url must begin with http:// or https://, not ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("url must not contain a user or a password; give the key as key");
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/** The platform would tell the whole key in its own message. */
function checked(key: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new TypeError("key must be the secret of a key alone, such as sb_test_…");
}
