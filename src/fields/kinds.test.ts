import { describe, expect, it } from "vitest";
import { aFloat, aString, integerOrList, integersAsList, type Kind, listOf, refine } from "./kinds.ts";
import { Problems } from "./problems.ts";

type Parsing = Pick<Kind<never, unknown>, "parse">;

/** What a kind makes of an input: the value, or what is wrong. */
function read(kind: Parsing, input: unknown) {
  const problems = new Problems("it");
  const value = kind.parse(input, problems);
  return problems.issues.length > 0
    ? problems.issues.map(({ path, message }) => `${path}: ${message}`)
    : value;
}

describe("refine", () => {
  const name = refine(aString, "a string without /", (text) => !text.includes("/"));
  const ascending = refine(listOf(aFloat), "numbers in ascending order", (list) =>
    list.every((item, i) => i === 0 || item > list[i - 1]!),
  );

  it.each<[string, Parsing, unknown, unknown]>([
    ["takes what passes", name, "dense", "dense"],
    ["refuses what does not", name, "a/b", ['it: expected a string without /, received "a/b".']],
    ["leaves what its kind refuses to its kind", name, 3, ["it: expected a string, received 3."]],
    ["passes lists", ascending, [1, 2], [1, 2]],
    ["refuses lists", ascending, [2, 1], ["it: expected numbers in ascending order, received [2, 1]."]],
    ["and which item is wrong", ascending, [1, "x"], ['it[1]: expected a number, received "x".']],
  ])("%s", (_, kind, input, expected) => {
    expect(read(kind, input)).toEqual(expected);
  });

  it("keeps the schema of its kind, or has its own", () => {
    expect(name.schema).toEqual({ type: "string" });
    expect(refine(aFloat, "a number above 0", (x) => x > 0, { exclusiveMinimum: 0 }).schema).toEqual({
      exclusiveMinimum: 0,
    });
  });
});

describe("integers", () => {
  it.each([
    [3, 3, [3]],
    [[3], [3], [3]],
    [
      [1, 2],
      [1, 2],
      [1, 2],
    ],
    [[], [], []],
  ])("%o", (input, kept, list) => {
    expect(read(integerOrList, input)).toEqual(kept);
    expect(integerOrList.toJson(kept)).toEqual(kept);
    expect(read(integersAsList, input)).toEqual(list);
    expect(integersAsList.toJson(list)).toEqual(list);
  });

  it.each([[1.5], ["1"], [[1, null]], [null]])("not %o", (input) => {
    for (const kind of [integerOrList, integersAsList]) {
      expect(read(kind, input)).toEqual([
        expect.stringMatching(/^it: expected an integer or a list of them, received /),
      ]);
    }
  });
});
