import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrayType, type DType, numericDTypes } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import {
  type AttributeInput,
  type AttributeValue,
  type Hdf5Dataset,
  type Hdf5DatasetInput,
  type Hdf5Group,
  type Hdf5GroupInput,
  openHdf5,
} from "./index.ts";
import { inMemory } from "./memory.fixture.ts";
import { planHdf5 } from "./plan.ts";

type Node = Hdf5GroupInput | Hdf5DatasetInput;

function filled(dtype: DType, shape: readonly number[], start = 0): Tensor {
  const data = new (arrayType(dtype))(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    const value = dtype === "bool" ? (start + i) % 2 : start + i;
    data[i] = typeof data[i] === "bigint" ? BigInt(value) : value;
  }
  return new Tensor(dtype, shape, data);
}

function dataset(tensor: Tensor, attributes?: ReadonlyMap<string, AttributeInput>): Hdf5DatasetInput {
  const { dtype, shape } = tensor;
  return { dtype, shape, data: () => tensor, ...(attributes && { attributes }) };
}

function group(
  children: Readonly<Record<string, Node>>,
  attributes?: Record<string, AttributeInput>,
): Hdf5GroupInput {
  return {
    children: new Map(Object.entries(children)),
    ...(attributes && { attributes: new Map(Object.entries(attributes)) }),
  };
}

async function reopened(root: Hdf5GroupInput) {
  return openHdf5(inMemory(planHdf5(root).toBytes()));
}

/** What is written and what is read, in one form. */
async function contents(node: Node | Hdf5Group | Hdf5Dataset): Promise<unknown> {
  const attributes = new Map<string, AttributeInput | AttributeValue>(node.attributes);
  if ("children" in node) {
    const children = await Promise.all(
      Array.from<readonly [string, Node | Hdf5Group | Hdf5Dataset], Promise<[string, unknown]>>(
        node.children,
        async ([name, child]) => [name, await contents(child)],
      ),
    );
    return { attributes, children: children.sort(([a], [b]) => (a < b ? -1 : 1)) };
  }
  if (node.dtype === "bfloat16") attributes.set("dtype", "bfloat16");
  return { attributes, tensor: "data" in node ? await node.data() : await node.read() };
}

const name = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("__proto__", "constructor", "a b", "é"),
  )
  .filter((text) => text !== "" && text !== "." && !/[/\0]/.test(text));
const shape = fc.array(fc.nat(4), { maxLength: 3 });
const tensor = fc
  .tuple(fc.constantFrom(...numericDTypes), shape, fc.nat(50))
  .map(([dtype, size, start]) => filled(dtype, size, start));
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const attributes = fc
  .array(
    fc.tuple(
      name.filter((key) => key !== "dtype"),
      fc.oneof(
        text,
        fc.array(text, { maxLength: 3 }),
        tensor.filter(({ dtype }) => dtype !== "bfloat16"),
      ),
    ),
    { maxLength: 4 },
  )
  .map((entries) => new Map<string, AttributeInput>(entries));
const tree = fc.letrec<{ node: Node; group: Hdf5GroupInput }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(tensor, attributes).map((parts) => dataset(...parts)),
    tie("group"),
  ),
  group: fc
    .tuple(fc.array(fc.tuple(name, tie("node")), { maxLength: 12 }), attributes)
    .map(([entries, attributes]) => ({ children: new Map(entries), attributes })),
})).group;

describe("planHdf5", () => {
  it("writes what openHdf5 reads back", async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (root) => {
        expect(await contents((await reopened(root)).root)).toEqual(await contents(root));
      }),
      { numRuns: 60 },
    );
  });

  it("gives as many bytes as it says, the same ones in chunks and at once", async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (root) => {
        const plan = planHdf5(root);
        const chunks: Uint8Array[] = [];
        for await (const chunk of plan.chunks()) chunks.push(chunk);
        const bytes = plan.toBytes();
        expect(bytes.length).toBe(plan.size);
        expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
        expect(Buffer.from(planHdf5(root).toBytes()).equals(bytes)).toBe(true);
        const room = new Uint8Array(plan.size);
        for await (const chunk of plan.chunks(room)) expect(chunk.buffer).toBe(room.buffer);
        expect(Buffer.from(room).equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves large datasets where they are and goes on behind them", async () => {
    const large = filled("uint8", [2 ** 20 + 3]);
    const small = dataset(filled("uint8", [3]));
    const plan = planHdf5({
      children: new Map([
        ["a", small],
        ["b", dataset(large)],
        ["c", small],
      ]),
    });
    const room = new Uint8Array(plan.size);
    const outside: Uint8Array[] = [];
    let at = 0;
    for await (const chunk of plan.chunks(room)) {
      if (chunk.buffer !== room.buffer) outside.push(chunk);
      room.set(chunk, at);
      at += chunk.length;
    }
    expect(outside.map(({ buffer }) => buffer)).toEqual([large.data.buffer]);
    expect(Buffer.from(plan.toBytes()).equals(room)).toBe(true);
  });

  it("holds wide groups", async () => {
    const value = dataset(filled("uint8", [1]));
    for (const count of [8, 9, 256, 257, 8193]) {
      const children = new Map(Array.from({ length: count }, (_, i) => [`n${i}`, value] as const));
      const { root } = await reopened({ children });
      expect([...root.children.keys()]).toEqual([...children.keys()].sort());
    }
  });

  it("holds groups nested 5,000 deep", async () => {
    let root: Hdf5GroupInput = { children: new Map([["x", dataset(filled("int8", [2]))]]) };
    for (let i = 0; i < 5000; i++) root = { children: new Map([["d", root]]) };
    expect((await reopened(root)).get(`${"d/".repeat(5000)}x`)?.kind).toBe("dataset");
  });

  it("holds texts longer than a heap's collection, and many of them", async () => {
    const attributes = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`a${i}`, `value ${i}`]));
    const root = group({}, { ...attributes, long: "é".repeat(100_000) });
    expect((await reopened(root)).root.attributes).toEqual(root.attributes);
  });

  it("asks for one dataset's elements at a time, and waits", async () => {
    const asked: string[] = [];
    const slow = (name: string): Hdf5DatasetInput => ({
      dtype: "float32",
      shape: [2],
      data: async () => {
        asked.push(name);
        return filled("float32", [2]);
      },
    });
    const plan = planHdf5(group({ b: slow("b"), a: slow("a") }));
    const chunks = plan.chunks();
    await chunks.next();
    expect(asked).toEqual([]);
    await chunks.next();
    expect(asked).toEqual(["a"]);
    expect(() => plan.toBytes()).toThrow("HDF5 /a: expected elements at once, received a promise of them.");
  });

  it("keeps elements behind everything else, so that the table of contents is one stretch", async () => {
    const plan = planHdf5(
      group({ a: group({ x: dataset(filled("float32", [100])) }), b: dataset(filled("int8", [3])) }),
    );
    const file = await openHdf5(inMemory(plan.toBytes()));
    const ranges = ["/a/x", "/b"].map((path) => (file.get(path) as Hdf5Dataset).range!);
    expect(ranges[0]!.offset + 400).toBe(ranges[1]!.offset);
    expect(ranges[1]!.offset + 3).toBe(plan.size);
  });

  const wrongData: Hdf5DatasetInput = { dtype: "float32", shape: [10, 128], data: () => filled("int8", [2]) };
  const tooLarge: Hdf5DatasetInput = { ...wrongData, shape: [2 ** 40, 2 ** 20] };
  it.each<[string, Hdf5GroupInput, string]>([
    ["data", group({ g: group({ 0: wrongData }) }), "/g/0: expected float32 (10, 128), received int8 (2,)."],
    ["size", group({ x: tooLarge }), "/: expected fewer than 2**53 bytes, received 4611686018427389000."],
    [
      "shape",
      group({ x: { ...wrongData, shape: [-1] } }),
      "/x: expected a shape of at most 32 sizes, received (-1,).",
    ],
    ["slash", group({ g: group({ "a/b": group({}) }) }), '/g: expected names of objects, received "a/b".'],
    ["empty name", group({ "": group({}) }), '/: expected names of objects, received "".'],
    ["NUL", group({ "a\0": group({}) }), '/: expected a name without NUL, received "a\\u0000".'],
    ["half a character", group({ "\ud800": group({}) }), '/: expected well-formed text, received "\\ud800".'],
    [
      "bfloat16 attribute",
      group({ g: group({}, { a: filled("bfloat16", []) }) }),
      '/g: expected a dtype that HDF5 has in attribute "a", received bfloat16.',
    ],
    [
      "long attribute",
      group({}, { names: new Array<string>(5000).fill("x") }),
      '/: expected attribute "names" to take at most 65528 bytes with its name, received 80064.',
    ],
  ])("refuses a wrong %s", (_, root, message) => {
    expect(() => planHdf5(root, { name: "w.h5" }).toBytes()).toThrow(`w.h5 ${message}`);
  });
});
