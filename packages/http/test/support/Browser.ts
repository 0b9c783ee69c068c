/** A real browser, without a window, spoken to through a pipe. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** The browser of this machine, or nothing. */
export function browserHere(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return names.find((name) => spawnSync(name, ["--version"]).status === 0);
}

export interface Visit {
  /** Every address that was asked for; `data:` asks nobody. */
  readonly requests: readonly string[];
  /** What the browser complained of: errors of scripts, and what the page's policy refused. */
  readonly complaints: readonly string[];
  /** What a reader sees. */
  readonly text: string;
  readonly screenshot: Buffer;
}

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--remote-debugging-pipe",
  "--window-size=1280,900",
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  // Whatever the browser tells.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly result?: any;
  readonly error?: { readonly message: string };
}

/** Opens a page in a browser of its own and stays until a text is to be read there. */
export async function visit(browser: string, url: string, awaited: string): Promise<Visit> {
  const profile = mkdtempSync(join(tmpdir(), "stockbook-browser-"));
  const child = spawn(browser, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    // A group of its own, so that the processes it starts end with it.
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    return await look(child, url, awaited);
  } finally {
    endGroup(child);
    await ended;
    // They may write a little longer.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

async function look(child: ChildProcess, url: string, awaited: string): Promise<Visit> {
  const requests: string[] = [];
  const complaints: string[] = [];
  const { send, onMessage } = pipeOf(child);
  onMessage(({ method, params }) => {
    if (method === "Network.requestWillBeSent") requests.push(params.request.url);
    if (method === "Log.entryAdded" && params.entry.level === "error") {
      complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    }
    if (method === "Runtime.exceptionThrown") complaints.push(params.exceptionDetails.text);
  });
  const { targetInfos } = await send("Target.getTargets");
  const { targetId } = targetInfos.find(({ type }: { type: string }) => type === "page");
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const ask = (method: string, params = {}) => send(method, params, sessionId);
  for (const domain of ["Network", "Log", "Runtime", "Page"]) await ask(`${domain}.enable`);
  await ask("Page.navigate", { url });
  const read = async (): Promise<string> =>
    (await ask("Runtime.evaluate", { expression: "document.body.innerText" })).result.value ?? "";
  const until = Date.now() + 60_000;
  let text = await read();
  while (!text.includes(awaited) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    text = await read();
  }
  const { data } = await ask("Page.captureScreenshot", { format: "png" });
  return { requests, complaints, text, screenshot: Buffer.from(data, "base64") };
}

/** Messages end with a zero byte, both ways. */
function pipeOf(child: ChildProcess) {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const listeners: ((message: Message) => void)[] = [];
  let rest = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop() ?? "";
    for (const one of messages) {
      const message = JSON.parse(one) as Message;
      if (message.id === undefined) for (const listener of listeners) listener(message);
      else waiting.get(message.id)?.(message);
    }
  });
  let last = 0;
  const ended = new Promise<never>((_, reject) =>
    child.once("close", () => reject(new Error("the browser ended"))),
  );
  ended.catch(() => undefined);
  const send = (method: string, params = {}, sessionId?: string) => {
    const answer = new Promise<Message["result"]>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
    return Promise.race([answer, ended]);
  };
  return { send, onMessage: (listener: (message: Message) => void) => listeners.push(listener) };
}
