import type { Command } from "@stockbook/core";
import type { MessageContent } from "@stockbook/engine";
import { Webhooks } from "@stockbook/engine";
import { Effect, Schema } from "effect";
import { describe, expect, it } from "vitest";
import { CrossingBody, TransactionBody } from "../src/contract/index.js";
import { tictapShape } from "../src/index.js";
import { furnish, issue, MUG, receive, TEA } from "./support/Shop.js";
import { startServer, type TestServer } from "./support/TestServer.js";

const hook = { url: "https://erp.example.com/hooks/stock" };

describe("registering a webhook", () => {
  it("answers 201 with an empty body, for JSON and for a form", async () => {
    await using server = await startServer();
    const { client, run } = server;
    const json = await client.registerWebhook({
      ...hook,
      format: "json",
      headers: { "X-Secret-Token": "t", "X-Source": "TicTAP" },
    });
    expect({ status: json.status, text: json.text }).toEqual({ status: 201, text: "" });
    const form = await client.send("POST", "/webhooks", {
      body: "url=https%3A%2F%2Ferp.example.com%2Fform&headers[X-Token]=a%20b",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect({ status: form.status, text: form.text }).toEqual({ status: 201, text: "" });
    const webhooks = await run(Webhooks);
    const endpoints = await run(webhooks.endpoints({ organisation: "acme", mode: "test" }));
    const api = "tictap";
    const events = [...tictapShape.eventTypes];
    expect(endpoints).toMatchObject([
      {
        api,
        events,
        url: hook.url,
        format: "json",
        headers: { "x-secret-token": "t", "x-source": "TicTAP" },
      },
      {
        api,
        events,
        url: "https://erp.example.com/form",
        format: "form",
        headers: { "x-token": "a b" },
      },
    ]);
  });

  it.each([
    ["no url", {}, "url"],
    ["a url that is none", { url: "erp" }, "url"],
    ["a url of this machine", { url: "https://127.0.0.1/" }, "url"],
    ["an unknown format", { ...hook, format: "xml" }, "format"],
    ["the header Host", { ...hook, headers: { Host: "a" } }, "headers.Host"],
    [
      "the header Content-Length",
      { ...hook, headers: { "content-length": "1" } },
      "headers.content-length",
    ],
    [
      "the header Transfer-Encoding",
      { ...hook, headers: { "Transfer-Encoding": "x" } },
      "headers.Transfer-Encoding",
    ],
    ["the header Connection", { ...hook, headers: { connection: "close" } }, "headers.connection"],
    ["a header of two lines", { ...hook, headers: { "X-A": "a\r\nb" } }, "headers.X-A"],
    ["headers that are no object", { ...hook, headers: "X-A" }, "headers"],
  ])("is refused with %s", async (_, webhook, field) => {
    await using server = await startServer();
    const { status, body } = await server.client.registerWebhook(webhook);
    expect({ status, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
      status: 400,
      fields: [field],
    });
  });

  it("is 501 where nothing is delivered", async () => {
    await using server = await startServer({ webhooks: "none" });
    // The proxy that looks at answers takes 501 for its own to give.
    const { status, body } = await server.client.send("POST", "/webhooks", {
      body: hook,
      isDirect: true,
    });
    expect({ status, body }).toEqual({
      status: 501,
      body: { message: "this server delivers no webhooks" },
    });
  });
});

/** What receivers are told of commands. */
async function toldOf(
  { ledger, run, submit }: TestServer,
  ...commands: readonly Command[]
): Promise<readonly MessageContent[]> {
  const after = await run(ledger.head);
  for (const command of commands) await submit(command);
  const { rows } = await run(ledger.events({ after, limit: 1_000 }));
  const messages = await run(Effect.forEach(rows, (event) => tictapShape.messages(event, ledger)));
  return messages.flat();
}

const typesOf = (messages: readonly MessageContent[]) => messages.map(({ type }) => type);

const decodeTransaction = Schema.decodeUnknownSync(TransactionBody, { onExcessProperty: "error" });
const decodeCrossing = Schema.decodeUnknownSync(CrossingBody, { onExcessProperty: "error" });

describe("receivers are told", () => {
  it("of a transaction, as it is listed", async () => {
    await using server = await startServer();
    await furnish(server);
    const [message, ...more] = await toldOf(server, {
      ...receive("a1", TEA, 10),
      reference: "PO-1",
    } as Command);
    expect(more).toEqual([]);
    const { results } = (await server.client.transactions({ destination_store: "north" })).body;
    expect(message).toEqual({ type: "stock_transaction_created", body: results[0] });
    expect(decodeTransaction(message?.body)).toMatchObject({
      order_number: "PO-1",
      movement: { type: "input", origin: null, destination: "Shelf A1" },
      lines: [{ product_name: "Tea", quantity: 10, line_cost: { amount: "3200" } }],
    });
  });

  it("of a stock item that falls below its minimum, and of one that comes back", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(
      receive("a1", TEA, 12),
      { type: "set-threshold", item: TEA, location: "north", minimum: 10, maximum: 30 },
      { type: "set-threshold", item: TEA, location: "a1", minimum: 9 },
    );
    const fallen = await toldOf(server, issue("a1", TEA, 4));
    expect(typesOf(fallen)).toEqual([
      "stock_transaction_created",
      "entity_stock_depleted",
      "entity_stock_depleted",
    ]);
    const bodies = fallen.slice(1).map(({ body }) => decodeCrossing(body));
    const ofNorth = bodies.find(({ entity }) => entity.node_id === "north");
    const item = (await server.client.available("north")).body.find(
      ({ node_id }: { node_id: string }) => node_id === "north",
    );
    const entity = { ...item, quantity: 8 };
    expect(ofNorth).toEqual({
      entity,
      event: {
        name: "entity_stock_depleted",
        current_snapshot: entity,
        data: {
          id: item.id,
          definition_id: "stock_item",
          minimum_stock: 10,
          current_stock: 8,
          maximum_stock: 30,
          replenishment_quantity: 22,
        },
      },
      datetime: expect.stringMatching(/\+00:00$/),
    });
    const ofShelf = bodies.find((body) => body.entity.node_id === "a1");
    expect(ofShelf?.event.data).toMatchObject({ maximum_stock: 0, replenishment_quantity: 1 });

    expect(typesOf(await toldOf(server, issue("a1", TEA, 1)))).toEqual([
      "stock_transaction_created",
    ]);
    const back = await toldOf(server, receive("a2", TEA, 5));
    expect(typesOf(back)).toEqual(["stock_transaction_created", "entity_stock_replenished"]);
    const { event } = decodeCrossing(back[1]?.body);
    expect(event.data).toMatchObject({ current_stock: 12, minimum_stock: 10 });
    expect(event.data).not.toHaveProperty("replenishment_quantity");
  });

  it("nothing of what is set aside, of the catalogue and of rules that are set", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(receive("a1", TEA, 5));
    const line = { item: TEA, quantity: 2 };
    const told = await toldOf(
      server,
      { type: "reserve", location: "a1", lines: [line] },
      { type: "hold", location: "a1", lines: [line] },
      { type: "set-threshold", item: TEA, location: "a1", minimum: 50 },
      { type: "put-item", id: "NEW" },
    );
    expect(told).toEqual([]);
  });

  it("nothing of thresholds by creating a stock item, and once by changing its quantity", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client, ledger, run } = server;
    const told = async (act: () => Promise<unknown>) => {
      const after = await run(ledger.head);
      await act();
      const { rows } = await run(ledger.events({ after }));
      const messages = await run(
        Effect.forEach(rows, (event) => tictapShape.messages(event, ledger)),
      );
      return typesOf(messages.flat());
    };
    const given = { quantity: 3, minQuantity: 10, maxQuantity: 0 };
    expect(await told(() => client.createItem("a1", { productId: MUG, ...given }))).toEqual([
      "stock_transaction_created",
    ]);
    const [{ id }] = (await client.available("a1")).body;
    expect(await told(() => client.changeItem(id, { ...given, minQuantity: 12 }))).toEqual([]);
    expect(
      await told(() => client.changeItem(id, { ...given, minQuantity: 12, quantity: 12 })),
    ).toEqual(["stock_transaction_created", "entity_stock_replenished"]);
    expect(
      await told(() => client.changeItem(id, { ...given, minQuantity: 12, quantity: 11 })),
    ).toEqual(["stock_transaction_created", "entity_stock_depleted"]);
  });

  it("in bodies that are the same when they are parsed and written again", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit({ type: "set-threshold", item: TEA, location: "a1", minimum: 3 });
    const oil = { type: "put-item", id: "OIL", name: 'Öl \u2028 "1"', precision: 3 } as const;
    const told = await toldOf(
      server,
      oil,
      receive("a1", "OIL", "0.001"),
      receive("a1", TEA, 10),
      issue("a1", TEA, 9),
      receive("a1", TEA, 2),
    );
    expect(told.length).toBe(7);
    for (const { body } of told) {
      const text = JSON.stringify(body);
      expect(JSON.stringify(JSON.parse(text))).toBe(text);
    }
  });
});
