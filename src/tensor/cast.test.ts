import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { castTensor, fromNumbers, toNumbers } from "./cast.ts";
import { fromNested, toNested } from "./create.ts";
import { type DType, numericDTypes } from "./dtype.ts";

const infinity = Number.POSITIVE_INFINITY;
const floats = [3e9, -3e9, 300, -1, 1.9, -1.9, Number.NaN, infinity, -infinity, 255.9, -0.5];

describe("castTensor", () => {
  // The integers are those of Keras on JAX.
  it.each<[DType, (number | boolean | bigint)[]]>([
    ["int32", [2147483647, -2147483648, 300, -1, 1, -1, 0, 2147483647, -2147483648, 255, 0]],
    ["uint32", [3000000000, 0, 300, 0, 1, 0, 0, 4294967295, 0, 255, 0]],
    ["int16", [32767, -32768, 300, -1, 1, -1, 0, 32767, -32768, 255, 0]],
    ["int8", [127, -128, 127, -1, 1, -1, 0, 127, -128, 127, 0]],
    ["uint8", [255, 0, 255, 0, 1, 0, 0, 255, 0, 255, 0]],
    ["int64", [3e9, -3e9, 300, -1, 1, -1, 0, 2n ** 63n - 1n, -(2n ** 63n), 255, 0]],
    ["uint64", [3e9, 0, 300, 0, 1, 0, 0, 2n ** 64n - 1n, 0, 255, 0]],
    ["bool", [true, true, true, true, true, true, true, true, true, true, true]],
  ])("makes of floats %s", (dtype, expected) => {
    expect(toNested(castTensor(fromNested(floats, "float32"), dtype))).toEqual(expected);
    expect(toNested(castTensor(fromNested(floats, "float64"), dtype))).toEqual(expected);
  });

  it.each<[DType, (number | bigint)[], DType, (number | bigint | boolean)[]]>([
    ["int32", [300, -1, 2147483647], "uint8", [44, 255, 255]],
    ["int32", [-1, 128], "int8", [-1, -128]],
    ["int32", [-1, 5], "uint64", [2n ** 64n - 1n, 5]],
    ["uint8", [200], "int8", [-56]],
    ["int64", [2n ** 40n + 5n, -1n], "int32", [5, -1]],
    ["int64", [2n ** 40n + 5n, -1n], "uint32", [5, 4294967295]],
    ["int64", [-1n, 2n ** 62n], "uint64", [2n ** 64n - 1n, 2n ** 62n]],
    ["uint64", [2n ** 64n - 1n], "int64", [-1]],
    ["int64", [2n ** 60n, -3n], "float32", [2 ** 60, -3]],
    ["int64", [0n, 4n], "bool", [false, true]],
    ["float32", [0, -0, 0.1, Number.NaN], "bool", [false, false, true, true]],
    ["bool", [0, 3], "float32", [0, 1]],
    ["bool", [0, 3], "int64", [0, 1]],
    ["float32", [0.1, 1e6, 1 + 2 ** -11], "float16", [0.0999755859375, infinity, 1]],
    ["float32", [0.1, 1 + 2 ** -8], "bfloat16", [0.10009765625, 1]],
    ["float16", [0.1, 65504], "bfloat16", [0.10009765625, 65536]],
    ["float64", [0.1], "float32", [Math.fround(0.1)]],
    ["bfloat16", [2.75], "int32", [2]],
  ])("makes of %s %o %s", (from, values, to, expected) => {
    const tensor = castTensor(fromNested(values, from), to);
    expect(tensor.dtype).toBe(to);
    expect(toNested(tensor)).toEqual(expected);
  });

  it("returns the same tensor for the same dtype, and keeps the shape", () => {
    const tensor = fromNested([[1, 2]], "int32");
    expect(castTensor(tensor, "int32")).toBe(tensor);
    expect(castTensor(tensor, "float16").shape).toEqual([1, 2]);
  });

  it("loses no small whole number on the way through any dtype", () => {
    const dtype = fc.constantFrom(...numericDTypes.filter((each) => each !== "bool"));
    fc.assert(
      fc.property(dtype, dtype, fc.array(fc.integer({ min: 0, max: 127 })), (from, to, values) => {
        expect(toNested(castTensor(castTensor(fromNested(values, from), to), from))).toEqual(values);
      }),
    );
  });
});

describe("toNumbers and fromNumbers", () => {
  it.each(numericDTypes)("hold the same numbers for %s", (dtype) => {
    const tensor = fromNumbers(dtype, [2], [0, 1]);
    expect([...toNumbers(tensor)]).toEqual([0, 1]);
  });

  it("do not copy what is there", () => {
    const numbers = Float32Array.of(1, 2);
    const tensor = fromNumbers("float32", [2], numbers);
    expect(tensor.data).toBe(numbers);
    expect(toNumbers(tensor)).toBe(numbers);
  });

  it("wrap integers and truncate fractions", () => {
    const numbers = [2 ** 32 + 7, -1, 2.9, -2.9, Number.NaN, infinity];
    expect([...toNumbers(fromNumbers("int32", [6], numbers))]).toEqual([7, -1, 2, -2, 0, 0]);
    expect([...toNumbers(fromNumbers("uint8", [6], numbers))]).toEqual([7, 255, 2, 254, 0, 0]);
    expect([...(fromNumbers("uint64", [6], numbers).data as BigUint64Array)]).toEqual([
      2n ** 32n + 7n,
      2n ** 64n - 1n,
      2n,
      2n ** 64n - 2n,
      0n,
      0n,
    ]);
  });

  it("round 64-bit integers to the nearest doubles", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (x) => {
        expect([...toNumbers(fromNested([x], "int64"))]).toEqual([Number(x)]);
        const unsigned = BigInt.asUintN(64, x);
        expect([...toNumbers(fromNested([unsigned], "uint64"))]).toEqual([Number(unsigned)]);
      }),
    );
  });

  it("make 64-bit integers of doubles as bigints would", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e25, max: 1e25 }), (x) => {
        const whole = BigInt(Math.trunc(x));
        expect(fromNumbers("int64", [], [x]).data[0]).toBe(BigInt.asIntN(64, whole));
        expect(fromNumbers("uint64", [], [x]).data[0]).toBe(BigInt.asUintN(64, whole));
      }),
    );
  });

  it("refuse a wrong number of elements", () => {
    expect(() => fromNumbers("float32", [2, 2], [1, 2, 3])).toThrow(
      "Tensor: expected 4 elements in a Float32Array for float32 (2, 2), received 3 in a Float32Array.",
    );
  });
});
