import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import type { Tried } from "../test/tried.ts";

/** Where the last whole run has left what its tests showed of the names of Keras. */
export const TRIED = new URL("../.cache/tried.json", import.meta.url);

/** Writes what the tests of a run showed of the names of Keras, for the table of compatibility. */
export default class TriedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const all: Tried[] = [];
    for (const module of modules)
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        for (const tried of test.meta().tried ?? [])
          all.push({ ...tried, passed: tried.passed && state === "passed" });
      }
    if (all.length === 0) return;
    mkdirSync(dirname(TRIED.pathname), { recursive: true });
    writeFileSync(TRIED, JSON.stringify(all));
  }
}
