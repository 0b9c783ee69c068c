import { expect, it } from "vitest";
import { fuzz, fuzzOptions } from "../../../test/api/fuzz/Fuzz.js";
import { startTarget } from "./fuzz/Target.js";

const options = fuzzOptions(process.env);

it(`nothing that ${options.requests} wrong requests of seed ${options.seed} do is a fault`, async () => {
  await using target = await startTarget();
  const { byStatus, seconds, faults } = await fuzz(target, options);
  const rate = Math.round(options.requests / seconds);
  console.info(`seed ${options.seed}: ${rate} requests a second, ${JSON.stringify(byStatus)}`);
  expect(faults.join("\n\n")).toBe("");
});
