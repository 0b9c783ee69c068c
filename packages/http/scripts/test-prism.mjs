// Runs the tests with a proxy before each server that refuses answers outside the contract.
import { runTests } from "./tests.mjs";

// In one process, for the proxy takes longer to load than the tests take; and without the fuzzer,
// which looks at the answers itself.
const options = ["--no-isolate", "--maxWorkers=1", "--exclude=**/Fuzz.test.ts"];
runTests("packages/http/", { STOCKBOOK_PRISM: "1" }, options);
