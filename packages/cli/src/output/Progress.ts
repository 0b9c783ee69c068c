/** Progress on the error stream: one line rewritten on a terminal, now and then a line elsewhere. */
import { Effect } from "effect";
import { number } from "./Text.js";

export interface Progress {
  /** Tells how much is done. */
  readonly tell: (done: number) => void;
  /** Clears the way for other output. */
  readonly end: () => void;
}

const REWRITE_MS = 100;
const LINE_MS = 2_000;
const BAR = 24;

export const silent: Progress = { tell: () => undefined, end: () => undefined };

/** Progress towards a total, as `Importing ━━━━──── 1,200 of 1,893 documents`. */
export function progressOf(
  title: string,
  total: number,
  what: string,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const every = stream.isTTY ? REWRITE_MS : LINE_MS;
  let shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : performance.now();
  return {
    tell: (done) => {
      const now = performance.now();
      if (now - shownAt < every) return;
      shownAt = now;
      const figures = `${number(done)} of ${number(total)} ${what}`;
      if (stream.isTTY) stream.write(`\r\u001b[2K${title} ${bar(done, total)} ${figures}`);
      else stream.write(`${title}: ${figures}\n`);
    },
    end: () => {
      if (stream.isTTY) stream.write("\r\u001b[2K");
    },
  };
}

/** Tells how much is done, and lets the process hear what came in meanwhile, such as Ctrl-C. */
export function telling(progress: Progress): (done: number) => Effect.Effect<void> {
  return (done) =>
    Effect.async((resume) => {
      progress.tell(done);
      setImmediate(() => resume(Effect.void));
    });
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? BAR : Math.round((Math.min(done, total) / total) * BAR);
  return "━".repeat(filled) + "─".repeat(BAR - filled);
}
