import { expect, it, vi } from "vitest";
import ClosingLine from "./reporter.ts";

type Modules = Parameters<ClosingLine["onTestRunEnd"]>[0];
type State = "passed" | "failed" | "skipped" | "pending";

function lineFor(modules: readonly { state: State; tests: readonly State[] }[], errors = 0): string {
  let text = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  new ClosingLine().onTestRunEnd(
    modules.map(({ state, tests }) => ({
      state: () => state,
      children: { allTests: () => tests.map((test) => ({ result: () => ({ state: test }) })) },
    })) as unknown as Modules,
    Array.from({ length: errors }, () => ({ message: "unhandled" })),
  );
  write.mockRestore();
  return text;
}

it.each([
  ["all passed", [{ state: "passed", tests: ["passed", "passed"] }], 0, "2 passed, 0 failed"],
  [
    "skipped ones are named",
    [{ state: "passed", tests: ["passed", "skipped"] }],
    0,
    "1 passed, 0 failed, 1 skipped",
  ],
  [
    "a failed test is one failure",
    [{ state: "failed", tests: ["passed", "failed"] }],
    0,
    "1 passed, 1 failed",
  ],
  ["a file that does not load is one failure", [{ state: "failed", tests: [] }], 0, "0 passed, 1 failed"],
  [
    "an error outside of tests is one failure",
    [{ state: "passed", tests: ["passed"] }],
    1,
    "1 passed, 1 failed",
  ],
  [
    "a test that never ended is a failure",
    [{ state: "passed", tests: ["pending"] }],
    0,
    "0 passed, 1 failed",
  ],
] as const)("%s", (_, modules, errors, line) => {
  expect(lineFor(modules, errors)).toBe(`\n${line}\n`);
});
