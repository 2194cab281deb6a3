import { afterEach, expect, it, vi } from "vitest";
import { readEnvironment } from "./environment.ts";

afterEach(() => vi.unstubAllGlobals());

it("reads what is looked at", () => {
  const env = { NO_COLOR: "1", TERM: "xterm", OTHER: "x" };
  expect(readEnvironment({ env })).toEqual({ NO_COLOR: "1", TERM: "xterm", CERATOPS_DEBUG: undefined });
});

it("makes Deno ask for no permission", () => {
  const env = {
    TERM: "dumb",
    get NO_COLOR(): string {
      throw new Error("asked");
    },
    get CERATOPS_DEBUG(): string {
      throw new Error("asked");
    },
  };
  const querySync = ({ variable }: { variable: string }) => ({
    state: variable === "TERM" ? "granted" : "prompt",
  });
  vi.stubGlobal("Deno", { noColor: true, permissions: { querySync } });
  expect(readEnvironment({ env })).toEqual({ TERM: "dumb", NO_COLOR: "1" });
});
