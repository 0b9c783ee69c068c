import { expect, it } from "vitest";
import { generated, present } from "../scripts/generated.mjs";

it.each(Object.entries(await generated()))("%s is as the contract has it", (name, text) => {
  expect(present(name)).toBe(text);
});
