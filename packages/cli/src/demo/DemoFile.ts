/** The demo's file: made anew each time, but only ever over one that the demo made itself. */
import { existsSync, rmSync } from "node:fs";
import { Effect, Stream } from "effect";
import { openBook, told } from "../Book.js";
import { Failure } from "../Failure.js";
import { DEMO_KEY } from "./Acts.js";

const NAMES = ["demo.db", "demo-2.db", "demo-3.db", "demo-4.db", "demo-5.db"] as const;

/** The first usual name, or the one asked for, cleared of an earlier demo. */
export const freshFile = (asked: string | undefined): Effect.Effect<string, Failure> =>
  Effect.gen(function* () {
    const names = asked === undefined ? NAMES : [asked];
    for (const name of names) {
      if (!existsSync(name)) return name;
      if (!(yield* isDemo(name))) continue;
      for (const suffix of ["", "-wal", "-shm"]) rmSync(name + suffix, { force: true });
      return name;
    }
    const [first] = names;
    const message = `${first}: the demo did not make this file and leaves it alone; name another with --db`;
    return yield* new Failure({ message });
  });

/** Whether every command in a book is one of the demo's own. */
const isDemo = (path: string): Effect.Effect<boolean> =>
  Effect.gen(function* () {
    const book = yield* openBook(path);
    const keys = book.entries().pipe(
      Stream.filter(({ key, body }) => key !== null || body.type === "movement"),
      Stream.map(({ key }) => key?.replace(/^@refused:/, "") ?? ""),
    );
    const foreign = keys.pipe(
      Stream.filter((key) => !key.startsWith(DEMO_KEY)),
      Stream.runHead,
    );
    const first = yield* told(path, Stream.runHead(keys));
    return first._tag === "Some" && (yield* told(path, foreign))._tag === "None";
  }).pipe(
    Effect.scoped,
    Effect.catchAll(() => Effect.succeed(false)),
  );
