import { expect, it } from "vitest";
import { scalar } from "../tensor/create.ts";
import { loadAll } from "./load-all.ts";
import { Variable } from "./variable.ts";

/** Variables of which one cannot be read, and the names of those that somebody tried to read. */
function variables(count: number, failing: number) {
  const read: number[] = [];
  const all = Array.from({ length: count }, (_, i) => {
    const initialize = () => scalar(0, "float32");
    const variable = new Variable({ name: `v${i}`, shape: [], dtype: "float32", initialize });
    variable.assignLazily({
      later: async () => {
        read.push(i);
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (i === failing) throw new RangeError(`v${i} is damaged`);
        return scalar(i, "float32");
      },
    });
    return variable;
  });
  return { all, read };
}

it("reads all", async () => {
  const { all, read } = variables(40, -1);
  await loadAll(all, {});
  expect(read.length).toBe(40);
  expect(all.every(({ isMaterialized }) => isMaterialized)).toBe(true);
});

it("reads no more where one fails", async () => {
  const { all, read } = variables(40, 8);
  await expect(loadAll(all, {})).rejects.toThrow("v8 is damaged");
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(read.length).toBeLessThan(20);
});

it("reads no more where it is ended", async () => {
  const { all, read } = variables(40, -1);
  const ending = new AbortController();
  const loading = loadAll(all, { signal: ending.signal });
  ending.abort(new RangeError("enough"));
  await expect(loading).rejects.toThrow("enough");
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(read.length).toBeLessThan(20);
});
