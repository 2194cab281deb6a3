import { describe, expect, it } from "vitest";
import * as tree from "./index.ts";

/** What Keras gives for the same. */
it.each<readonly [string, unknown, unknown]>([
  ["flatten", tree.flatten<unknown>({ b: 1, a: [2, [3, null]] }), [2, 3, null, 1]],
  [
    "flattenWithPath",
    tree.flattenWithPath({ b: 1, a: [2, 3] }),
    [
      [["a", 0], 2],
      [["a", 1], 3],
      [["b"], 1],
    ],
  ],
  ["isNested", [[1], 1, {}, "a", null].map(tree.isNested), [true, false, true, false, false]],
  ["packSequenceAs", tree.packSequenceAs({ b: 0, a: [0, 0] }, [1, 2, 3]), { b: 3, a: [1, 2] }],
  ["mapStructure", tree.mapStructure((a: number, b: number) => [a, b], { a: 1 }, { a: 2 }), { a: [1, 2] }],
  ["mapStructureUpTo", tree.mapStructureUpTo([1, [2]], (a) => a, [[5], [{ k: 6 }]]), [[5], [{ k: 6 }]]],
  [
    "mapShapeStructure",
    tree.mapShapeStructure((s) => s.length, { a: [1, null], b: [[2]] }),
    { a: 2, b: [1] },
  ],
  ["traverse", tree.traverse(() => null, [1, [2]]), [1, [2]]],
  [
    "traverse from below",
    tree.traverse((part) => (typeof part === "number" ? part + 1 : null), [1, [2]], false),
    [2, [3]],
  ],
  [
    "traverse to null",
    tree.traverse((part) => (part === 1 ? tree.MAP_TO_NONE : null), { a: 1, b: 2 }),
    { a: null, b: 2 },
  ],
])("%s", (_, received, expected) => {
  expect(received).toEqual(expected);
});

describe("what does not fit", () => {
  it.each<readonly [string, () => unknown, string]>([
    [
      "assertSameStructure",
      () => tree.assertSameStructure([1], { a: 1 }),
      'assertSameStructure: expected a structure like [*], received one like {"a": *}.',
    ],
    [
      "assertSamePaths",
      () => tree.assertSamePaths({ a: 1 }, { b: 1 }),
      'assertSamePaths: expected a structure like {"a": *}, received one like {"b": *}.',
    ],
    [
      "packSequenceAs",
      () => tree.packSequenceAs([1, 2], [1]),
      "packSequenceAs: expected 2 values, received 1.",
    ],
    [
      "mapStructure",
      () => tree.mapStructure((a: number) => a, [1], 2),
      "mapStructure: expected structures like [*], received one like *.",
    ],
    [
      "mapStructureUpTo",
      () => tree.mapStructureUpTo([1, 2], (a) => a, [1]),
      "mapStructureUpTo: expected structures like [*, *], received [*].",
    ],
    [
      "mapShapeStructure",
      () => tree.mapShapeStructure((s) => s, { a: "b" }),
      'mapShapeStructure: expected shapes, received "b".',
    ],
    ["traverse", () => tree.traverse(1 as never, []), "traverse: expected a function, received 1."],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });

  it("takes structures that are the same", () => {
    expect(() => tree.assertSameStructure({ a: [1] }, { a: [2] })).not.toThrow();
    expect(() => tree.assertSamePaths([1], { 0: 1 })).not.toThrow();
  });

  it.each([
    [{ "a/b": 1 }, { a: { b: 1 } }],
    [[1, 2], [1]],
    [{ a: 1 }, { b: 1 }],
  ])("tells apart the paths of %j and %j", (a, b) => {
    expect(() => tree.assertSamePaths(a as never, b as never)).toThrow(
      /^assertSamePaths: expected a structure like /,
    );
  });

  it("compares many paths", () => {
    const many = Array.from({ length: 50_000 }, (_, i) => i);
    expect(() => tree.assertSamePaths(many, many)).not.toThrow();
  });
});
