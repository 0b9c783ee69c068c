import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { furnish, receive, startServer, type TestServer } from "../support/TestServer.js";

/** A second organisation, with a key of its own. */
async function stranger(server: TestServer): Promise<string> {
  await server.run(server.access.createOrganisation({ id: "other" }));
  return (await server.createKey({ organisation: "other" })).secret as string;
}

const reserveTea = { location: "shop", lines: [{ item: "TEA", quantity: 2 }] };

describe("what belongs to another organisation", () => {
  it("is not found: items, places, movements, reservations, keys", async () => {
    await using server = await startServer();
    await furnish(server);
    const { body: reservation } = await server.send("POST", "/v1/reservations", {
      body: reserveTea,
    });
    const { key: own } = await server.createKey();
    const key = await stranger(server);
    const paths = [
      "/v1/items/TEA",
      "/v1/locations/shop",
      `/v1/transactions/${reservation.sequence}`,
      `/v1/reservations/${reservation.sequence}`,
      `/v1/keys/${own.id}`,
    ];
    for (const path of paths) {
      expect((await server.send("GET", path)).status, path).toBe(200);
      expectProblem(await server.send("GET", path, { key }), "not-found");
    }
    const release = `/v1/reservations/${reservation.sequence}/release`;
    expectProblem(await server.send("POST", release, { key, body: {} }), "not-found");
    expectProblem(await server.send("DELETE", `/v1/keys/${own.id}`, { key }), "not-found");
  });

  it("is in no list", async () => {
    await using server = await startServer();
    await furnish(server);
    const key = await stranger(server);
    const lists = ["items", "locations", "stock", "reservations", "transactions", "valuation"];
    for (const list of lists) {
      expect((await server.send("GET", `/v1/${list}`, { key })).body.rows, list).toEqual([]);
    }
    const { body } = await server.send("GET", "/v1/keys", { key });
    expect(body.rows).toHaveLength(1);
  });

  it("stays as it is when the other uses the same names and idempotency keys", async () => {
    await using server = await startServer();
    await furnish(server, 5);
    const key = await stranger(server);
    const headers = { "idempotency-key": "one" };
    await server.send("POST", "/v1/movements", { body: receive(1), headers });
    await server.send("PUT", "/v1/locations/shop", { key, body: { name: "Theirs" } });
    await server.send("PUT", "/v1/items/TEA", { key, body: { name: "Theirs" } });
    const theirs = await server.send("POST", "/v1/movements", { key, body: receive(9), headers });
    expect(theirs).toMatchObject({ status: 201, body: { result: "accepted" } });
    const stock = await server.send("GET", "/v1/stock");
    expect(stock.body.rows).toMatchObject([{ name: "Tea", onHand: 6 }]);
  });
});

describe("the live and the test ledger", () => {
  it("never meet", async () => {
    await using server = await startServer();
    await furnish(server);
    const live = (await server.createKey({ mode: "live" })).secret;
    expectProblem(await server.send("GET", "/v1/items/TEA", { key: live }), "not-found");
    await server.send("PUT", "/v1/items/TEA", { key: live, body: { name: "Live tea" } });
    const test = await server.send("GET", "/v1/items/TEA");
    expect(test.body.name).toBe("Tea");
    const events = await server.send("GET", "/v1/events", { key: live });
    expect(events.body.rows.map(({ type }: { type: string }) => type)).toEqual([
      "ledger.opened",
      "item.changed",
    ]);
  });
});
