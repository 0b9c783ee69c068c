/** Webhooks over sockets: what one dead receiver costs the others. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  LOCAL_TARGETS,
  Stockbook,
  WebhookSecrets,
  type WebhookShape,
  Webhooks,
} from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { DEFAULT_DELIVERY_OPTIONS, delivering } from "@stockbook/webhooks/delivery";
import { Effect, Layer, ManagedRuntime } from "effect";
import { fileIn } from "../Ledgers.js";
import { compareRates, type Rate, type RateOutcome, rateOfOne } from "../Rates.js";
import type { Row } from "../Row.js";
import { opening, Traffic } from "../Traffic.js";

const OWNER = { organisation: "default", mode: "live" } as const;
const SHELF = 100;

const SHAPE: WebhookShape = {
  api: "native",
  eventTypes: ["stock.moved"],
  messages: ({ type, sequence, data }) =>
    Effect.succeed([{ type, body: { type, sequence, data } }]),
  test: { type: "webhook.test", body: {} },
};

export const webhooks: Row = {
  id: "webhooks",
  title: "webhooks: one receiver of many is dead",
  run: async (bench) => {
    const { events, endpoints } = bench.scale.webhooks;
    await using shop = await openShop(fileIn(bench.directory, "webhooks"), endpoints);
    const deliver = (how: Company) => () => shop.deliver(events, how);
    const [other] = await compareRates(bench, deliver("all well"), [deliver("one dead")]);
    return [
      {
        subject: `${events} events to ${endpoints - 1} others, one dead`,
        floor: "the same without it",
        unit: "deliveries/s",
        ...(other as RateOutcome),
        budgets: [{ of: "ratio", atLeast: 0.8 }],
      },
    ];
  },
};

type Company = "all well" | "one dead";

interface Shop extends AsyncDisposable {
  /** Records movements, and waits until all receivers but the dead one have been told. */
  readonly deliver: (events: number, how: Company) => Promise<Rate>;
}

async function openShop(file: string, endpoints: number): Promise<Shop> {
  const [well, dead] = [await receiver("answers"), await receiver("hangs")];
  const key = Buffer.alloc(32, 1).toString("base64");
  const runtime = ManagedRuntime.make(engineOver(file, key));
  const { ledger, hooks, ids } = await runtime.runPromise(furnished(endpoints, well, dead));
  const traffic = new Traffic({ items: SHELF });
  const deadId = ids.at(-1) as string;
  const setDead = (enabled: boolean) =>
    runtime.runPromise(hooks.changeEndpoint(OWNER, deadId, { enabled }));
  return {
    deliver: async (events, how) => {
      await setDead(how === "one dead");
      // What it has missed meanwhile is tried at once.
      if (how === "one dead" && dead.count() > 0) await dead.until(dead.count() + 1);
      const told = well.count() + events * (endpoints - 1);
      return rateOfOne(events * (endpoints - 1), async () => {
        await runtime.runPromise(ledger.submitEach(traffic.take(events)));
        await well.until(told);
      });
    },
    [Symbol.asyncDispose]: async () => {
      await runtime.dispose();
      for (const { close } of [well, dead]) await close();
    },
  };
}

function engineOver(file: string, key: string) {
  const services = Layer.merge(
    Stockbook.layer(),
    Webhooks.layer({ shapes: [SHAPE], targetFault: () => undefined }),
  );
  const worker = delivering({
    shapes: [SHAPE],
    sender: { ...DEFAULT_DELIVERY_OPTIONS.sender, policy: LOCAL_TARGETS },
  });
  return worker.pipe(
    Layer.provideMerge(services),
    Layer.provideMerge(Layer.merge(sqlite(file), WebhookSecrets.layer([key]))),
    Layer.merge(Layer.setTracerEnabled(false)),
  );
}

function furnished(endpoints: number, well: Receiver, dead: Receiver) {
  return Effect.gen(function* () {
    const ledger = yield* (yield* Stockbook).ledger(OWNER);
    yield* ledger.submitEach([...opening(SHELF)]);
    const hooks = yield* Webhooks;
    const ids: string[] = [];
    for (let i = 0; i < endpoints; i++) {
      const url = i === endpoints - 1 ? dead.url : `${well.url}/${i}`;
      const { endpoint } = yield* hooks.createEndpoint({ ...OWNER, url });
      ids.push(endpoint.id);
    }
    return { ledger, hooks, ids };
  });
}

interface Receiver {
  readonly url: string;
  /** Requests that have come so far. */
  readonly count: () => number;
  readonly until: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function receiver(how: "answers" | "hangs"): Promise<Receiver> {
  let count = 0;
  let awaited: { readonly count: number; readonly reached: () => void } | undefined;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      count++;
      if (how === "answers") response.writeHead(204).end();
      if (awaited !== undefined && count >= awaited.count) awaited.reached();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => count,
    until: (wanted) =>
      count >= wanted
        ? Promise.resolve()
        : new Promise((reached) => {
            awaited = { count: wanted, reached };
          }),
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
