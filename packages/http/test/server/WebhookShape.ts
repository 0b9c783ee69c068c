import { HttpApi } from "@effect/platform";
import type { Command } from "@stockbook/core";
import { EVENT_TYPES, type LedgerService, Stockbook } from "@stockbook/engine";
import { foundingCommands, type History, historyArbitrary, runHistory } from "@stockbook/testing";
import { Context, Effect, Option, Schema, SchemaAST } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WEBHOOK_EXAMPLES } from "../../src/contract/Examples.js";
import { NativeApi, openApi } from "../../src/contract/index.js";
import { nativeShape } from "../../src/index.js";
import { manualClock } from "../support/ManualClock.js";
import { startServer, type TestServer } from "../support/TestServer.js";

const RUNS = Math.min(50, Number(process.env.STOCKBOOK_RUNS ?? 20));
/** After all that any history tells of. */
const clock = manualClock(Date.parse("2027-01-01T00:00:00Z"));
const STRICT = { onExcessProperty: "error", errors: "all" } as const;

/** What the document calls the bodies of a type, and how they are checked. */
const bodySchemas = new Map(
  Context.unsafeGet(NativeApi.annotations, HttpApi.AdditionalSchemas).map((schema) => [
    Option.getOrThrow(SchemaAST.getIdentifierAnnotation(schema.ast)),
    Schema.decodeUnknownEither(schema as Schema.Schema<unknown>, STRICT),
  ]),
);

interface Entry {
  readonly post: {
    readonly requestBody: {
      readonly content: {
        readonly "application/json": {
          readonly schema: { readonly $ref?: string; readonly anyOf?: readonly { $ref: string }[] };
        };
      };
    };
  };
}

const webhooks = openApi().webhooks as Readonly<Record<string, Entry>>;

function fits(type: string, body: unknown): boolean {
  const { schema } = webhooks[type]?.post.requestBody.content["application/json"] ?? {};
  const refs = schema?.anyOf ?? (schema?.$ref === undefined ? [] : [{ $ref: schema.$ref }]);
  return refs.some(
    ({ $ref }) => bodySchemas.get($ref.split("/").at(-1) ?? "")?.(body)._tag === "Right",
  );
}

const lines = (quantity: number) => [{ item: "TEA", quantity }];

/** Falls below a minimum and comes back, which few histories do by themselves. */
const CROSSING: readonly Command[] = [
  { type: "put-location", id: "kiosk" },
  { type: "put-item", sku: "TEA", precision: 1 },
  { type: "receive", location: "kiosk", lines: lines(10) },
  { type: "set-threshold", item: "TEA", location: "kiosk", minimum: 6, maximum: 24 },
  { type: "issue", location: "kiosk", lines: lines(5.5) },
  { type: "receive", location: "kiosk", lines: lines(8) },
];

/** All that happens in a history, given to the test ledger of an organisation of its own. */
async function play(server: TestServer, id: string, history: History): Promise<string> {
  const { access, createKey, run } = server;
  await run(access.createOrganisation({ id, settings: history.world.settings }));
  const commands = [
    ...foundingCommands(history.world),
    ...runHistory(history).results.map(({ command }) => command),
    ...CROSSING,
  ];
  await run(Effect.flatMap(ledgerOf(id), ({ submitEach }) => submitEach(commands)));
  return (await createKey({ organisation: id })).secret as string;
}

const ledgerOf = (organisation: string) =>
  Effect.flatMap(Stockbook, ({ ledger }) => ledger({ organisation, mode: "test" }));

const messages = (ledger: LedgerService) =>
  Effect.flatMap(ledger.events({ limit: 1_000 }), ({ rows }) =>
    Effect.map(
      Effect.forEach(rows, (event) => nativeShape.messages(event, ledger)),
      (all) => all.flat(),
    ),
  );

describe("the webhooks of the native API", () => {
  it("say what the events feed says, in the documented form, over any history", async () => {
    await using server = await startServer({ clock });
    const seen = new Set<string>();
    let organisations = 0;
    const property = fc.asyncProperty(historyArbitrary(), async (history) => {
      organisations++;
      const id = `org-${organisations}`;
      const key = await play(server, id, history);
      const feed = (await server.send("GET", "/v1/events?limit=1000", { key })).body.rows;
      const sent = await server.run(Effect.flatMap(ledgerOf(id), messages));
      expect(sent.map(({ type }) => type)).toEqual(feed.map(({ type }: Row) => type));
      // As JSON: what is sent.
      const bodies: readonly Body[] = sent.map(({ body }) => JSON.parse(JSON.stringify(body)));
      expect(bodies.map(asEvent)).toEqual(feed);
      expect(bodies.filter((body) => !fits(body.type, body))).toEqual([]);
      for (const { type } of feed) seen.add(type);
    });
    await fc.assert(property, { numRuns: RUNS, seed: Number(process.env.STOCKBOOK_SEED ?? 7) });
    const crossings = ["stock.depleted", "stock.replenished"];
    expect([...seen]).toEqual(expect.arrayContaining(["stock.moved", ...crossings]));
  });

  it("tell what to order when stock is low, and when it is there again", async () => {
    await using server = await startServer({ clock });
    await server.run(Effect.flatMap(ledgerOf("acme"), ({ submitAll }) => submitAll(CROSSING)));
    const sent = await server.run(Effect.flatMap(ledgerOf("acme"), messages));
    const bodies = sent.map(({ body }) => body as Body);
    const rule = { item: "TEA", sku: "TEA", location: "kiosk", minimum: 6, maximum: 24 };
    const timestamp = "2027-01-01T00:00:00.000Z";
    expect(bodies.slice(-3)).toMatchObject([
      {
        type: "stock.depleted",
        timestamp,
        sequence: 7,
        data: { ...rule, quantity: 4.5, replenishment: 19.5, cause: 6 },
      },
      { type: "stock.moved", sequence: 8 },
      {
        type: "stock.replenished",
        timestamp,
        sequence: 9,
        data: { ...rule, quantity: 12.5, replenishment: 0, cause: 8 },
      },
    ]);
  });

  it("have an entry in the document for each type of event, and one for tests", () => {
    expect(Object.keys(webhooks)).toEqual([...EVENT_TYPES, "webhook.test"]);
    expect(nativeShape.eventTypes).toEqual(EVENT_TYPES);
  });

  it("have examples in the form they are sent in", () => {
    expect(Object.keys(WEBHOOK_EXAMPLES)).toEqual(Object.keys(webhooks));
    for (const [type, example] of Object.entries(WEBHOOK_EXAMPLES)) {
      expect(fits(type, example), type).toBe(true);
      expect(fits(type, { ...(example as object), more: 1 }), type).toBe(false);
    }
    expect(fits("webhook.test", nativeShape.test.body)).toBe(true);
    const shortened = { type: "stock.moved", sequence: 7, shortened: true };
    expect(fits("stock.moved", shortened)).toBe(true);
  });
});

interface Row {
  readonly type: string;
}

interface Body extends Row {
  readonly timestamp: string;
}

/** The event that a body tells of. */
function asEvent({ timestamp, ...rest }: Body) {
  return { ...rest, recordedAt: timestamp };
}
