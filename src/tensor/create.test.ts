import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ShapeError } from "../errors.ts";
import { fromNested, fromTyped, full, type NestedArray, scalar, toNested } from "./create.ts";
import { type DType, numericDTypes } from "./dtype.ts";

describe("fromNested", () => {
  it.each<[string, NestedArray, DType, number[]]>([
    ["a number", 1.5, "float32", []],
    ["a whole number", 3, "int32", []],
    ["a boolean", true, "bool", []],
    ["whole numbers", [[1, 2, 3]], "int32", [1, 3]],
    ["numbers", [[1], [2.5]], "float32", [2, 1]],
    ["a number beyond 32 bits", [1, 2 ** 31], "float32", [2]],
    ["minus zero and NaN", [-0, Number.NaN], "float32", [2]],
    ["booleans", [[[true]], [[false]]], "bool", [2, 1, 1]],
    ["booleans and whole numbers", [true, 2], "int32", [2]],
    ["booleans and numbers", [true, 2.5], "float32", [2]],
    ["bigints", [1n, 2n], "int64", [2]],
    ["bigints and whole numbers", [1n, 2], "int64", [2]],
    ["bigints and numbers", [1n, 2.5], "float32", [2]],
    ["nothing", [], "float32", [0]],
    ["rows of nothing", [[], []], "float32", [2, 0]],
    ["a typed array", Float64Array.of(1, 2), "float64", [2]],
    ["rows of typed arrays", [Uint8Array.of(1, 2), Uint8Array.of(3, 4)], "uint8", [2, 2]],
    ["pixels", [Uint8ClampedArray.of(1, 2)], "uint8", [1, 2]],
    ["different typed arrays", [Uint8Array.of(1), Int16Array.of(2)], "int32", [2, 1]],
    ["typed and plain arrays", [Float32Array.of(1), [2]], "float32", [2, 1]],
  ])("takes %s", (_, values, dtype, shape) => {
    const tensor = fromNested(values);
    expect(tensor.dtype).toBe(dtype);
    expect(tensor.shape).toEqual(shape);
  });

  it("puts elements in row-major order", () => {
    const rows = [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ];
    expect([...(fromNested(rows).data as Int32Array)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("copies typed arrays", () => {
    const values = Float32Array.of(1, 2);
    const tensor = fromNested(values);
    values[0] = 9;
    expect(toNested(tensor)).toEqual([1, 2]);
  });

  it.each<[DType, NestedArray, NestedArray]>([
    ["int32", [1.9, -1.9, true], [1, -1, 1]],
    ["bool", [0, 2, 0.5, 1n], [false, true, true, true]],
    ["float16", [0.1], [0.0999755859375]],
    ["int64", [2.5, 2n ** 63n - 1n], [2, 2n ** 63n - 1n]],
    ["uint64", [2n ** 64n - 1n, true], [2n ** 64n - 1n, 1]],
    ["uint64", [Number.NaN, Number.POSITIVE_INFINITY], [0, 0]],
    ["float32", [1n, 2], [1, 2]],
  ])("makes %s of %o", (dtype, values, expected) => {
    const tensor = fromNested(values, dtype);
    expect(tensor.dtype).toBe(dtype);
    expect(toNested(tensor)).toEqual(expected);
  });

  it.each<[unknown, string]>([
    [
      [
        [1, 2, 3],
        [4, 5],
      ],
      "values[1]: expected an array of 3, received one of 2.",
    ],
    [[[1, 2], 3], "values[1]: expected an array of 2, received 3."],
    [[1, [2]], "values[1]: expected a number, received an array of 1."],
    [
      [
        [[1], [2]],
        [[3], [4, 5]],
      ],
      "values[1][1]: expected an array of 1, received one of 2.",
    ],
    [[1, "2"], 'values[1]: expected a number for int32, received "2".'],
    [[1, null], "values[1]: expected a number, a boolean, a bigint or a text, received null."],
    [[[1], undefined], "values[1]: expected an array of 1, received undefined."],
    [{}, "values: expected a number, a boolean, a bigint or a text, received {}."],
    [[[[1, 2]], Uint8Array.of(1)], "values[1]: expected an array of arrays, received Uint8Array."],
  ])("refuses %j", (values, message) => {
    const [path, problem] = message.split(": ") as [string, string];
    const error = new ShapeError(path, problem);
    expect(error.message).toBe(message);
    expect(() => fromNested(values as NestedArray)).toThrow(error);
  });
});

describe("toNested", () => {
  it("gives back what fromNested took", () => {
    const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...numericDTypes), shape, (dtype, dimensions) => {
        const size = dimensions.reduce((a, b) => a * b, 1);
        const data = Float64Array.from({ length: size }, (_, i) => i % 100);
        const tensor = fromTyped(data, dimensions, dtype);
        expect(fromNested(toNested(tensor), dtype)).toEqual(tensor);
      }),
    );
  });

  it("gives bigints only for integers beyond 2^53", () => {
    expect(toNested(fromNested([2n ** 53n, 2n ** 53n - 1n]))).toEqual([2n ** 53n, 2 ** 53 - 1]);
  });
});

describe("fromTyped", () => {
  it("keeps the array where it is what the dtype keeps", () => {
    const bits = Uint16Array.of(0x3c00);
    expect(fromTyped(bits, [1], "float16").data).toBe(bits);
    expect(toNested(fromTyped(bits, [], "float16"))).toBe(1);
    expect(fromTyped(bits, [1]).dtype).toBe("uint16");
    const bytes = Uint8Array.of(0, 1);
    expect(fromTyped(bytes, [2], "bool").data).toBe(bytes);
  });

  it("casts any other", () => {
    expect(toNested(fromTyped(Float64Array.of(1.5, -2.5), [2, 1], "int8"))).toEqual([[1], [-2]]);
    expect(fromTyped(new Uint8ClampedArray([7]), [1]).dtype).toBe("uint8");
  });

  it("refuses an array that does not fill the shape, and a foreign one", () => {
    expect(() => fromTyped(Float32Array.of(1), [2])).toThrow(
      "Tensor: expected 2 elements in a Float32Array for float32 (2,), received 1 in a Float32Array.",
    );
    expect(() => fromTyped(new DataView(new ArrayBuffer(4)) as never, [2])).toThrow(
      "Tensor: expected a typed array of a known dtype, received DataView.",
    );
  });
});

describe("full and scalar", () => {
  it.each(numericDTypes)("fill a %s", (dtype) => {
    const one = dtype === "bool" ? true : 1;
    expect(toNested(full([2, 2], 1, dtype))).toEqual([
      [one, one],
      [one, one],
    ]);
    expect(toNested(scalar(true, dtype))).toBe(one);
  });

  it("refuse impossible shapes", () => {
    expect(() => full([2, -1], 0, "float32")).toThrow(
      "full: expected dimensions of at least 0, received (2, -1).",
    );
    expect(() => full([0.5], 0, "float32")).toThrow(
      "full: expected dimensions of at least 0, received (0.5,).",
    );
  });

  it("refuse sizes that no array has", () => {
    expect(() => full([1e6, 1e6], 0, "float32")).toThrow(
      "full: expected sizes that fit into memory, received (1000000, 1000000).",
    );
  });
});
