import { readdirSync, readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Tensor } from "../../tensor/tensor.ts";
import { type AttributeValue, openHdf5 } from "./index.ts";
import { inMemory } from "./memory.fixture.ts";

const folder = new URL("../../../golden/hdf5/", import.meta.url);

interface Expected {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children?: readonly string[];
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly bytes?: string;
  readonly deflated?: string;
  readonly strings?: readonly string[];
}

const expected: Record<string, Record<string, Expected>> = JSON.parse(
  readFileSync(new URL("expected.json", folder), "utf8"),
);

function load(file: string) {
  return inMemory(readFileSync(new URL(file, folder)));
}

function plain(value: AttributeValue): unknown {
  if (!(value instanceof Tensor)) return value;
  const values = [...value.data].map((x) => (value.dtype === "bool" ? x === 1 : Number(x)));
  return { dtype: value.dtype, shape: value.shape, values };
}

function base64({ data }: Tensor): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

function inflated(deflated: string): string {
  return inflateSync(Buffer.from(deflated, "base64")).toString("base64");
}

const cases = Object.entries(expected).flatMap(([file, objects]) =>
  Object.entries(objects).map(([path, object]) => ({ file, path, object })),
);

describe("files written by h5py", () => {
  it.each(Object.keys(expected))("%s holds the objects that h5py lists", async (file) => {
    const paths: string[] = [];
    const { root } = await openHdf5(load(file));
    const pending: (typeof root)[] = [root];
    for (let group = pending.pop(); group; group = pending.pop()) {
      paths.push(group.path || "/");
      for (const child of group.children.values()) {
        if (child.kind === "group") pending.push(child);
        else paths.push(child.path);
      }
    }
    expect(paths.sort()).toEqual(Object.keys(expected[file]!).sort());
  });

  it.each(cases)("$file $path", async ({ file, path, object }) => {
    const found = (await openHdf5(load(file))).get(path)!;
    const attributes = Object.fromEntries([...found.attributes].map(([name, value]) => [name, plain(value)]));
    expect(attributes).toEqual(object.attributes);
    if (found.kind === "group") {
      expect([...found.children.keys()]).toEqual(object.children);
      return;
    }
    expect({ dtype: found.dtype, shape: found.shape }).toEqual({ dtype: object.dtype, shape: object.shape });
    if (object.strings) {
      expect(await found.readStrings()).toEqual(object.strings);
      return;
    }
    const tensor = await found.read();
    expect(base64(tensor)).toBe(object.bytes ?? inflated(object.deflated!));
    if (found.readSync) expect(found.readSync()).toEqual(tensor);
    if (found.range) expect(found.readSync).toBeDefined();
  });

  it.each([
    ["external", "/a", "expected objects of this file, received a link out of it, which is not followed."],
    ["soft", "/a", "expected objects of this file, received a soft link, which is not followed."],
    ["storage", "/a", "expected elements in this file, received external storage, which is not followed."],
    ["virtual", "/a", "expected elements in this file, received a virtual dataset, which is not followed."],
    ["cycle", "/a/b/c", "expected a group in one place, received one that is linked twice."],
  ])("refuses %s", async (kind, path, message) => {
    for (const version of ["earliest", "latest"]) {
      await expect(openHdf5(load(`refused-${kind}-${version}.h5`), { name: "w.h5" })).rejects.toThrow(
        `w.h5 ${path}: ${message}`,
      );
    }
  });

  it("refuses committed datatypes", async () => {
    const names = readdirSync(folder).filter((name) => name.startsWith("refused-committed"));
    expect(names).toHaveLength(2);
    for (const name of names) {
      await expect(openHdf5(load(name))).rejects.toThrow(
        "HDF5 /type: expected a group or a dataset, received a committed datatype.",
      );
      await expect(openHdf5(load(name), { within: "/a" })).rejects.toThrow(
        "HDF5 /a: expected an object that stands for itself, received one that shares a committed datatype.",
      );
    }
  });

  it.each([
    ["compound", 'expected numbers, received elements of the class "compound".'],
    ["complex", 'expected numbers, received elements of the class "compound".'],
    ["opaque", "expected numbers, received opaque bytes."],
    ["enum", "expected numbers, received an enumeration."],
    ["sequences", "expected numbers, received variable-length sequences."],
    ["lzf_chunked", "expected the filters deflate, shuffle and fletcher32, received filter 32000 (lzf)."],
  ])("lists %s, and refuses to read it", async (name, message) => {
    const dataset = (await openHdf5(load("unsupported.h5"))).get(name)!;
    expect(dataset.kind === "dataset" && dataset.shape).toEqual(name === "lzf_chunked" ? [100] : [2]);
    await expect(dataset.kind === "dataset" && dataset.read()).rejects.toThrow(`HDF5 /${name}: ${message}`);
  });

  it("keeps an attribute of another kind apart", async () => {
    const { attributes } = (await openHdf5(load("unsupported.h5"))).get("/ok")!;
    expect(attributes.get("compound")).toEqual({ unsupported: 'elements of the class "compound"' });
  });
});
