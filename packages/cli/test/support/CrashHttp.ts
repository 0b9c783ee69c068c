/** Killing a server under load at random moments, and what must be there afterwards. */
import { type Random, randomFrom } from "../../src/demo/Random.js";
import { json } from "./Cli.js";
import { furnish, makeKey, type Send, type Served, sender, serve } from "./Server.js";

export interface CrashOptions {
  /** An empty directory. */
  readonly cwd: string;
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: ((report: CrashReport) => void) | undefined;
}

export interface CrashReport {
  readonly kills: number;
  /** Movements that were answered before a kill. */
  readonly acknowledged: number;
  /** Movements that a kill left without an answer. */
  readonly unanswered: number;
  /** Of these, how many were in the book when the server was there again. */
  readonly unansweredButThere: number;
  readonly faults: readonly string[];
}

const CLIENTS = 8;
const STOCK = 1_000_000;
const MIN_MS = 20;
const MAX_MS = 1_000;
/** Requests in one life of a server, below what a key may ask in a minute. */
const MOST_PER_LIFE = 4_000;

/** A movement under its idempotency key, which is its reference, too. */
interface Movement {
  readonly key: string;
  readonly change: number;
}

/** Kills and restarts a server again and again, while clients send movements with keys. */
export async function crashOverHttp(options: CrashOptions): Promise<CrashReport> {
  const { cwd, kills, onKill } = options;
  const random = randomFrom(options.seed);
  const book = new Ledger();
  let server = await serve(cwd);
  try {
    const { secret } = await makeKey(cwd);
    await furnish(sender(server.url, secret), STOCK);
    for (let kill = 1; kill <= kills; kill++) {
      const life = await loadUntilKilled(server, secret, `life${kill}`, random);
      await server.ended;
      server = await serve(cwd);
      const send = sender(server.url, secret);
      await book.take(send, life);
      const { sound } = (await json(["verify"], cwd)) as { sound: boolean };
      if (!sound) book.faults.push(`after kill ${kill}: the book is not sound`);
      onKill?.({ kills: kill, ...book.report() });
    }
    return { kills, ...book.report() };
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

interface Life {
  readonly acknowledged: ReadonlyMap<string, Movement & { readonly sequence: number }>;
  readonly unanswered: readonly Movement[];
  readonly faults: readonly string[];
}

/** Clients send one movement after another, until the server is killed in the midst of it. */
async function loadUntilKilled(
  server: Served,
  secret: string,
  life: string,
  random: Random,
): Promise<Life> {
  const send = sender(server.url, secret);
  const acknowledged = new Map<string, Movement & { readonly sequence: number }>();
  const unanswered: Movement[] = [];
  const faults: string[] = [];
  let next = 0;
  let dead = false;
  const client = async () => {
    while (!dead && next < MOST_PER_LIFE) {
      const movement = { key: `${life}-${next++}`, change: random.int(0, 1) === 0 ? -1 : 1 };
      try {
        const { status, body } = await post(send, movement);
        if (status < 300) acknowledged.set(movement.key, { ...movement, ...body });
        else faults.push(`${movement.key} was answered ${status}: ${JSON.stringify(body)}`);
      } catch {
        unanswered.push(movement);
        return;
      }
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  await new Promise((resolve) => setTimeout(resolve, random.int(MIN_MS, MAX_MS)));
  server.signal("SIGKILL");
  dead = true;
  await Promise.all(clients);
  return { acknowledged, unanswered, faults };
}

function post(send: Send, { key, change }: Movement) {
  const lines = [{ item: "TEA", quantity: 1 }];
  const type = change > 0 ? "receive" : "issue";
  const body = { type, location: "shop", lines, reference: key };
  return send("POST", "/v1/movements", body, { "idempotency-key": key });
}

/** What was answered in all lives so far, and what the server says of it. */
class Ledger {
  readonly faults: string[] = [];
  private onHand = STOCK;
  private acknowledged = 0;
  private unanswered = 0;
  private unansweredButThere = 0;
  /** The sequence up to which the feed was read. */
  private after = 0;

  /** Holds one life against the book, then sends again what was not answered. */
  async take(send: Send, { acknowledged, unanswered, faults }: Life): Promise<void> {
    this.faults.push(...faults);
    const there = await this.read(send);
    for (const [key, { sequence }] of acknowledged) {
      const found = there.get(key) ?? [];
      if (found.length === 1 && found[0] === sequence) continue;
      this.faults.push(`${key} was answered as ${sequence} and is there as [${found}]`);
    }
    const asked = new Set([...acknowledged.keys(), ...unanswered.map(({ key }) => key)]);
    for (const [key, found] of there) {
      if (asked.has(key) && found.length > 1) this.faults.push(`${key} is there [${found}]`);
      if (!asked.has(key) && key !== "furnished") this.faults.push(`nobody sent ${key}`);
    }
    this.acknowledged += acknowledged.size;
    this.unanswered += unanswered.length;
    this.unansweredButThere += unanswered.filter(({ key }) => there.has(key)).length;
    await this.sendAgain(send, unanswered, there);
    for (const { change } of [...acknowledged.values(), ...unanswered]) this.onHand += change;
    await this.checkStock(send);
  }

  /** Once is once: what was there gives its first answer, what was not happens now. */
  private async sendAgain(
    send: Send,
    unanswered: readonly Movement[],
    there: ReadonlyMap<string, readonly number[]>,
  ): Promise<void> {
    for (const movement of unanswered) {
      const { status, body } = await post(send, movement);
      const [before] = there.get(movement.key) ?? [];
      const wanted = before === undefined ? "accepted" : "repeated";
      const isSame = before === undefined || body.sequence === before;
      if (status < 300 && body.result === wanted && isSame) continue;
      this.faults.push(`${movement.key} again: ${status} ${JSON.stringify(body)}, not ${wanted}`);
    }
    const now = await this.read(send);
    for (const { key } of unanswered) {
      const times = (there.get(key)?.length ?? 0) + (now.get(key)?.length ?? 0);
      if (times !== 1) this.faults.push(`${key} is there ${times} times after it was sent again`);
    }
  }

  private async checkStock(send: Send): Promise<void> {
    const { body } = await send("GET", "/v1/stock?item=TEA");
    const onHand = body.rows[0]?.onHand;
    if (onHand !== this.onHand) this.faults.push(`${onHand} on hand, not ${this.onHand}`);
  }

  /** The sequences of each reference that came since the last look; the feed has no gap. */
  private async read(send: Send): Promise<ReadonlyMap<string, readonly number[]>> {
    const found = new Map<string, number[]>();
    let more = true;
    while (more) {
      const { body } = await send("GET", `/v1/events?after=${this.after}&limit=1000`);
      for (const { sequence, data } of body.rows) {
        if (sequence !== this.after + 1) this.faults.push(`gap before ${sequence}`);
        this.after = sequence;
        const reference: unknown = data?.reference;
        if (typeof reference !== "string") continue;
        found.set(reference, [...(found.get(reference) ?? []), sequence]);
      }
      more = body.more;
    }
    return found;
  }

  report() {
    const { acknowledged, unanswered, unansweredButThere, faults } = this;
    return { acknowledged, unanswered, unansweredButThere, faults };
  }
}
