import type { Reporter, TestModule, TestSuite } from "vitest/node";

/** Ends a run with one plain line, `N passed, N failed`, that people and machines can read alike. */
export class TallyReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") count.passed += 1;
        else if (result.state === "failed") count.failed += 1;
        else count.skipped += 1;
        if (result.state === "skipped" && result.note !== undefined) {
          process.stdout.write(`\nskipped: ${test.fullName}: ${result.note}\n`);
        }
      }
      // A file that does not load, or a hook that throws, is a failure that no test carries.
      const holders: Array<TestModule | TestSuite> = [module, ...module.children.allSuites()];
      count.failed += holders.filter((holder) => holder.errors().length > 0).length;
    }
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed${skipped}\n`);
  }
}
