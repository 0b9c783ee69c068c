/** Sends messages to receivers that strangers have named: guarded, limited, never redirected. */
import * as Http from "node:http";
import * as Https from "node:https";
import {
  addressAllowed,
  addressLiteral,
  isLoopbackAddress,
  PUBLIC_TARGETS,
  type TargetPolicy,
  targetFault,
} from "@stockbook/engine";
import { Effect, Fiber, type Scope } from "effect";
import { type Exchanged, exchange, type Limits } from "./Exchange.js";
import { guardedLookup, type Resolve, systemResolve } from "./Guard.js";
import { failed, type SendOutcome } from "./Outcome.js";
import { allHeaders, canBeSent, type Outgoing } from "./Outgoing.js";

export interface SenderOptions extends Limits {
  readonly policy: TargetPolicy;
  /** How names are resolved; as this machine does, if left out. */
  readonly resolve?: Resolve | undefined;
  /** Certificates, in PEM, that are trusted instead of those that come with Node. */
  readonly authorities?: readonly string[] | undefined;
}

export const DEFAULT_SENDER_OPTIONS: SenderOptions = {
  policy: PUBLIC_TARGETS,
  timeoutMs: 15_000,
  connectTimeoutMs: 5_000,
  maxResponseBytes: 16_384,
};

export interface Sender {
  /** Sends a message once and tells what came of it. Interruption breaks the connection off. */
  readonly send: (outgoing: Outgoing) => Effect.Effect<SendOutcome>;
}

/** Sockets a receiver closes sooner are let go when it says so. */
const IDLE_SOCKET_MS = 10_000;
const MAX_IDLE_SOCKETS = 16;

/** How one scheme is spoken: over sockets that are kept, and over such as serve once. */
interface Line {
  readonly request: (options: Https.RequestOptions) => Http.ClientRequest;
  readonly kept: Http.Agent;
  readonly once: Http.Agent;
}

type Lines = Readonly<Record<"http:" | "https:", Line>>;

/** A sender with sockets of its own. When the scope closes, what is being sent is interrupted. */
export function makeSender(
  options: SenderOptions = DEFAULT_SENDER_OPTIONS,
): Effect.Effect<Sender, never, Scope.Scope> {
  return Effect.gen(function* () {
    const lines = yield* Effect.acquireRelease(
      Effect.sync(() => openLines(options)),
      (open) => Effect.sync(() => closeLines(open)),
    );
    const scope = yield* Effect.scope;
    return { send: (outgoing) => within(scope, sendOver(lines, options, outgoing)) };
  });
}

function openLines({ policy, resolve = systemResolve, authorities }: SenderOptions): Lines {
  const kept = { keepAlive: true, maxFreeSockets: MAX_IDLE_SOCKETS, timeout: IDLE_SOCKET_MS };
  const isAllowed = (address: string) => addressAllowed(policy, address);
  const plain = {
    // Whatever the name: what is not encrypted does not leave this machine.
    lookup: guardedLookup(resolve, (address) => isAllowed(address) && isLoopbackAddress(address)),
  };
  const secure = {
    lookup: guardedLookup(resolve, isAllowed),
    // Said aloud, for an environment variable can turn it off for all who do not.
    rejectUnauthorized: true,
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
  };
  return {
    "http:": {
      request: Http.request,
      kept: new Http.Agent({ ...plain, ...kept }),
      once: new Http.Agent(plain),
    },
    "https:": {
      request: Https.request,
      kept: new Https.Agent({ ...secure, ...kept }),
      once: new Https.Agent(secure),
    },
  };
}

/** Sockets that serve once have ended with what they served. */
function closeLines(lines: Lines): void {
  for (const { kept } of Object.values(lines)) kept.destroy();
}

/** Runs until it ends, its caller is interrupted, or the scope closes. */
function within<A>(scope: Scope.Scope, effect: Effect.Effect<A>): Effect.Effect<A> {
  return Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(Effect.forkIn(restore(effect), scope), (fiber) =>
      Effect.onInterrupt(restore(Fiber.join(fiber)), () => Fiber.interrupt(fiber)),
    ),
  );
}

function sendOver(
  lines: Lines,
  options: SenderOptions,
  outgoing: Outgoing,
): Effect.Effect<SendOutcome> {
  return Effect.suspend(() => {
    if (!canBeSent(outgoing)) return Effect.succeed(failed("unsendable", 0));
    if (targetFault(options.policy, outgoing.url) !== undefined) {
      return Effect.succeed(failed("refused-target", 0));
    }
    const url = new URL(outgoing.url);
    const { request, kept, once } = url.protocol === "http:" ? lines["http:"] : lines["https:"];
    const start = (agent: Http.Agent) => () => post(request, agent, url, outgoing);
    const startedAt = performance.now();
    const elapsedMs = () => Math.round(performance.now() - startedAt);
    return exchange(start(kept), options).pipe(
      Effect.flatMap((first) => {
        if (first.type !== "stale") return Effect.succeed(first);
        const timeoutMs = Math.max(0, options.timeoutMs - elapsedMs());
        return exchange(start(once), { ...options, timeoutMs });
      }),
      Effect.map((last) => outcomeOf(last, elapsedMs())),
    );
  });
}

function post(
  request: Line["request"],
  agent: Http.Agent,
  url: URL,
  outgoing: Outgoing,
): Http.ClientRequest {
  const call = request({
    agent,
    method: "POST",
    protocol: url.protocol,
    hostname: addressLiteral(url.hostname) ?? url.hostname,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: allHeaders(outgoing),
  });
  call.end(outgoing.body);
  return call;
}

function outcomeOf(last: Exchanged, durationMs: number): SendOutcome {
  switch (last.type) {
    case "answered":
      return { ...last, durationMs };
    case "broken":
      return failed(last.reason, durationMs);
    case "stale":
      return failed("broken-off", durationMs);
  }
}
