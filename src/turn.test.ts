import { expect, it, vi } from "vitest";
import { nextTurn } from "./turn.ts";

it("lets timers run that are due", async () => {
  await expectTurn();
});

it("does so in a page, which has no setImmediate", async () => {
  vi.stubGlobal("setImmediate", undefined);
  try {
    await expectTurn();
  } finally {
    vi.unstubAllGlobals();
  }
});

async function expectTurn(): Promise<void> {
  let fired = false;
  setTimeout(() => {
    fired = true;
  }, 0);
  for (let turns = 0; !fired && turns < 10_000; turns++) await nextTurn();
  expect(fired).toBe(true);
}
