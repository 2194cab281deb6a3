import fc from "fast-check";
import { expect, it } from "vitest";
import { Lexer, stringify } from "yaml";
import { Nesting } from "./nesting.ts";

/** The greatest depth of a text, and whether all of it was gone through. */
function deepestIn(text: string): number {
  const nesting = new Nesting();
  let most = 0;
  let length = 0;
  for (const word of new Lexer().lex(text)) {
    length += nesting.take(word);
    most = Math.max(most, nesting.depth);
  }
  expect(length).toBe(text.length);
  return most;
}

it.each([
  ["a", 0],
  ["a: 1\nb: 2", 1],
  ["a:\n  b: 1\nc:\n  d: 2", 2],
  ["a:\n- b\n- c", 2],
  ["a:\n- b: 1\n  c: 2\n- d: 3", 3],
  ["- - - a", 3],
  ["- - a\n- - b", 2],
  ["? ? a", 2],
  ["? a\n: b", 1],
  ["long key:\n long:\n  k:\n   l: 1", 4],
  ['"a b":\n  &x "c": d', 2],
  ["a: |\n  - - - b\nc: '- -'\nd: 1", 1],
  ["a: b\n  - - c\nd: 1", 1],
  ["[a, b]", 1],
  ["{a: [], b: [[c], [d]]}", 5],
  ["[a: [b: c], d: [e]]", 4],
  ["[[[]: a]: b]", 5],

  ["{a: {b: [c]}, d: 1}", 5],
  ["[a]: {b: c}\n[d]: 1", 3],
  ["a: [1, 2,\n  3]\nb: [\n- 1]", 3],
  ["[\x1f, [\x1f, [\x1f]]]", 5],
  ["[\n- - a", 3],
  ["- a: {b: '['}\n# [[[\n- [c]", 4],
])("%j is %i deep", (text, depth) => expect(deepestIn(text)).toBe(depth));

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

it("is at least as deep as what was written, and as deep without brackets", () => {
  const layouts = fc.record({
    indent: fc.integer({ min: 1, max: 4 }),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom("any", "block", "flow"),
    simpleKeys: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20),
  });
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), layouts, (value, layout) => {
      const depth = deepestIn(stringify(value, layout));
      expect(depth).toBeGreaterThanOrEqual(depthOf(value));
      if (layout.collectionStyle === "block") expect(depth).toBe(depthOf(value));
    }),
    { numRuns: 300 },
  );
});
