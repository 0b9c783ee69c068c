import { describe, expect, it } from "vitest";
import { furnish, startServer } from "../support/TestServer.js";

describe("the native API", () => {
  it("takes goods in, and tells what there is", async () => {
    await using server = await startServer();
    await furnish(server);
    const stock = await server.send("GET", "/v1/stock?item=TEA");
    expect(stock.status).toBe(200);
    expect(stock.body.rows).toMatchObject([{ item: "TEA", onHand: 12, value: 3840 }]);
  });

  it("takes no parameter where there is none", async () => {
    await using server = await startServer();
    const answer = await server.send("GET", "/v1/locations?limit=1");
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid-parameter" } });
  });
});
