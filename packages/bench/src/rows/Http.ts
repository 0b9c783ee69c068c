/** The native API over sockets: against the same server with a constant, and against no server. */
import { outcomeOf, runRounds } from "../Harness.js";
import { checkAccepted, fileIn, openFile } from "../Ledgers.js";
import { concurrentRateOf, type Rate } from "../Rates.js";
import type { Bench, Figure, Row } from "../Row.js";
import { type ServedApi, serveFile } from "../ServedApi.js";
import { percentile } from "../Statistics.js";
import { Traffic } from "../Traffic.js";

const CONNECTIONS = 64;
const PER_REQUEST = 100;
/** A server is fast after some ten thousand requests; so many samples come to that. */
const WARM_UP = 10;

export const httpSingle: Row = {
  id: "http-single",
  title: `native API, ${CONNECTIONS} connections, one movement per request`,
  run: async (bench) => {
    const { items, sampleMs } = bench.scale;
    await using api = await serveFile(fileIn(bench.directory, "served"), items, CONNECTIONS);
    const traffic = new Traffic({ items });
    const rate = (post: ServedApi["post"], ms: number) => () =>
      rateOfRequests(api, ms, () => post("/v1/movements", traffic.next(), 201));
    for (const post of [api.post, api.postConstant]) await rate(post, WARM_UP * sampleMs)();
    const done = await runRounds(
      {
        reference: rate(api.postConstant, sampleMs),
        subjects: [rate(api.post, sampleMs)],
        steadiness: ({ perSecond }) => perSecond,
      },
      bench.rounds,
      (round) => bench.say(`round ${round}`),
    );
    const figure = (unit: Figure["unit"], subject: string, of: (rate: RequestRate) => number) => ({
      subject,
      floor: "the same server, a constant",
      unit,
      outcome: outcomeOf(done, 0, of),
      budgets: [],
    });
    return [
      {
        ...figure("movements/s", "1 movement per request", ({ perSecond }) => perSecond),
        cpu: outcomeOf(done, 0, ({ cpu }) => cpu),
        budgets: [{ of: "ratio", atLeast: 0.6 }],
      },
      figure("µs", "how long a request takes, p50", ({ half }) => half),
      figure("µs", "how long a request takes, p99", ({ nearlyAll }) => nearlyAll),
    ];
  },
};

export const httpBulk: Row = {
  id: "http-bulk",
  title: `native API, ${PER_REQUEST} movements per request`,
  run: async (bench) => {
    const { items, sampleMs } = bench.scale;
    await using api = await serveFile(fileIn(bench.directory, "served"), items, CONNECTIONS);
    await using stock = await openFile(fileIn(bench.directory, "in-process"), items);
    const traffic = new Traffic({ items });
    const request = () => {
      const commands = traffic.take(PER_REQUEST);
      return api.post("/v1/batches", { mode: "each", commands }, 200);
    };
    const call = async () => checkAccepted(await stock.submitEach(traffic.take(PER_REQUEST)));
    await rateOfRequests(api, WARM_UP * sampleMs, request);
    await concurrentRateOf(CONNECTIONS, call, WARM_UP * sampleMs);
    const done = await runRounds<Rate>(
      {
        reference: () => concurrentRateOf(CONNECTIONS, call, sampleMs),
        subjects: [() => rateOfRequests(api, sampleMs, request)],
        steadiness: ({ perSecond }) => perSecond,
      },
      bench.rounds,
      (round) => bench.say(`round ${round}`),
    );
    const perMovement = (rate: Rate) => rate.perSecond * PER_REQUEST;
    const figure: Figure = {
      subject: `${PER_REQUEST} movements per request`,
      floor: "the engine in process, same batches",
      unit: "movements/s",
      outcome: outcomeOf(done, 0, perMovement),
      cpu: outcomeOf(done, 0, ({ cpu }) => cpu / PER_REQUEST),
      budgets: [{ of: "ratio", atLeast: 0.55 }],
    };
    return [figure];
  },
};

/** A rate whose processor time is the server's, with how long single requests took, in µs. */
interface RequestRate extends Rate {
  readonly half: number;
  readonly nearlyAll: number;
}

async function rateOfRequests(
  api: ServedApi,
  sampleMs: Bench["scale"]["sampleMs"],
  request: () => Promise<void>,
): Promise<RequestRate> {
  const times: number[] = [];
  const timed = async () => {
    const start = performance.now();
    await request();
    times.push((performance.now() - start) * 1_000);
  };
  const before = await api.cpu();
  const { perSecond } = await concurrentRateOf(CONNECTIONS, timed, sampleMs);
  const cpu = ((await api.cpu()) - before) / times.length;
  return { perSecond, cpu, half: percentile(times, 0.5), nearlyAll: percentile(times, 0.99) };
}
