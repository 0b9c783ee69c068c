/**
 * Sends wrong requests to a real server until something gives way.
 *
 *   npm run fuzz -w packages/dialect-kartustok -- [--requests 20000] [--seed 1] [--only 17]
 */
import { runFuzz } from "../../../scripts/tests.mjs";

runFuzz("packages/dialect-kartustok/test/Fuzz.test.ts");
