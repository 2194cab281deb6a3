import { describe, expect, it } from "vitest";
import { Input } from "../layers/core/input-layer.ts";
import { Sequential } from "../models/sequential.ts";
import { toNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { zip } from "./archive.fixture.ts";
import { openArchive } from "./archive.ts";
import { writeArchive } from "./archive-writer.ts";
import { openHdf5 } from "./hdf5/index.ts";
import { counted, customObjects, Project, stack, twoLayers, watched } from "./layers.fixture.ts";
import { loadModel, readMetadata } from "./load.ts";
import { gather, saveModel, toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

const text = new TextDecoder();

async function members(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const { members } = await openArchive(memorySource(bytes));
  const all = await Promise.all(
    [...members.values()].map(async (member) => [member.name, await member.read()] as const),
  );
  return new Map(all);
}

describe("a model's file", () => {
  it("has Keras's members in Keras's order, and a fixed date", async () => {
    const parts = await members(await toBytes(twoLayers()));
    expect([...parts.keys()]).toEqual(["metadata.json", "config.json", "model.weights.h5"]);
    expect(text.decode(parts.get("metadata.json"))).toBe(
      '{"keras_version": "3.6.0", "date_saved": "1980-01-01@00:00:00"}',
    );
    expect(text.decode(parts.get("config.json"))).toBe(twoLayers().toJson());
  });

  it("gives the model back, with its weights", async () => {
    const model = twoLayers();
    const again = await loadModel(await toBytes(model), { customObjects });
    expect(again.toJson()).toBe(model.toJson());
    expect(again.getWeights()).toEqual(model.getWeights());
    expect(again.layers[1]).toBeInstanceOf(Project);
    const x = [[1, 2, 3]];
    expect(toNested(await again.predict<Tensor>(x))).toEqual(toNested(await model.predict<Tensor>(x)));
  });

  it("is the same bytes again, from the model and from its copy", async () => {
    const model = twoLayers();
    const bytes = await toBytes(model);
    expect(await toBytes(model)).toEqual(bytes);
    expect(await toBytes(await loadModel(bytes, { customObjects }))).toEqual(bytes);
  });

  it("takes a date, in local time, which stays with the model", async () => {
    const date = new Date(2026, 10, 22, 15, 6, 41);
    const bytes = await toBytes(twoLayers(), { date });
    const metadata = { keras_version: "3.6.0", date_saved: "2026-11-22@15:06:41" };
    expect(await readMetadata(bytes)).toEqual(metadata);
    const again = await loadModel(bytes, { customObjects });
    expect(await readMetadata(await toBytes(again))).toEqual(metadata);
  });

  it("is written for the Keras asked for", async () => {
    const parts = await members(await toBytes(twoLayers(), { keras: "3.15" }));
    expect(text.decode(parts.get("metadata.json"))).toContain('"keras_version": "3.15.0"');
    expect(text.decode(parts.get("config.json"))).toBe(twoLayers().toJson({ keras: 315 }));
    expect(text.decode(parts.get("config.json"))).not.toBe(twoLayers().toJson());
  });

  it.each(["3", "3.99", "next"])("refuses to write for Keras %j", (keras) => {
    expect(() => saveModel(twoLayers(), { keras })).toThrow(
      `saveModel.keras: expected a version of Keras from 3.0 to 3.16, received "${keras}".`,
    );
  });

  it("refuses to write for versions of Keras 2 whose files are other ones", async () => {
    await expect(toBytes(twoLayers(), { keras: "2.9" })).rejects.toThrow(
      'saveModel.keras: expected a version of Keras from 2.13 to 2.15 or 3.0 to 3.16, received "2.9". A .h5 file is for 2.9 to 2.15.',
    );
  });

  it("keeps what it says of itself; a version to come is read as the newest known", async () => {
    const parts = await members(await toBytes(twoLayers(), { keras: "3.16" }));
    parts.set("metadata.json", new TextEncoder().encode('{"note": 1.0, "keras_version": "3.99.1"}'));
    const model = await loadModel(await zipped(parts), { customObjects });
    const written = await members(await toBytes(model));
    expect(text.decode(written.get("metadata.json"))).toBe(
      '{"note": 1.0, "keras_version": "3.99.1", "date_saved": "1980-01-01@00:00:00"}',
    );
    expect(text.decode(written.get("config.json"))).toBe(text.decode(parts.get("config.json")));
    const older = await members(await toBytes(model, { keras: "3.6" }));
    expect(text.decode(older.get("metadata.json"))).toContain('"keras_version": "3.6.0"');
    expect(text.decode(older.get("config.json"))).toBe(twoLayers().toJson());
  });

  it("without metadata tells its dialect by its config", async () => {
    const parts = await members(await toBytes(twoLayers(), { keras: "3.15" }));
    parts.delete("metadata.json");
    const model = await loadModel(await zipped(parts), { customObjects });
    expect(model.toJson()).toBe(text.decode(parts.get("config.json")));
  });

  it("has its members in any order, deflated or not", async () => {
    const parts = [...(await members(await toBytes(twoLayers())))].reverse();
    const model = await loadModel(await zipped(parts), { customObjects });
    expect(model.getWeights()).toEqual(twoLayers().getWeights());
    const deflated = await loadModel(deflate(parts), { customObjects });
    expect(deflated.getWeights()).toEqual(twoLayers().getWeights());
  });

  it("keeps the files of its layers", async () => {
    const parts = await members(await toBytes(twoLayers()));
    parts.set("assets/layers/lookup/vocabulary.txt", new TextEncoder().encode("\n[UNK]\na"));
    parts.set("other.txt", new Uint8Array(3));
    const model = await loadModel(await zipped(parts), { customObjects });
    parts.delete("other.txt");
    expect(await members(await toBytes(model))).toEqual(parts);
  });

  it("of 1,000 layers is read and written", async () => {
    const model = stack(1000);
    const again = await loadModel(await toBytes(model), { customObjects });
    expect(again.countParams()).toBe(model.countParams());
    expect(again.weights.every((variable) => !variable.isMaterialized)).toBe(true);
    expect(again.getWeights()).toEqual(model.getWeights());
  });
});

describe("the groups of a file", () => {
  const structure = async (bytes: Uint8Array) => {
    const { root } = await openHdf5(memorySource((await members(bytes)).get("model.weights.h5")!));
    const found: Record<string, unknown> = {};
    const pending: (typeof root)[] = [root];
    for (let group = pending.pop(); group; group = pending.pop()) {
      found[group.path] = Object.fromEntries(group.attributes);
      for (const child of group.children.values()) {
        if (child.kind === "group") pending.push(child);
        else found[child.path] = `${child.dtype} ${child.shape.join()}`;
      }
    }
    return found;
  };

  it("are named by class, have the layers' names, and trained variables first", async () => {
    expect(await structure(await toBytes(twoLayers()))).toEqual({
      "": {},
      "/vars": { name: "two" },
      "/layers": {},
      "/layers/input_layer": {},
      "/layers/input_layer/vars": { name: "x" },
      "/layers/project": {},
      "/layers/project/vars": { name: "hidden" },
      "/layers/project/vars/0": "float32 3,4",
      "/layers/project/vars/1": "float32 ",
      "/layers/project_1": {},
      "/layers/project_1/vars": { name: "out" },
      "/layers/project_1/vars/0": "float32 4,2",
      "/layers/project_1/vars/1": "float32 ",
    });
  });

  it("keep their names for layers whose names are not", async () => {
    const bytes = await toBytes(twoLayers());
    const model = await loadModel(bytes, { customObjects });
    model.getLayer("hidden").name = "renamed";
    const { "/layers/project/vars": group, ...rest } = await structure(await toBytes(model));
    expect(group).toEqual({ name: "renamed" });
    const { "/layers/project/vars": _, ...before } = await structure(bytes);
    expect(rest).toEqual(before);
  });
});

describe("reading a file", () => {
  it.each([false, true])("reads no weight before it is needed (remote: %s)", async (remote) => {
    const source = watched(await toBytes(wide()), remote);
    const model = await loadModel(source, { customObjects });
    const megabyte = 2 ** 20;
    expect(source.size).toBeGreaterThan(3 * megabyte);
    expect(bytesRead(source)).toBeLessThan(megabyte / 8);
    source.reads.length = 0;
    const [kernel] = model.getLayer("l1").weights;
    if (remote) await kernel!.load();
    else expect(kernel!.value.size).toBe(megabyte / 4);
    expect(source.reads.map(([, length]) => length)).toEqual([megabyte]);
  });

  it("reads nothing twice", async () => {
    const source = watched(await toBytes(wide()));
    const model = await loadModel(source, { customObjects });
    model.getWeights();
    source.reads.length = 0;
    model.getWeights();
    expect(source.reads).toEqual([]);
  });

  it("of what cannot be read at once waits for load()", async () => {
    const model = await loadModel(watched(await toBytes(twoLayers()), true), { customObjects });
    expect(() => model.getWeights()).toThrow(
      "hidden/kernel: expected a value in memory, received one that is still to be read. Call await model.load() first.",
    );
    await model.load();
    expect(model.getWeights()).toEqual(twoLayers().getWeights());
  });

  it("predicts with weights that have to be waited for", async () => {
    const model = await loadModel(new Blob([await toBytes(twoLayers())]), { customObjects });
    expect(toNested(await model.predict<Tensor>([[1, 0, 0]]))).toEqual([[628, 634]]);
  });

  it("writes weights from where they are, without keeping them", async () => {
    const bytes = await toBytes(twoLayers());
    for (const remote of [false, true]) {
      const model = await loadModel(watched(bytes, remote), { customObjects });
      expect(await gather(saveModel(model))).toEqual(bytes);
      expect(model.weights.some((variable) => variable.isMaterialized)).toBe(false);
    }
  });

  it("reads each weight once to write it", async () => {
    const source = watched(await toBytes(wide()), true);
    const model = await loadModel(source, { customObjects });
    source.reads.length = 0;
    await toBytes(model);
    expect(source.reads.filter(([, length]) => length === 2 ** 20)).toHaveLength(3);
  });

  it("writes weights that were changed since, not those of the file", async () => {
    const model = await loadModel(await toBytes(twoLayers()), { customObjects });
    const kernel = model.getLayer("out").weights[0]!;
    kernel.assign(counted([4, 2], 50));
    const again = await loadModel(await toBytes(model), { customObjects });
    const [first, second, , fourth] = twoLayers().getWeights();
    expect(again.getWeights()).toEqual([first, second, counted([4, 2], 50), fourth]);
  });

  it("keeps its weights when another model takes them over", async () => {
    const bytes = await toBytes(twoLayers());
    const model = await loadModel(watched(bytes, true), { customObjects });
    const fresh = twoLayers();
    for (const [i, variable] of fresh.weights.entries()) variable.copyFrom(model.weights[i]!);
    expect(await toBytes(fresh)).toEqual(bytes);
  });
});

/** Three layers of a megabyte each. */
function wide(): Sequential {
  const layers = [0, 1, 2].map((i) => new Project({ units: 512, name: `l${i}` }));
  return new Sequential([Input({ shape: [512] }), ...layers], { name: "wide" });
}

function bytesRead({ reads }: { readonly reads: readonly (readonly [number, number])[] }): number {
  return reads.reduce((sum, [, length]) => sum + length, 0);
}

function zipped(parts: Iterable<readonly [string, Uint8Array]>): Promise<Uint8Array> {
  const all = Array.from(parts, ([name, bytes]) => ({ name, size: bytes.length, chunks: () => bytes }));
  return gather(writeArchive(all));
}

function deflate(parts: Iterable<readonly [string, Uint8Array]>): Uint8Array {
  return zip(Array.from(parts, ([name, bytes]) => ({ name, bytes, deflate: true })));
}
