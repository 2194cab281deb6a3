import v8 from "node:v8";
import vm from "node:vm";
import { expect, it, vi } from "vitest";
import { breathe, nextTurn, oneByOne } from "./turn.ts";

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

it("is left to the event loop only where work went on for a while", async () => {
  await nextTurn();
  await breathe();
  const turns = vi.spyOn(globalThis, "setImmediate");
  try {
    const begin = performance.now();
    for (let i = 0; i < 1000; i++) await breathe();
    expect(turns.mock.calls.length).toBeLessThanOrEqual((performance.now() - begin) / 4 + 1);
    turns.mockClear();
    for (const end = performance.now() + 10; performance.now() < end; );
    await breathe();
    expect(turns).toHaveBeenCalledOnce();
  } finally {
    turns.mockRestore();
  }
});

it("is done one after the other, also behind what failed", async () => {
  const done: string[] = [];
  const work = (name: string) => async () => {
    done.push(`${name} begins`);
    await nextTurn();
    done.push(`${name} ends`);
    if (name === "a") throw new RangeError("a fails");
    return name;
  };
  const [a, b, c] = ["a", "b", "c"].map((name) => oneByOne(work(name)));
  await expect(a).rejects.toThrow("a fails");
  expect(await Promise.all([b, c])).toEqual(["b", "c"]);
  expect(done).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

it("keeps nothing of what was done", async () => {
  const kept = new WeakRef(await oneByOne(async () => ({ large: true })));
  await nextTurn();
  v8.setFlagsFromString("--expose-gc");
  vm.runInNewContext("gc")();
  expect(kept.deref()).toBeUndefined();
});

async function expectTurn(): Promise<void> {
  let fired = false;
  setTimeout(() => {
    fired = true;
  }, 0);
  for (let turns = 0; !fired && turns < 10_000; turns++) await nextTurn();
  expect(fired).toBe(true);
}
