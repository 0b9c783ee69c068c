// Runs the tests with a proxy before each server that refuses answers outside the contract.
import { runWithPrism } from "../../../scripts/tests.mjs";

runWithPrism("packages/dialect-kartustok/");
