import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { Input, modelFromJson, Sequential } from "../index.ts";
import { ReLU } from "../layers/index.ts";
import { fullMatcher } from "./automaton.ts";
import { DTypePolicy, DTypePolicyMap } from "./index.ts";

interface Table {
  readonly names: readonly string[];
  /** What each matches, as indices of names but its own; null for what Python cannot read. */
  readonly patterns: readonly (readonly [pattern: string, matched: readonly number[] | null])[];
}

const { names, patterns } = JSON.parse(
  readFileSync(new URL("pattern.golden.json", import.meta.url), "utf8"),
) as Table;

function messageOf(run: () => unknown): string {
  let error: unknown;
  try {
    run();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigError);
  return (error as Error).message;
}

describe("expressions for paths", () => {
  it.each(patterns)("%j matches what it matches in Keras", (pattern, matched) => {
    const map = new DTypePolicyMap({ default_policy: "float32", policy_map: { [pattern]: "float16" } });
    const find = () =>
      names.flatMap((name, i) => (name !== pattern && map.get(name).name === "float16" ? [i] : []));
    if (matched) expect(find()).toEqual(matched);
    else
      expect(messageOf(find)).toMatch(/^DTypePolicyMap\.policy_map.+: expected a regular expression with /s);
    expect(map.get(pattern).name).toBe("float16");
  });

  it.each([
    ["a(?=b)", "no group that looks ahead"],
    ["a(?!b)", "no group that looks ahead"],
    ["(?<=a)b", "no group that looks behind"],
    ["(?<!a)b", "no group that looks behind"],
    ["(a)?(?(1)b|c)", "no group that depends on another"],
    ["(?>a)", "no group that does not go back"],
    ["a++", "a count without + behind it, which does not go back"],
    ["a{2}+", "a count without + behind it, which does not go back"],
    ["(a)\\1", "no reference to a group"],
    ["(?P<x>a)(?P=x)", "no reference to a group"],
    ["(?i)a", "no flags, and groups that begin with (, (?: or (?P<name>"],
    ["(?i:a)", "no flags, and groups that begin with (, (?: or (?P<name>"],
    ["\\N{DIGIT ONE}", "escapes that Python has, but no names of characters"],
    [`${"(".repeat(101)}${")".repeat(101)}`, "no more than 100 groups inside each other"],
  ])("%j is refused, though Python can read it", (pattern, expected) => {
    expect(messageOf(() => fullMatcher("here", pattern))).toContain(
      `here: expected a regular expression with ${expected}, received another before character `,
    );
  });

  it.each(["a{10001}", "(a{100}){101}", "a{1000000000}", "a|".repeat(10_001)])(
    "%j has too many steps",
    (pattern) => {
      expect(messageOf(() => fullMatcher("here", pattern))).toBe(
        "here: expected a regular expression of at most 10000 steps, received one with more.",
      );
    },
  );

  it("says where in the map one is", () => {
    const map = new DTypePolicyMap({ policy_map: { "a(?=b)": new DTypePolicy("float16") } });
    expect(messageOf(() => map.get("x"))).toBe(
      'DTypePolicyMap.policy_map["a(?=b)"]: expected a regular expression with no group that looks ahead, received another before character 5.',
    );
  });

  it.each([
    "(a+)+b",
    "(a|a)*b",
    "(a*)*b",
    "(a|aa)+b",
    "(.*a){20}b",
    "(?:a?){99}a{99}b",
    "a*a*a*a*a*b",
    "(?:){1000000000}b",
  ])("%j looks at each letter of a long path a bounded number of times", (pattern) => {
    // What backtracks would not come to an end.
    expect(fullMatcher("here", pattern)("a".repeat(20_000))).toBe(false);
  });

  it("a layer of a hostile config has its dtype at once", () => {
    const dtype = new DTypePolicyMap({ policy_map: { "(a+)+b": "float16" } });
    const text = new Sequential([Input({ shape: [2] }), new ReLU({ name: "a".repeat(40), dtype })]).toJson();
    const model = modelFromJson(text);
    expect(model.layers[0]!.dtype_policy).toBeInstanceOf(DTypePolicyMap);
    expect(model.layers[0]!.computeDtype).toBe("float32");
  });

  it("are read or refused, whatever they are, and match as often as they like", () => {
    const piece = fc.constantFrom(
      ..."()[]{}|*+?^$.\\-,:=!<>#PabdwsZ019 ",
      "(?:",
      "(?P<n>",
      "[^",
      "{1,2}",
      "é",
      "\u{1f600}",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.string({ unit: "binary" }), (pieces, text) => {
        let matches: (text: string) => boolean;
        try {
          matches = fullMatcher("here", pieces.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          return;
        }
        expect(matches(text)).toBe(matches(text));
        expect(matches(pieces.join("").repeat(50))).toBeTypeOf("boolean");
      }),
      { numRuns: 2000 },
    );
  });
});
