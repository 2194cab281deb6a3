import { beforeAll, describe, expect, it } from "vitest";
import { Message } from "../../engines/onnx/protobuf.ts";
import { FileError } from "../../errors.ts";
import { Budget, type Limits } from "../budget.ts";
import { openBundle } from "./bundle.ts";
import { crc32c, maskedCrc } from "./crc32c.ts";
import { fileOf, goldenSample, type Sample } from "./golden.fixture.ts";
import { graphKey, readObjectGraph } from "./object-graph.ts";
import { table, uint32 } from "./table.fixture.ts";

const value = "/.ATTRIBUTES/VARIABLE_VALUE";
let sample: Sample;
beforeAll(async () => {
  sample = await goldenSample("plain");
});

const open = (
  files: ReadonlyMap<string, Uint8Array>,
  prefix = "saved/variables/variables",
  limits: Limits = {},
) => {
  const index = fileOf(files, `${prefix}.index`);
  const last = prefix.slice(prefix.lastIndexOf("/") + 1);
  return openBundle(index, { beside: index, prefix: last, name: "v.index", limits });
};

describe("a bundle of TensorFlow", () => {
  it("has its tensors by their keys", async () => {
    const bundle = await open(sample.files);
    expect([...bundle.keys]).toEqual([
      graphKey,
      `layer_with_weights-0/bias${value}`,
      `layer_with_weights-0/kernel${value}`,
      `layer_with_weights-1/kernel${value}`,
    ]);
    expect(bundle.tensor(`layer_with_weights-0/kernel${value}`)).toMatchObject({
      dtype: "float32",
      shape: [4, 3],
    });
    await bundle.check();
  });

  it.each(["saved/variables/variables", "weights"])(
    "of %s gives the numbers that were written",
    async (prefix) => {
      const bundle = await open(sample.files, prefix);
      for (const [key, i] of [
        ["layer_with_weights-0/kernel", 0],
        ["layer_with_weights-0/bias", 1],
        ["layer_with_weights-1/kernel", 2],
      ] as const) {
        const tensor = bundle.tensor(key + value);
        expect(tensor.readSync?.().toArray()).toEqual((await tensor.read()).toArray());
        expect(Array.from((await tensor.read()).data as Float32Array)).toEqual(
          Array.from(Float32Array.from(sample.facts.weights[i]!.values as number[])),
        );
      }
      expect(() => bundle.tensor("none")).toThrow('v.index: expected a tensor "none", received none.');
    },
  );

  it("has a graph of the objects that were written", async () => {
    const bundle = await open(sample.files);
    const [text] = await bundle.tensor(graphKey).readStrings();
    const nodes = readObjectGraph(text ?? new Uint8Array(), "graph", new Budget(1));
    const at = (...names: string[]) =>
      names.reduce((node, name) => nodes[node.children.get(name) ?? -1]!, nodes[0]!);
    expect(at("layer-0", "kernel").variable).toEqual({
      key: `layer_with_weights-0/kernel${value}`,
      name: "dense/kernel",
    });
    expect(at("variables", "0")).toBe(at("layer-0", "kernel"));
  });

  it("is refused where its bytes were changed", async () => {
    const name = "saved/variables/variables.data-00000-of-00001";
    const wrong = (sample.files.get(name) ?? new Uint8Array()).slice();
    wrong[20]! ^= 1;
    wrong[wrong.length - 3]! ^= 1;
    const bundle = await open(new Map(sample.files).set(name, wrong));
    const tensor = bundle.tensor(`layer_with_weights-0/kernel${value}`);
    await expect(tensor.read()).rejects.toThrow(
      /^variables.data-00000-of-00001: "layer_with_weights-0\/kernel.*": expected the bytes that were written, of CRC/,
    );
    await expect(bundle.tensor(graphKey).readStrings()).rejects.toThrow(
      "expected the bytes that were written",
    );
  });

  it("is refused where its file is cut", async () => {
    const name = "saved/variables/variables.data-00000-of-00001";
    const cut = sample.files.get(name)?.subarray(0, 40) ?? new Uint8Array();
    const bundle = await open(new Map(sample.files).set(name, cut));
    expect(() => bundle.tensor(`layer_with_weights-0/kernel${value}`)).toThrow(
      "expected 48 bytes at 0, received a file of 40 bytes. It may be cut.",
    );
  });
});

const header = new Message().int(1, 2).finish();
const shape = (...sizes: number[]) => {
  const message = new Message();
  for (const size of sizes) message.message(2, new Message().int(1, size));
  return message;
};
const entry = (change: Readonly<Record<number, number>> = {}, dims = shape(2), crc = 0) => {
  const message = new Message().message(2, dims);
  for (const [field, value] of Object.entries({ 1: 1, 3: 0, 4: 0, 5: 8, ...change }))
    message.int(Number(field), value);
  return Uint8Array.from([...message.finish(), 0x35, ...uint32(crc)]);
};
const hostile = (
  entries: readonly (readonly [string, Uint8Array])[],
  shard = new Uint8Array(64),
  limits: Limits = {},
) => {
  const files = new Map([
    ["v.index", table(entries)],
    ["v.data-00000-of-00002", shard],
    ["v.data-00001-of-00002", shard],
  ]);
  return open(files, "v", limits);
};

describe("a bundle that lies", () => {
  it.each<[string, readonly (readonly [string, Uint8Array])[], string]>([
    [
      "without a header",
      [["a", entry()]],
      "expected the header of a bundle, received another table of LevelDB.",
    ],
    ["of nothing", [], "expected the header of a bundle, received an empty table."],
    ["of no files", [["", new Uint8Array()]], "expected the number of files of tensors, received 0."],
    [
      "of 10^9 files",
      [["", new Message().int(1, 1e9).finish()]],
      "expected the number of files of tensors, received 1000000000.",
    ],
    [
      "of other bytes' order",
      [["", new Message().int(1, 1).int(2, 1).finish()]],
      "expected tensors of which low bytes come first, received others.",
    ],
    [
      "with other sizes",
      [
        ["", header],
        ["a", entry({ 5: 9 })],
      ],
      'v.index: "a": expected 8 bytes of float32 [2], received 9.',
    ],
    [
      "with huge sizes",
      [
        ["", header],
        ["a", entry({}, shape(2 ** 52, 2 ** 52))],
      ],
      "expected 8.112963841460668e+31 bytes of float32 [4503599627370496, 4503599627370496], received 8.",
    ],
    [
      "with sizes below 0",
      [
        ["", header],
        ["a", entry({}, shape(-2))],
      ],
      "expected sizes from 0 on, received [-2].",
    ],
    [
      "at a place below 0",
      [
        ["", header],
        ["a", entry({ 4: -1 })],
      ],
      "expected a place in a file, received 8 bytes at -1.",
    ],
    [
      "with a slice",
      [
        ["", header],
        ["a", new Message().message(7, new Message()).finish()],
      ],
      "expected a tensor in one piece, received one in slices, which is not supported.",
    ],
    [
      "of unknown rank",
      [
        ["", header],
        ["a", entry({}, new Message().int(3, 1))],
      ],
      "expected a shape, received one of unknown rank.",
    ],
    [
      "with a key twice",
      [
        ["", header],
        ["a", entry()],
        ["a", entry()],
      ],
      'expected a key once, received "a" twice.',
    ],
  ])("%s is refused", async (_, entries, message) => {
    const error = await hostile(entries).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(FileError);
    expect((error as Error).message).toContain(message);
  });

  it.each([
    ["in a file that there is not", { 3: 2 }, "expected a file below 2, received 2."],
    ["behind the end of its file", { 4: 60 }, "expected 8 bytes at 60, received a file of 64 bytes."],
  ])("%s is refused when it is opened", async (_, change, message) => {
    const bundle = await hostile([
      ["", header],
      ["a", entry(change)],
    ]);
    expect(() => bundle.tensor("a")).toThrow(message);
    await expect(bundle.check()).rejects.toThrow(message);
  });

  it("with elements of no dtype here is refused when it is read", async () => {
    const bundle = await hostile([
      ["", header],
      ["a", entry({ 1: 8, 3: 1 })],
    ]);
    await expect(bundle.tensor("a").read()).rejects.toThrow(
      "expected numbers, received unsupported elements.",
    );
    await expect(bundle.tensor("a").readStrings()).rejects.toThrow("expected strings, received unsupported.");
  });

  it("asks for no more than its limits say in all", async () => {
    const bundle = await hostile(
      [
        ["", header],
        ["a", entry()],
      ],
      new Uint8Array(64),
      { declaredBytes: 12 },
    );
    bundle.tensor("a");
    expect(() => bundle.tensor("a")).toThrow('v.index: "a": expected at most 12 declared bytes');
  });
});

describe("texts in a bundle", () => {
  const texts = (count: number, bytes: readonly number[], crc: number) =>
    hostile(
      [
        ["", header],
        ["a", entry({ 1: 7, 5: bytes.length }, shape(count), crc)],
      ],
      Uint8Array.from(bytes),
    );
  const lengths = uint32(maskedCrc(crc32c(Uint8Array.from([...uint32(2), ...uint32(3), ...uint32(0)]))));
  const abcde = [97, 98, 99, 100, 101];
  const whole = maskedCrc(
    crc32c(Uint8Array.from([...uint32(2), ...uint32(3), ...uint32(0), ...lengths, ...abcde])),
  );

  it("are read with their sums", async () => {
    const bundle = await texts(3, [2, 3, 0, ...lengths, ...abcde], whole);
    const strings = await bundle.tensor("a").readStrings();
    expect(strings.map((each) => new TextDecoder().decode(each))).toEqual(["ab", "cde", ""]);
    await bundle.check();
  });

  it.each<[string, number, readonly number[], number, string]>([
    ["of other lengths", 3, [3, 2, 0, ...lengths, ...abcde], whole, "expected the bytes that were written"],
    [
      "of other letters",
      3,
      [2, 3, 0, ...lengths, 0, 0, 0, 0, 0],
      whole,
      "expected the bytes that were written",
    ],
    ["that are cut", 3, [2, 3, 0, ...lengths, 97], whole, "expected 2 bytes, received 1."],
    ["of which there are too many", 1e9, [2], whole, "expected 1000000000 strings, received 1 bytes."],
  ])("%s are refused", async (_, count, bytes, crc, message) => {
    await expect((await texts(count, bytes, crc)).check()).rejects.toThrow(message);
  });
});

it("sums are those of RFC 3720, and are stored masked", () => {
  expect(crc32c(new Uint8Array(32)).toString(16)).toBe("8a9136aa");
  expect(crc32c(new Uint8Array(32).fill(255)).toString(16)).toBe("62a8ab43");
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i)).toString(16)).toBe("46dd794e");
  expect(maskedCrc(0)).toBe(0xa282ead8);
});
