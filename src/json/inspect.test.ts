import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspect } from "./inspect.ts";

class Layer {
  name = "dense_1";
  kernel = new Float32Array(1000);
}

class Bare {
  get name(): string {
    throw new Error("called");
  }
}

const circle: unknown[] = [1];
circle.push({ circle });

const misnamed = Object.create({
  constructor: Object.defineProperty(() => 0, "name", { get: () => "called" }),
});

describe("inspect", () => {
  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [true, "true"],
    [3, "3"],
    [-0, "-0"],
    [Number.NaN, "NaN"],
    [10n, "10n"],
    [Symbol("a b"), '[symbol "a b"]'],
    ["valid", '"valid"'],
    ['say "hi"\n', '"say \\"hi\\"\\n"'],
    ["\u009b31m\u202e", '"\\u009b31m\\u202e"'],
    ["a".repeat(81), `"${"a".repeat(80)}…"`],
    [`${"a".repeat(79)}😀`, `"${"a".repeat(79)}…"`],
    [[3, 0], "[3, 0]"],
    [[], "[]"],
    [{}, "{}"],
    [new Array(2), "[undefined, undefined]"],
    [Array.from({ length: 12 }, (_, i) => i), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … 2 more]"],
    [{ units: 32, "a b": null }, '{ units: 32, "a b": null }'],
    [{ a: [1, [2], { b: 3 }, {}] }, "{ a: [1, […], {…}, {…}] }"],
    [{ a: { b: { c: 1 } } }, "{ a: { b: {…} } }"],
    [Object.assign(Object.create(null), { a: 1 }), "{ a: 1 }"],
    [circle, "[1, { circle: [circular] }]"],
    [new Float32Array(1000), "Float32Array(1000)"],
    [{ w: new BigInt64Array(2) }, "{ w: BigInt64Array(2) }"],
    [new DataView(new ArrayBuffer(4)), "DataView"],
    [Math.max, "[function max]"],
    [() => 1, "[function]"],
    [Layer, "[class Layer]"],
    [new Layer(), 'Layer "dense_1"'],
    [[new Map(), new Date(0)], "[Map, Date]"],
    [new (class {})(), "[object]"],
  ])("shows case %# in short", (value, text) => {
    expect(inspect(value)).toBe(text);
  });

  it("runs no getter, and survives traps that throw", () => {
    const called = () => {
      throw new Error("called");
    };
    expect(inspect(Object.defineProperty({}, "a", { get: called, enumerable: true }))).toBe(
      "{ a: [getter] }",
    );
    expect(inspect(new Bare())).toBe("Bare");
    expect(inspect(misnamed)).toBe("[object]");
    expect(inspect(new Proxy({}, { getPrototypeOf: called }))).toBe("[object]");
  });

  it("stays short, whatever it is given", () => {
    const long = Array.from({ length: 10 }, () => Array.from({ length: 10 }, () => "long text".repeat(10)));
    expect(inspect(long)).toHaveLength(401);
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
        (value) => {
          expect(inspect(value)).toMatch(/^[^\n]{1,401}$/);
        },
      ),
    );
  });
});
