import { defineConfig } from "vitest/config";
import { TallyReporter } from "./scripts/tally-reporter.js";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    pool: "forks",
    testTimeout: 120_000,
    reporters: ["default", new TallyReporter()],
  },
});
