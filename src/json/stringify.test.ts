import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import type { JsonValue } from "./json.ts";
import { isFloat, markFloat } from "./marks.ts";
import { parsePythonJson } from "./parse.ts";
import { stringifyPythonJson } from "./stringify.ts";

/** Texts that `json.dumps` of Python 3.11 wrote. */
const WRITTEN_BY_PYTHON: readonly string[] = [
  "null",
  "[1.0]",
  "-0.0",
  "[]",
  "{}",
  "[NaN, Infinity, -Infinity, true, false, null]",
  "[1, 1.0, -1, -1.0, 0, 0.0, -0.0, 0.1, 1e-07, 1.001e-05, 0.0001, 1e+16, 1e+22, 1e+300, 9999999999999998.0]",
  "[9007199254740991, 9007199254740992, 9007199254740993, -9223372036854775808, 1000000000000000000000000000000]",
  '"\\u00e9\\u0000\\u001f\\u007f\\u2028\\ud83d\\ude00\\"\\\\/\\b\\f\\n\\r\\t ~"',
  '"\\ud83d"',
  '{"\\u00e9": 1, "a b": {"__proto__": [], "constructor": {}}, "": ""}',
  '{"10": 1.0, "9": {"b": 1, "1": 2, "0": 3.0}, "a": 0}',
  '{"module": "keras.layers", "class_name": "Dense", "config": {"units": 2, "seed": null, "momentum": 0.99}}',
];

function messageOf(value: unknown, maxDepth?: number): string {
  try {
    stringifyPythonJson(value, maxDepth === undefined ? {} : { maxDepth });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "no error";
}

describe("stringifyPythonJson", () => {
  it.each(WRITTEN_BY_PYTHON)("writes back %s", (text) => {
    expect(stringifyPythonJson(parsePythonJson(text))).toBe(text);
  });

  it.each([
    [2, '{\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    2.0,\n    {\n      "d": null\n    }\n  ]\n}'],
    [0, '{\n"a": [],\n"b": {},\n"c": [\n1,\n2.0,\n{\n"d": null\n}\n]\n}'],
  ])("indents by %i as Python does", (indent, text) => {
    expect(stringifyPythonJson(parsePythonJson(text), { indent })).toBe(text);
  });

  it("writes unmarked integral numbers as ints up to 2^53, and as floats beyond", () => {
    expect(stringifyPythonJson([1, -1e15, 2 ** 53 - 1, 2 ** 53, 1e30, 2n ** 64n])).toBe(
      "[1, -1000000000000000, 9007199254740991, 9007199254740992.0, 1e+30, 18446744073709551616]",
    );
    expect(stringifyPythonJson([-0, 0, 0.5])).toBe("[-0.0, 0, 0.5]");
  });

  it("writes marked numbers as floats, and what replaced them as what it is", () => {
    const value: { a: unknown; b: number } = { a: 1, b: 1 };
    markFloat(value, "a");
    expect(stringifyPythonJson(value)).toBe('{"a": 1.0, "b": 1}');
    value.a = 2;
    expect(stringifyPythonJson(value)).toBe('{"a": 2.0, "b": 1}');
    value.a = "x";
    expect(stringifyPythonJson(value)).toBe('{"a": "x", "b": 1}');
  });

  it("leaves out properties that are undefined", () => {
    expect(stringifyPythonJson({ a: undefined, b: 1, c: undefined })).toBe('{"b": 1}');
    expect(stringifyPythonJson({ a: undefined }, { indent: 2 })).toBe("{}");
  });

  it("takes objects without a prototype and read-only arrays", () => {
    const bare = Object.assign(Object.create(null), { a: Object.freeze([1]) });
    expect(stringifyPythonJson(bare)).toBe('{"a": [1]}');
  });

  it.each([
    [undefined, "expected a JSON value, received undefined."],
    [[1, undefined], "[1]: expected a JSON value, received undefined."],
    [{ a: [{ "b c": Math.max }] }, 'a[0]["b c"]: expected a JSON value, received [function max].'],
    [{ a: { b: 1 }, c: Symbol("s") }, 'c: expected a JSON value, received [symbol "s"].'],
    [{ w: new Float32Array(3) }, "w: expected a JSON value, received Float32Array(3)."],
    [[[new Map()]], "[0][0]: expected a JSON value, received Map."],
  ])("refuses %s", (value, message) => {
    expect(messageOf(value)).toBe(message);
  });

  it("refuses what is nested too deep", () => {
    const nested = (depth: number) => {
      let value: unknown[] = [];
      for (let i = 1; i < depth; i++) value = [value];
      return value;
    };
    const circle: unknown[] = [];
    circle.push({ circle });
    expect(messageOf(nested(1000))).toBe("no error");
    const message =
      "JSON: expected at most 1000 levels of nesting, received more. Does the value contain itself?";
    expect(messageOf(nested(1001))).toBe(message);
    expect(messageOf(circle)).toBe(message);
    expect(messageOf([[[]]], 2)).toBe(message.replace("1000", "2"));
    expect(messageOf(circle, 1_000_000)).toBe(message.replace("1000", "2000"));
  });

  const key = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", "1", "0", "10"),
  );
  const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.float());
  const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      number,
      fc.constantFrom(null, true, false),
      fc.string({ unit: "binary" }),
      fc.bigInt().filter((value) => value > 2n ** 53n || value < -(2n ** 53n)),
      fc.array(tie("tree")),
      fc.dictionary(key, tie("tree"), { noNullPrototype: true }),
    ),
  }));

  it("writes any value so that reading gives it back", () => {
    fc.assert(
      fc.property(tree, fc.option(fc.nat(4), { nil: undefined }), (value, indent) => {
        const text = stringifyPythonJson(value, indent === undefined ? {} : { indent });
        const read = parsePythonJson(text);
        expect(read).toEqual(value);
        expect(stringifyPythonJson(read, indent === undefined ? {} : { indent })).toBe(text);
      }),
    );
  });

  it("writes only printable ASCII, which JSON.parse reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (json) => {
        const text = stringifyPythonJson(json);
        expect(text).toMatch(/^[ -~]*$/);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(json));
      }),
    );
  });

  it("keeps any choice of floats among integral numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.boolean())), (items) => {
        const value = items.map(([number]) => number);
        items.forEach(([, float], index) => {
          if (float) markFloat(value, index);
        });
        const read = parsePythonJson(stringifyPythonJson(value)) as number[];
        expect(read).toEqual(value);
        expect(read.map((_, index) => isFloat(read, index))).toEqual(items.map(([, float]) => float));
      }),
    );
  });
});
