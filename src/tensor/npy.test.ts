import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { fromNested, toNested } from "./create.ts";
import { type DType, numericDTypes } from "./dtype.ts";
import { readNpy, writeNpy } from "./npy.ts";

type Files = Record<string, string>;
const golden: { written: Files; bigEndian: Files; shapes: Files; variants: Files; refused: Files } =
  JSON.parse(readFileSync(new URL("npy.golden.json", import.meta.url), "utf8"));

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

/** A version 1.0 file with this header. */
function file(header: string, data: number[]): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, text.length, 0, ...text, ...data);
}

const rows = [
  [0, 1, 2],
  [3, 100, 5],
];
const truths = rows.map((row) => row.map((x) => x !== 0));
const valuesOf = (dtype: string) => (dtype === "bool" ? truths : rows);

describe("readNpy", () => {
  it.each([...Object.entries(golden.written), ...Object.entries(golden.bigEndian)])(
    "reads %s",
    (dtype, base64) => {
      const tensor = readNpy(bytes(base64));
      expect(tensor.dtype).toBe(dtype);
      expect(toNested(tensor)).toEqual(valuesOf(dtype));
    },
  );

  it.each([
    ["()", [], 1.5],
    ["(3,)", [3], [0, 1, 2]],
    ["(0, 3)", [0, 3], []],
  ])("reads the shape %s", (name, shape, values) => {
    const tensor = readNpy(bytes(golden.shapes[name]!));
    expect(tensor.shape).toEqual(shape);
    expect(toNested(tensor)).toEqual(values);
  });

  it.each(["version 2.0", "version 3.0"])("reads format %s", (name) => {
    expect(toNested(readNpy(bytes(golden.variants[name]!)))).toEqual([0, 1, 2]);
  });

  it("reads Fortran order", () => {
    const tensor = readNpy(bytes(golden.variants.fortran!));
    expect(tensor.shape).toEqual([2, 3, 4]);
    expect([...(tensor.data as Int16Array)]).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });

  it("reads keys in any order, other quotes and Python 2's long integers", () => {
    const header = `{"shape":(2L, 1L),"fortran_order":False,"descr":"=u1"}`;
    expect(toNested(readNpy(file(header, [7, 9])))).toEqual([[7], [9]]);
  });

  it("reads from the middle of a buffer", () => {
    const inner = bytes(golden.written.float32!);
    const outer = new Uint8Array(inner.length + 3);
    outer.set(inner, 3);
    expect(toNested(readNpy(outer.subarray(3)))).toEqual(rows);
  });

  it.each(Object.entries(golden.refused))("refuses %s", (description, base64) => {
    const expected = `npy: expected numbers or booleans, received the NumPy dtype "${description}".`;
    expect(() => readNpy(bytes(base64))).toThrow(expected);
  });

  const header = (shape: string) => `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}}`;
  it.each([
    [Uint8Array.of(1, 2, 3), "expected the start of a NumPy file, received other bytes."],
    [
      Uint8Array.of(...file("{}", []).map((x, i) => (i === 6 ? 9 : x))),
      "expected format version 1.0, 2.0 or 3.0, received 9.0.",
    ],
    [Uint8Array.of(...file("", []).map((x, i) => (i === 6 ? 2 : x))), "the file ends inside its header."],
    [file(header("(3,)"), []).subarray(0, 30), "expected a header of 55 bytes, received 20."],
    [file(header("(3,)"), [1, 2]), "expected 3 bytes of data, received 2."],
    [file(header("(3,)"), [1, 2, 3, 4]), "expected 3 bytes of data, received 4."],
    [
      file(header("(1000000, 1000000, 1000000)"), [1]),
      "expected 1000000000000000000 bytes of data, received 1.",
    ],
    [file(header("(99999999999999999,)"), [1]), "expected a shape, received (99999999999999999,)."],
    [file(header("(3, , 1)"), [1]), "expected a shape, received (3, , 1)."],
    [
      file("{'descr': '|u1'}", []),
      `expected a header with a valid fortran_order, received "{'descr': '|u1'}".`,
    ],
    [file(header("(-3,)"), []), `expected a header with a valid shape, received "${header("(-3,)")}".`],
  ])("refuses what is broken: %#", (input, message) => {
    expect(() => readNpy(input)).toThrow(new FileError("npy", message));
  });
});

describe("writeNpy", () => {
  it.each(Object.entries(golden.written))("writes %s as NumPy does", (dtype, base64) => {
    expect(writeNpy(fromNested(valuesOf(dtype), dtype as DType))).toEqual(bytes(base64));
  });

  it.each(Object.entries(golden.shapes))("writes the shape %s as NumPy does", (_, base64) => {
    expect(writeNpy(readNpy(bytes(base64)))).toEqual(bytes(base64));
  });

  it("writes bfloat16 as float32", () => {
    const tensor = readNpy(writeNpy(fromNested([1.5, -2], "bfloat16")));
    expect([tensor.dtype, toNested(tensor)]).toEqual(["float32", [1.5, -2]]);
  });

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...numericDTypes.filter((dtype) => dtype !== "bfloat16")),
        fc.array(fc.integer({ min: 0, max: 100 })),
        (dtype, values) => {
          const tensor = fromNested(values, dtype);
          expect(readNpy(writeNpy(tensor))).toEqual(tensor);
        },
      ),
    );
  });
});
