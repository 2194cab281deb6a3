import { describe, expect, it } from "vitest";
import { toNumbers } from "../src/tensor/create.ts";
import { formulaHash, recordTensor } from "./formula.ts";

describe("formula tensors", () => {
  it("hash as golden/harness/formula.py does", () => {
    const hashes = [0, 1, 2, 3, 4].map((i) => formulaHash(7, i));
    expect(hashes).toEqual([1985397918, 3127250714, 1888892315, 2768921042, 2515634399]);
  });

  it.each([
    [{ k: 1, dtype: "float32", shape: [3], scale: 1, offset: 0 }, [0.7033368, 0.4829737, 0.74916744]],
    [{ k: 100, dtype: "int8", shape: [4], low: -127, high: 128 }, [-118, 1, 125, 87]],
    [{ k: 3, dtype: "bool", shape: [6] }, [1, 0, 0, 1, 0, 1]],
    [{ k: 5, dtype: "bfloat16", shape: [4], scale: 3, offset: 1 }, [0.875, 0.15625, 1.3125, 0.412109375]],
    [
      { k: 5, dtype: "float16", shape: [4], scale: 3, offset: 1 },
      [0.8759765625, 0.15625, 1.3134765625, 0.412353515625],
    ],
  ] as const)("%j", (record, numbers) => {
    expect([...toNumbers(recordTensor(record))]).toEqual(numbers.map(Math.fround));
  });

  it("read explicit values, the special ones from strings", () => {
    const tensor = recordTensor({ dtype: "float32", shape: [3], values: [1.5, "NaN", "-Infinity"] });
    expect([...toNumbers(tensor)]).toEqual([1.5, Number.NaN, Number.NEGATIVE_INFINITY]);
  });
});
