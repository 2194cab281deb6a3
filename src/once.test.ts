import { expect, it } from "vitest";
import { once } from "./once.ts";

it("runs once, however many ask", async () => {
  let runs = 0;
  const load = once(async () => ++runs);
  expect(runs).toBe(0);
  expect(await Promise.all([load(), load()])).toEqual([1, 1]);
  expect(await load()).toBe(1);
});

it("tries again after a failure", async () => {
  let runs = 0;
  const load = once(async () => {
    if (++runs === 1) throw new Error("no network");
    return runs;
  });
  await expect(Promise.all([load(), load()])).rejects.toThrow("no network");
  expect(await load()).toBe(2);
});
