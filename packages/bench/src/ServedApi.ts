/** The server of the HTTP rows, from the side of those who ask it. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import type { ProcessorTime, Served } from "./ServerProcess.js";

/** Built, whether this runs from the sources or not. */
const PROGRAM = fileURLToPath(new URL("../dist/ServerProcess.js", import.meta.url));

/** Sends a body and waits for the answer; throws unless it is of this status. */
export type Post = (path: string, body: unknown, status: number) => Promise<void>;

export interface ServedApi extends AsyncDisposable {
  /** To the native API. */
  readonly post: Post;
  /** To the same server answering a constant. */
  readonly postConstant: Post;
  /** The processor time the server has taken, in microseconds. */
  readonly cpu: () => Promise<ProcessorTime>;
}

/** Starts the server over a file, with so many items on the shelf. */
export async function serveFile(
  file: string,
  items: number,
  connections: number,
): Promise<ServedApi> {
  const child = fork(PROGRAM, [file, String(items)]);
  const ended = once(child, "exit");
  const [served] = (await Promise.race([once(child, "message"), ended])) as [Served | number];
  if (typeof served !== "object") throw new Error(`the server ended with ${served}`);
  const pools = [served.native, served.constant].map((url) => new Pool(url, { connections }));
  const [native, constant] = pools as [Pool, Pool];
  return {
    post: poster(native, served.key),
    postConstant: poster(constant, served.key),
    cpu: async () => {
      child.send("cpu");
      const [time] = (await once(child, "message")) as [ProcessorTime];
      return time;
    },
    [Symbol.asyncDispose]: async () => {
      for (const pool of pools) await pool.destroy();
      child.disconnect();
      await ended;
    },
  };
}

function poster(pool: Pool, key: string): Post {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return async (path, body, status) => {
    const answer = await pool.request({
      method: "POST",
      path,
      headers,
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== status) throw new Error(`${answer.statusCode}: ${text}`);
  };
}
