import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { stringifyPythonJson } from "../../json/stringify.ts";
import { Budget } from "../budget.ts";
import { parseYaml } from "./parse-yaml.ts";

const read = (text: string, limits = {}) =>
  parseYaml(text, "a.yaml", new Budget(text.length, limits).jsonValues);

const dtype = (order: string) =>
  `&d !!python/object/apply:numpy.dtype {args: [f4, 0, 1], state: !!python/tuple [3, ${order}, null]}`;
const array = "!!python/object/apply:numpy.core.multiarray._reconstruct";
const wrapper = "tensorflow.python.training.tracking.data_structures.ListWrapper";
const shapes = "tensorflow.python.framework.tensor_shape";
const shared = "tensorflow.python.keras.utils.generic_utils.SharedObjectConfig";
const number = "!!python/object/apply:numpy.core.multiarray.scalar";

describe("YAML is read as Python's library reads it", () => {
  it.each([
    [
      "a: 1\nb: 1.0\nc: '1'\nd: null\ne: ~\nf:",
      '{"a": 1, "b": 1.0, "c": "1", "d": null, "e": null, "f": null}',
    ],
    ["[true, yes, Off, NO, y, tRue]", '[true, true, false, false, "y", "tRue"]'],
    ["[1.0e-05, 1e5, 1.5e5, .5, -.inf, .nan]", '[1e-05, "1e5", "1.5e5", 0.5, -Infinity, NaN]'],
    ["[1_000, 0x1F, 017, 0b11, -0, 08, 0o17]", '[1000, 31, 15, 3, 0, "08", "0o17"]'],
    ["[12345678901234567890, 2001-01-01]", '[12345678901234567890, "2001-01-01"]'],
    ["[1:30, -1:30, 190:20:30, 1:30.5, 0:30, 1:60]", '[90, -90, 685230, 90.5, "0:30", "1:60"]'],
    ["[-.5, +.5, .5e+3]", '["-.5", "+.5", 500.0]'],
    [`!!python/object/apply:${wrapper}\n- [1.0, 2]`, "[1.0, 2]"],
    [
      `!!python/object/apply:${shapes}.TensorShape [[!!python/object/apply:${shapes}.Dimension [null], 3]]`,
      "[null, 3]",
    ],
    [
      `a: !!python/object/new:${shared}\n  dictitems: {b: 1.0, a: 2}\n  state: {object_id: 4}`,
      '{"a": {"b": 1.0, "a": 2}}',
    ],
    [
      `a: ${array}\n  args: [&n !!python/name:numpy.ndarray '', !!python/tuple [0], !!binary Yg==]\n  state: !!python/tuple [1, !!python/tuple [], ${dtype("<")}, false, !!binary AADAQA==]\nb: ${array} {args: [*n], state: [1, [], *d, false, "\\0\\0\\0@"]}`,
      '{"a": 6.0, "b": 2.0}',
    ],
    ["a: !!python/tuple\n- null\n- 3\nb: !!python/tuple [1.0]", '{"a": [null, 3], "b": [1.0]}'],
    ["[!!python/unicode 'a', !!python/unicode b, !!str 1, ! 2, !!python/long 3]", '["a", "b", "1", "2", 3]'],
    [
      "a: &x [1.0, {b: 2.0}]\nc: *x\nd: &x 3.0\ne: *x",
      '{"a": [1.0, {"b": 2.0}], "c": [1.0, {"b": 2.0}], "d": 3.0, "e": 3.0}',
    ],
    ["10: a\n2: b\nc: d", '{"10": "a", "2": "b", "c": "d"}'],
    ["a: 1.0\na: 1", '{"a": 1}'],
    ["{__proto__: {a: 1}}", '{"__proto__": {"a": 1}}'],
    ["a: |\n  x\n  y\nb: >-\n  x\n  y\nc: x\n  y", '{"a": "x\\ny\\n", "b": "x y", "c": "x y"}'],
    [
      `a: ${number}\n- ${dtype("<")}\n- !!binary |\n  AACAPw==\nb: ${number} [*d, "\\0\\0\\0@"]`,
      '{"a": 1.0, "b": 2.0}',
    ],
    [`- ${number} [${dtype("'>'")}, !!binary P4AAAA==]`, "[1.0]"],
    [
      "a: &a {x: 1, y: 2.0}\nb: {y: 3, <<: *a}\nc: {<<: *a, z: 1}\nd: {'<<': *a}",
      '{"a": {"x": 1, "y": 2.0}, "b": {"x": 1, "y": 3}, "c": {"x": 1, "y": 2.0, "z": 1}, "d": {"<<": {"x": 1, "y": 2.0}}}',
    ],
    ["{a: 1, <<: [{b: 2, a: 3}, {b: 4, 5: 6.0}]}", '{"b": 2, "5": 6.0, "a": 1}'],
    ["{<<: {a: 1, b: 2}, <<: {a: 3}}", '{"a": 3, "b": 2}'],
    ["{<<: [], <<: {<<: {a: 1}}, <<: !!python/tuple [{b: 2}]}", '{"a": 1, "b": 2}'],
    ["{<<: {__proto__: 1}, !!str <<: 2}", '{"__proto__": 1, "<<": 2}'],
    ["", "null"],
  ])("%j", async (text, json) => {
    expect(stringifyPythonJson(await read(text))).toBe(json);
  });

  it("what JSON writes, too", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const text = JSON.stringify(value);
        // Python takes 1e21 for text.
        fc.pre(!/\de/.test(text));
        expect(JSON.parse(stringifyPythonJson(await read(text)))).toEqual(JSON.parse(text));
      }),
    );
  });
});

const noDicts = "expected a dict or a list of dicts behind <<, received something else.";

describe("what is no plain data is refused, with its place", () => {
  it.each([
    [
      "a:\n- !!python/object/apply:os.system [id]",
      'a.yaml, line 2, column 35: expected plain data, received the tag "!!python/object/apply:os.system", which makes objects of Python.',
    ],
    [
      "a: !!python/name:os.system ''",
      'a.yaml, line 1, column 28: expected plain data, received the tag "!!python/name:os.system", which makes objects of Python.',
    ],
    [
      "a: !x 1",
      'a.yaml, line 1, column 7: expected plain data, received the tag "!x", which is not taken here.',
    ],
    [
      "a: !!binary AAAA",
      'a.yaml, line 1, column 13: expected plain data, received the tag "!!binary", which is not taken here.',
    ],
    ["&a [*a]", 'a.yaml, line 1, column 5: expected a value, received one that contains itself, "a".'],
    ["{<<: 1}", `a.yaml, line 1, column 6: ${noDicts}`],
    ["{<<: [1]}", `a.yaml, line 1, column 6: ${noDicts}`],
    ["{<<: [[{a: 1}]]}", `a.yaml, line 1, column 6: ${noDicts}`],
    [
      `{<<: !!python/object/new:${shared} {dictitems: {a: 1}}}`,
      `a.yaml, line 1, column ${27 + shared.length}: ${noDicts}`,
    ],
    ["{<<}", `a.yaml, line 1, column 1: ${noDicts}`],
    ["[<<]", "a.yaml, line 1, column 2: expected a value, received <<, which is a key without quotes."],
    ["&a {<<: *a}", 'a.yaml, line 1, column 9: expected a value, received one that contains itself, "a".'],
    ["[*a]", 'a.yaml, line 1, column 2: expected the name of a value before it, received "a".'],
    ["[a]: 1", 'a.yaml, line 1, column 1: expected text as a key, received "[a]: 1".'],
    ["1.0: 1", 'a.yaml, line 1, column 1: expected text as a key, received "1.0: 1".'],
    [
      "a: [1",
      "a.yaml, line 1, column 6: expected YAML text, received what is none: Flow sequence in block collection must be sufficiently indented and end with a ].",
    ],
    ["a\n---\nb", "a.yaml, line 2, column 1: expected one document, received another one."],
    [
      "!!python/tuple {a: 1}",
      "a.yaml, line 1, column 16: expected a value that fits its tag, received a dict.",
    ],
    [
      "!!python/tuple a",
      "a.yaml, line 1, column 16: expected a value that fits its tag, received a text or a number.",
    ],
    [
      `${number} [{args: [O8], state: [3, "|"]}, "12345678"]`,
      `a.yaml, line 1, column ${number.length + 2}: expected a number of NumPy, its dtype and as many bytes, received something else.`,
    ],
    [
      `${number} [${dtype("<")}, abc]`,
      `a.yaml, line 1, column ${number.length + 2}: expected a number of NumPy, its dtype and as many bytes, received something else.`,
    ],
    [
      `!!python/object/apply:${wrapper} [[1], [2]]`,
      `a.yaml, line 1, column ${24 + wrapper.length}: expected a list of one argument, received something else.`,
    ],
    [
      `!!python/object/new:${shared} {state: {}}`,
      `a.yaml, line 1, column ${22 + shared.length}: expected the items of a dict, received none.`,
    ],
    [
      `${array} {state: [1, [2], ${dtype("<")}, false, "12345678"]}`,
      `a.yaml, line 1, column ${array.length + 2}: expected a number of NumPy, its dtype and as many bytes, received something else.`,
    ],
    [
      `a: ${"1".repeat(4301)}`,
      "a.yaml, line 1, column 4: expected an integer of at most 4300 digits, received a longer one.",
    ],
    ["- ".repeat(500), "a.yaml, line 1, column 801: expected at most 400 levels of nesting, received more."],
    ["{? ".repeat(2000), expect.stringContaining("expected at most 400 levels of nesting, received more.")],
    [
      "? - ".repeat(5000),
      "a.yaml, line 1, column 801: expected at most 400 levels of nesting, received more.",
    ],
    ["[".repeat(100_000), expect.stringContaining("expected at most 400 levels of nesting, received more.")],
    [
      "- a\n".repeat(400_000),
      expect.stringContaining(
        "line 209716, column 1: expected at most 1048576 words and signs of YAML, received more.",
      ),
    ],
  ])("%.60s", async (text, message) => {
    await expect(read(text)).rejects.toThrow(expect.objectContaining({ name: "FileError", message }));
  });
});

describe("hostile texts", () => {
  it("aliases of aliases are counted as often as they stand there", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    const text = `a0: &a0 [x]\n${rows.join("\n")}\n`;
    await expect(read(text)).rejects.toThrow(
      /expected at most 262144 values of JSON from a file of \d+ bytes/,
    );
    await expect(read("[&a [1, 2], *a, *a]", { jsonValues: 10 })).resolves.toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    await expect(read("[&a [1, 2], *a, *a]", { jsonValues: 9 })).rejects.toThrow("expected at most 9 values");
  });

  it("what dicts have from others is counted as often as they have it", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} {<<: [${`*a${i},`.repeat(9)}]}`);
    await expect(read(`a0: &a0 {x: 1}\n${rows.join("\n")}\n`)).rejects.toThrow(
      /expected at most 262144 values of JSON from a file of \d+ bytes/,
    );
    await expect(read("[&a {x: 1}, {<<: *a}]", { jsonValues: 8 })).resolves.toEqual([{ x: 1 }, { x: 1 }]);
    await expect(read("[&a {x: 1}, {<<: *a}]", { jsonValues: 5 })).rejects.toThrow(
      "expected at most 5 values",
    );
  });

  it("what an alias gives is a copy", async () => {
    const [a, b] = (await read("[&a {b: 1}, *a]")) as [object, object];
    expect(a).toEqual(b);
    expect(a).not.toBe(b);
  });

  it("tags can be told instead", async () => {
    const onTag = vi.fn();
    const text = "a:\n- {b: !!python/object:os.x {c: !!python/name:d ''}}";
    const value = await parseYaml(text, "config", new Budget(100).jsonValues, onTag);
    expect(value).toEqual({ a: [{ b: { c: "" } }] });
    expect(onTag.mock.calls).toEqual([
      ["tag:yaml.org,2002:python/object:os.x", "config.a[0].b"],
      ["tag:yaml.org,2002:python/name:d", "config.a[0].b.c"],
    ]);
  });
});
