import type { Reporter, SerializedError, TestModule } from "vitest/node";
import { closingLine } from "./closing-line.ts";

type Module = Pick<TestModule, "children" | "state">;

/**
 * Ends a test run with the line `N passed, N failed[, N skipped]`.
 * A file that could not be loaded and an error outside of any test count as one failure each.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly Module[], unhandled: readonly SerializedError[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const before = count.failed;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (module.state() === "failed" && count.failed === before) count.failed += 1;
    }
    process.stdout.write(`\n${closingLine(count.passed, count.failed + count.pending, count.skipped)}\n`);
  }
}
