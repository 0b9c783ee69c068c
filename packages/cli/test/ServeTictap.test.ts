/** `stockbook serve --api tictap`: from a stock item that changes to what its receivers are sent. */
import { expect, it } from "vitest";
import { directory } from "./support/Cli.js";
import { startReceiver } from "./support/Receiver.js";
import { furnish, makeKey, sender, serve } from "./support/Server.js";

const LOCAL = ["serve", "--log", "off", "--allow-loopback-webhooks", "--api", "tictap"];

it("a stock item that falls below its minimum is told to receivers, as JSON and as a form", async () => {
  const cwd = directory();
  await using json = await startReceiver();
  await using form = await startReceiver();
  await using server = await serve(cwd, { words: LOCAL });
  const { secret, id: key } = await makeKey(cwd);
  await furnish(sender(server.url, secret), 12);
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${server.url}/api/stock${path}`, {
      method,
      headers: { accessToken: secret, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  const headers = { "X-Secret-Token": "t0ken" };
  const registered = [
    await ask("POST", "/webhooks", { url: json.url, format: "json", headers }),
    await ask("POST", "/webhooks", { url: form.url }),
  ];
  expect(registered.map(({ status }) => status)).toEqual([201, 201]);

  const answer = await ask("GET", "/stores/shop/available-products");
  // The shapes of the API are tried where it is made.
  const [item] = (await answer.json()) as [{ readonly id: string }];
  const change = (quantity: number) =>
    ask("PATCH", `/items/${item.id}`, { quantity, minQuantity: 10, maxQuantity: 30 });
  expect((await change(12)).status).toBe(200);
  expect((await change(4)).status).toBe(200);

  const told = [await json.next(), await json.next()];
  const bodies = told.map(({ body }) => JSON.parse(body));
  const transaction = bodies.find(({ movement }) => movement !== undefined);
  expect(transaction).toMatchObject({
    user_id: key,
    movement: { type: "adjust", origin: "Shop", destination: null },
    lines: [
      {
        product_id: "TEA",
        product_name: "Tea",
        quantity: 8,
        product_unit_cost: { amount: "320", currency: "EUR" },
        line_cost: { amount: "2560", currency: "EUR" },
      },
    ],
  });
  const crossing = bodies.find(({ event }) => event !== undefined);
  expect(crossing).toMatchObject({
    entity: { id: item.id, quantity: 4, min_quantity: 10, max_quantity: 30 },
    event: {
      name: "entity_stock_depleted",
      data: { id: item.id, current_stock: 4, replenishment_quantity: 26 },
    },
  });
  for (const { headers: sent, body } of told) {
    expect(sent).toMatchObject({ "x-secret-token": "t0ken", "content-type": "application/json" });
    expect(JSON.stringify(JSON.parse(body))).toBe(body);
  }

  const forms = [await form.next(), await form.next()];
  const fields = forms.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  expect(forms[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(fields).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        "movement[type]": "adjust",
        "movement[destination]": "",
        "lines[0][quantity]": "8",
        "lines[0][line_cost][amount]": "2560",
      }),
      expect.objectContaining({
        "event[name]": "entity_stock_depleted",
        "event[data][replenishment_quantity]": "26",
      }),
    ]),
  );
});
