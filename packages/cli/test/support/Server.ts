/** Runs `stockbook serve` as a process, as its users do, on a port of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { BIN, json } from "./Cli.js";

export interface Ended {
  /** `null` where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Served extends AsyncDisposable {
  readonly url: string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Done when a line of its error stream is such; fails where it ends before. */
  readonly complains: (about: RegExp) => Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface ServeOptions {
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a server over `stock.db` and waits until it says where it is; it ends with its scope. */
export async function serve(
  cwd: string,
  { words = ["serve", "--log", "off"], env = {} }: ServeOptions = {},
): Promise<Served> {
  const child = spawn(process.execPath, [BIN, ...words, "--port", "0"], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (status, signal) => resolve({ status, signal, ...output })),
  );
  const url = await urlOf(child, ended, () => output.stdout);
  return {
    url,
    signal: (signal) => child.kill(signal),
    complains: (about) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (about.test(output.stderr)) resolve();
        };
        child.stderr.on("data", look);
        look();
        void ended.then(({ stderr }) => reject(new Error(`said nothing of it: ${stderr}`)));
      }),
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function urlOf(child: ChildProcess, ended: Promise<Ended>, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", () => {
      const text = said();
      const url = /^Stockbook serves .* at (\S+)$/m.exec(text)?.[1];
      if (url !== undefined && text.includes("Ctrl-C")) resolve(url);
    });
    void ended.then(({ status, stderr }) => reject(new Error(`ended with ${status}: ${stderr}`)));
  });
}

/** A key to a ledger of the organisation `default`, made by another process. */
export async function makeKey(
  cwd: string,
  { mode = "live", scope = "all" } = {},
): Promise<{ readonly id: string; readonly secret: string }> {
  const words = ["keys", "create", "--name", "test", "--mode", mode, "--scope", scope];
  const { key, secret } = (await json(words, cwd)) as { key: { id: string }; secret: string };
  return { id: key.id, secret };
}

export interface Answer {
  readonly status: number;
  // Tests look at whatever was answered.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any;
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Sends requests with a key; rejects where no whole answer came. */
export function sender(url: string, secret: string): Send {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
}

/** A shop with so much tea in it. */
export async function furnish(send: Send, quantity: number): Promise<void> {
  const answers = [
    await send("PUT", "/v1/locations/shop", { name: "Shop" }),
    await send("PUT", "/v1/items/TEA", { name: "Tea", unitCost: 320 }),
    await send("POST", "/v1/movements", {
      type: "receive",
      location: "shop",
      lines: [{ item: "TEA", quantity }],
      reference: "furnished",
    }),
  ];
  const failed = answers.find(({ status }) => status >= 300);
  if (failed !== undefined) throw new Error(JSON.stringify(failed.body));
}
