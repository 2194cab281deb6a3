import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import type { JsonObject } from "./json.ts";
import { isFloat, isMarked, keysOf } from "./marks.ts";
import { parsePythonJson } from "./parse.ts";

function messageOf(text: string, maxDepth?: number): string {
  try {
    parsePythonJson(text, maxDepth === undefined ? {} : { maxDepth });
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return "no error";
}

/** Without the differences on purpose: large integers, and the integer -0. */
function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item) => (typeof item === "bigint" ? Number(item) : item)));
}

describe("parsePythonJson", () => {
  it.each([
    ["null", null],
    ["true", true],
    ["false", false],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["0", 0],
    ["-0", 0],
    ["-0.0", -0],
    ["-17", -17],
    ["1.0", 1],
    ["1e-07", 1e-7],
    ["1E+2", 100],
    ["1e400", Number.POSITIVE_INFINITY],
    ["123456789012345", 123456789012345],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["-9223372036854775808", -9223372036854775808n],
    ['""', ""],
    ['"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude00é😀\u007f"', 'a"\\/\b\f\n\r\té😀é😀\u007f'],
    ['"\\ud83d"', "\ud83d"],
    [" \t\r\n[ ] ", []],
    ["{ }", {}],
    ['{"a": [1, {"b": null}], "c": "d"}', { a: [1, { b: null }], c: "d" }],
    ['{"a": 1, "b": 2, "a": 3}', { a: 3, b: 2 }],
  ])("reads %s", (text, value) => {
    expect(parsePythonJson(text)).toStrictEqual(value);
  });

  it.each([
    ["", "JSON, line 1, column 1: expected a value, received the end of the text (in: )."],
    ["  ", "JSON, line 1, column 3: expected a value, received the end of the text (in:  )."],
    ["[1,]", 'JSON, line 1, column 4: expected a value, received "]" (in: [1,]).'],
    ["[1 2]", 'JSON, line 1, column 4: expected a comma or a closing bracket, received "2" (in: [1 2]).'],
    ["[", "JSON, line 1, column 2: expected a value, received the end of the text (in: [)."],
    ["[}", 'JSON, line 1, column 2: expected a value, received "}" (in: [}).'],
    ['{"a": 1,}', 'JSON, line 1, column 9: expected a key in double quotes, received "}" (in: {"a": 1,}).'],
    ["{'a': 1}", `JSON, line 1, column 2: expected a key in double quotes, received "'" (in: {'a': 1}).`],
    ['{"a" 1}', 'JSON, line 1, column 6: expected a colon, received "1" (in: {"a" 1}).'],
    ['{"a": 1]', 'JSON, line 1, column 8: expected a comma or a closing brace, received "]" (in: {"a": 1]).'],
    ["[1] [", 'JSON, line 1, column 5: expected the end of the text, received "[" (in: [1] [).'],
    ["[1,\n 2,\n  nul]", 'JSON, line 3, column 3: expected a value, received "n" (in: [1, 2, nul]).'],
    ["nan", 'JSON, line 1, column 1: expected a value, received "n" (in: nan).'],
    ["-Inf", 'JSON, line 1, column 1: expected a value, received "-" (in: -Inf).'],
    ["+1", 'JSON, line 1, column 1: expected a value, received "+" (in: +1).'],
    [".5", 'JSON, line 1, column 1: expected a value, received "." (in: .5).'],
    ["1.", "JSON, line 1, column 3: expected a digit, received the end of the text (in: 1.)."],
    ["1e", "JSON, line 1, column 3: expected a digit, received the end of the text (in: 1e)."],
    ["-", "JSON, line 1, column 2: expected a digit, received the end of the text (in: -)."],
    ["01", 'JSON, line 1, column 2: expected no digit after a leading zero, received "1" (in: 01).'],
    ["-01.5", 'JSON, line 1, column 3: expected no digit after a leading zero, received "1" (in: -01.5).'],
    ['"abc', 'JSON, line 1, column 5: expected a closing quote, received the end of the text (in: "abc).'],
    [
      '"a\\',
      'JSON, line 1, column 4: expected an escape such as \\n or \\u00e9, received the end of the text (in: "a\\).',
    ],
    ['"a\nb"', 'JSON, line 1, column 3: expected a closing quote, received U+000A (in: "a b").'],
    ['"\\n\tb"', 'JSON, line 1, column 4: expected a closing quote, received U+0009 (in: "\\n b").'],
    [
      '"\\x41"',
      'JSON, line 1, column 3: expected an escape such as \\n or \\u00e9, received "x" (in: "\\x41").',
    ],
    ['"\\u12g4"', 'JSON, line 1, column 4: expected four hexadecimal digits, received "1" (in: "\\u12g4").'],
    ["\ufeff[]", "JSON, line 1, column 1: expected a value, received U+FEFF (in:  [])."],
  ])("refuses %j", (text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  it("shows a short excerpt of a long text, and calls it as asked", () => {
    const text = `{"layers": [${'{"name": "dense"}, '.repeat(100)}oops${" ".repeat(100)}]}`;
    expect(() => parsePythonJson(text, { source: "config.json" })).toThrow(
      'config.json, line 1, column 1913: expected a value, received "o" (in: …": "dense"}, {"name": "dense"}, oops …).'.replace(
        '…": "dense"}, {"name": "dense"}, ',
        `…${text.slice(1912 - 24, 1912)}`,
      ),
    );
  });

  it("accepts 1,000 levels unless told otherwise", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(messageOf(nested(1000))).toBe("no error");
    expect(messageOf(nested(1001))).toBe(
      'JSON, line 1, column 1001: expected at most 1000 levels of nesting, received "[" (in: …[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]…).',
    );
    expect(messageOf('{"a": {}}', 1)).toBe(
      'JSON, line 1, column 7: expected at most 1 levels of nesting, received "{" (in: {"a": {}}).',
    );
    expect(messageOf(nested(1_000_000), 1_000_000)).toContain("expected at most 2000 levels of nesting");
    expect(messageOf(`[${"[],".repeat(5000)}[]]`)).toBe("no error");
  });

  it("refuses integers that take long to convert", () => {
    expect(parsePythonJson("9".repeat(4300))).toBe(10n ** 4300n - 1n);
    expect(messageOf("9".repeat(4301))).toContain("column 1: expected an integer of at most 4300 digits");
  });

  it("makes own properties of keys that JavaScript treats specially", () => {
    const value = parsePythonJson(
      '{"__proto__": {"polluted": true}, "constructor": 1, "toString": 2}',
    ) as JsonObject;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
    expect(value.polluted).toBeUndefined();
  });

  it("remembers which integral numbers are floats", () => {
    const value = parsePythonJson(
      '{"a": 1.0, "b": 1, "c": [0.5, -0.0, 1e16, 2], "d": {"e": 2.0}, "f": 3}',
    ) as {
      c: number[];
      d: JsonObject;
    } & JsonObject;
    expect(Object.keys(value).filter((key) => isFloat(value, key))).toEqual(["a"]);
    expect(value.c.map((_, index) => isFloat(value.c, index))).toEqual([false, true, true, false]);
    expect(isFloat(value.d, "e")).toBe(true);
  });

  it("forgets that a number was a float when its key comes again", () => {
    expect(isFloat(parsePythonJson('{"a": 1.0, "a": 1}') as JsonObject, "a")).toBe(false);
    expect(isFloat(parsePythonJson('{"a": 1, "a": 1.0}') as JsonObject, "a")).toBe(true);
  });

  it("marks every container it makes", () => {
    const value = parsePythonJson('{"a": [{}, []]}') as { a: object[] } & JsonObject;
    expect([value, value.a, ...value.a].map(isMarked)).toEqual([true, true, true, true]);
  });

  it("remembers the order of integer-like keys", () => {
    const value = parsePythonJson('{"10": 1, "b": {"x": 1, "2": 1, "1": 1, "x": 2}, "9": 2, "a": 3}') as {
      b: JsonObject;
    } & JsonObject;
    expect(keysOf(value)).toEqual(["10", "b", "9", "a"]);
    expect(keysOf(value.b)).toEqual(["x", "2", "1"]);
  });

  it("reads whatever JSON.parse reads, as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(comparable(parsePythonJson(text))).toEqual(comparable(JSON.parse(text)));
      }),
    );
  });

  it("either reads a damaged text as JSON.parse does or throws a FileError where that throws", () => {
    const damaged = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", ",", '"', "\\", "{", "}", "[", "]", ":", "0", "-", ".", "e", "\n"),
      )
      .map(([text, at, insert]) => {
        const position = at % (text.length + 1);
        return text.slice(0, position) + insert + text.slice(position + (at % 2));
      });
    fc.assert(
      fc.property(damaged, (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parsePythonJson(text)).toThrow(FileError);
          return;
        }
        expect(comparable(parsePythonJson(text))).toEqual(comparable(expected));
      }),
    );
  });
});
