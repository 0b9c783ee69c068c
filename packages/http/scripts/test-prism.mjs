// Runs the tests with a proxy before each server that refuses answers outside the contract.
import { runTests } from "./tests.mjs";

runTests("packages/http/", { STOCKBOOK_PRISM: "1" });
