import { defineConfig } from "vitest/config";
import { TallyReporter } from "./scripts/tally-reporter.js";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    // Else one core would stand idle, which of two is half of the machine.
    maxWorkers: "100%",
    testTimeout: 300_000,
    setupFiles: ["test/setup.ts"],
    // The plain run tries the same cases each time; the long versions look for new ones.
    env: { STOCKBOOK_SEED: process.env.STOCKBOOK_SEED ?? "20261121" },
    reporters: ["default", new TallyReporter()],
  },
});
