import { expect, it } from "vitest";
import { fuzz } from "./fuzz/Fuzz.js";

const { STOCKBOOK_FUZZ_REQUESTS, STOCKBOOK_FUZZ_SEED, STOCKBOOK_FUZZ_ONLY } = process.env;

const options = {
  requests: Number(STOCKBOOK_FUZZ_REQUESTS ?? 1_000),
  seed: Number(STOCKBOOK_FUZZ_SEED ?? 1),
  only: STOCKBOOK_FUZZ_ONLY === undefined ? undefined : Number(STOCKBOOK_FUZZ_ONLY),
};

it(`nothing that ${options.requests} wrong requests of seed ${options.seed} do is a fault`, async () => {
  const { byStatus, seconds, faults } = await fuzz(options);
  const rate = Math.round(options.requests / seconds);
  console.info(`seed ${options.seed}: ${rate} requests a second, ${JSON.stringify(byStatus)}`);
  expect(faults.join("\n\n")).toBe("");
});
