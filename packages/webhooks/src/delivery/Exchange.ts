/** One request and its answer, over one socket. */
import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { Effect } from "effect";
import { type Body, keptHeaders, readBody } from "./Answer.js";
import { AddressRefused, NameUnresolved } from "./Guard.js";
import type { Answered, FailureReason } from "./Outcome.js";

export interface Limits {
  /** For all of it, from the look-up of the name to the last byte of the answer. */
  readonly timeoutMs: number;
  /** For the look-up, the connection and TLS. */
  readonly connectTimeoutMs: number;
  readonly maxResponseBytes: number;
}

export type Exchanged =
  | Omit<Answered, "durationMs">
  | { readonly type: "broken"; readonly reason: FailureReason }
  /** The receiver had closed a kept socket before it saw the request. */
  | { readonly type: "stale" };

/** How far it has come. */
interface Progress {
  stage: "connecting" | "securing" | "asking";
  /** Whether a byte of an answer has come over a socket that was kept. */
  heard: boolean;
}

/** How systems tell that the other end has gone. */
const CLOSED_CODES: readonly unknown[] = ["ECONNRESET", "EPIPE", "ECONNABORTED"];

/** Starts a request and waits for all of its answer. Interruption destroys the socket. */
export function exchange(start: () => ClientRequest, limits: Limits): Effect.Effect<Exchanged> {
  return Effect.async((resume) => {
    const call = start();
    const progress: Progress = { stage: "connecting", heard: false };
    const breakOff = (reason: FailureReason) => {
      stop();
      call.destroy();
      resume(Effect.succeed({ type: "broken", reason }));
    };
    const connecting = setTimeout(() => breakOff("not-connected"), limits.connectTimeoutMs);
    const whole = setTimeout(() => breakOff("timed-out"), limits.timeoutMs);
    const unwatch = watch(call, progress, () => clearTimeout(connecting));
    const stop = () => {
      clearTimeout(connecting);
      clearTimeout(whole);
      unwatch();
    };
    const answered = (status: number, headers: Answered["headers"], body: Body) => {
      stop();
      if (body.truncated) call.destroy();
      resume(Effect.succeed({ type: "answered", status, headers, ...body }));
    };
    call.on("error", (error: NodeJS.ErrnoException) => {
      if (!isStale(call, progress, error)) return breakOff(reasonOf(error, progress));
      stop();
      resume(Effect.succeed({ type: "stale" }));
    });
    call.on("upgrade", () => breakOff("bad-answer"));
    call.on("response", (response) => {
      const { statusCode = 0, headers } = response;
      response.on("error", () => breakOff("broken-off"));
      readBody(response, limits.maxResponseBytes, (body) =>
        answered(statusCode, keptHeaders(headers), body),
      );
    });
    return Effect.sync(() => {
      stop();
      call.destroy();
    });
  });
}

/** Keeps the progress up to date, until the function it gives is called. */
function watch(call: ClientRequest, progress: Progress, onOpen: () => void): () => void {
  const onData = () => {
    progress.heard = true;
  };
  const open = () => {
    progress.stage = "asking";
    onOpen();
  };
  let kept: Socket | undefined;
  call.once("socket", (socket) => {
    if (call.reusedSocket) {
      kept = socket.on("data", onData);
      return open();
    }
    if (!(socket instanceof TLSSocket)) return socket.once("connect", open);
    socket.once("connect", () => {
      progress.stage = "securing";
    });
    socket.once("secureConnect", open);
  });
  return () => kept?.off("data", onData);
}

/** A receiver closes sockets that have long been idle, perhaps while we write onto one. */
function isStale(call: ClientRequest, { heard }: Progress, { code }: NodeJS.ErrnoException) {
  return call.reusedSocket && !heard && CLOSED_CODES.includes(code);
}

function reasonOf(error: NodeJS.ErrnoException, { stage }: Progress): FailureReason {
  if (error instanceof AddressRefused) return "refused-target";
  if (error instanceof NameUnresolved) return "unresolved";
  if (error.code?.startsWith("HPE_")) return "bad-answer";
  if (stage === "asking") return "broken-off";
  if (stage === "connecting" || CLOSED_CODES.includes(error.code)) return "not-connected";
  return "insecure";
}
