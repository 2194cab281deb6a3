import { describe, expect, it } from "vitest";
import { allowConsole, endConsoleWatch } from "./console.ts";

describe("the console during tests", () => {
  it("is not to be used", () => {
    console.warn("careless", 1);
    expect(endConsoleWatch).toThrow(
      'console: expected no call during a test, received 1, the first console.warn("careless 1"). ' +
        "A test that needs it calls allowConsole().",
    );
  });

  it("may be used where a test allows it, and is collected", () => {
    const calls = allowConsole();
    console.log("a", 1);
    console.error("b");
    expect(calls).toEqual([
      { method: "log", text: "a 1" },
      { method: "error", text: "b" },
    ]);
  });

  it("is forbidden again in the next test", () => {
    console.log("c");
    expect(endConsoleWatch).toThrow('console.log("c")');
  });
});
