/** A process of its own that serves the native API, and beside it the same server with a constant. */
import { HttpServerRequest, HttpServerResponse } from "@effect/platform";
import { Access, Stockbook } from "@stockbook/engine";
import { type App, nativeApp } from "@stockbook/http";
import { listen } from "@stockbook/http/node";
import { sqlite } from "@stockbook/store-sqlite";
import { Effect, Layer } from "effect";
import { opening } from "./Traffic.js";

/** What the process tells when it is ready. */
export interface Served {
  readonly native: string;
  readonly constant: string;
  readonly key: string;
}

/** What the process tells when it is asked: its processor time in microseconds. */
export type ProcessorTime = number;

const ORGANISATION = "bench";
/** More than any machine can ask for. */
const PLAN = { name: "bench", requests: 1_000_000_000, windowMs: 1_000 };

/** What a movement is answered with, and nothing done for it but reading the request. */
const CONSTANT = JSON.stringify({
  result: "accepted",
  sequence: 12_345,
  occurredAt: "2026-03-01T12:00:00.000Z",
  recordedAt: "2026-03-01T12:00:00.000Z",
  entries: [{ sequence: 12_345, type: "stock.moved" }],
});

const constantApp: App = Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ arrayBuffer }) =>
  Effect.as(
    arrayBuffer,
    HttpServerResponse.text(CONSTANT, { status: 201, contentType: "application/json" }),
  ),
).pipe(Effect.orDie);

const serving = (items: number) =>
  Effect.gen(function* () {
    const access = yield* Access;
    yield* access.createOrganisation({ id: ORGANISATION, plan: PLAN });
    const ledger = yield* (yield* Stockbook).ledger({ organisation: ORGANISATION, mode: "test" });
    yield* ledger.submitEach(opening(items));
    const { secret } = yield* access.createKey({
      organisation: ORGANISATION,
      mode: "test",
      name: "bench",
      scopes: ["stock:write"],
    });
    const native = yield* listen(yield* nativeApp());
    const constant = yield* listen(constantApp);
    const served: Served = { native: native.url, constant: constant.url, key: secret ?? "" };
    process.send?.(served);
    yield* untilAskedToEnd;
  });

const untilAskedToEnd = Effect.async<void>((resume) => {
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.(user + system);
  });
  process.once("disconnect", () => resume(Effect.void));
});

const [, , file = "", items = "1"] = process.argv;
const engine = Layer.provideMerge(Layer.merge(Stockbook.layer(), Access.layer()), sqlite(file));
await Effect.runPromise(
  Effect.scoped(Effect.provide(serving(Number(items)), engine)).pipe(
    Effect.withTracerEnabled(false),
  ),
);
