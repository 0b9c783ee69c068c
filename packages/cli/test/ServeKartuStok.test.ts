/** `stockbook serve --api kartustok`: the stock of the company that the host names. */
import { request } from "node:http";
import { expect, it } from "vitest";
import { directory } from "./support/Cli.js";
import { furnish, makeKey, sender, serve } from "./support/Server.js";

/** Asks with a `Host` of its own, which `fetch` would not let through. */
function ask(url: string, host: string, token: string): Promise<[status: number, body: unknown]> {
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${token}` };
    const sent = request(url, { headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve([response.statusCode ?? 0, JSON.parse(text)]));
    });
    sent.on("error", reject);
    sent.end();
  });
}

it.each([
  ["kartustok", "127.0.0.1", "member.kartustok.com", { status: "error", message: "Invalid URL" }],
  // What is asked below no host of the API's is for the native one.
  [
    "kartustok=*.stock.example.com",
    "default.stock.example.com",
    "default.kartustok.com",
    { code: "unknown-route" },
  ],
])("%s serves companies by their hosts", async (api, host, other, refusal) => {
  const cwd = directory();
  await using server = await serve(cwd, { words: ["serve", "--log", "off", "--api", api] });
  const { secret } = await makeKey(cwd);
  await furnish(sender(server.url, secret), 12);
  const summary = `${server.url}/public/v1/stock/summary`;
  const row = { item_code: "TEA", locator_name: "Shop", opening: 0, in: 12, out: 0, closing: 12 };
  expect(await ask(summary, host, secret)).toMatchObject([200, { data: [row] }]);
  expect(await ask(summary, other, secret)).toMatchObject([404, refusal]);
});
