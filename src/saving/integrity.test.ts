import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { cloneModel } from "../models/clone-model.ts";
import { Functional } from "../models/functional.ts";
import type { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { KeptState } from "../program/kept-state.ts";
import { checkChunks, openHdf5 } from "./hdf5/index.ts";
import { inMemory } from "./hdf5/memory.fixture.ts";
import { integrityOf } from "./integrity.ts";
import { counted, watched } from "./layers.fixture.ts";
import { loadModel, loadWeights } from "./load.ts";
import { saveModel, saveWeights, toBytes } from "./save-model.ts";

const sum =
  /^archive: member "model.weights.h5": expected the bytes that were written, of CRC [0-9a-f]{8}, received others, of CRC [0-9a-f]{8}\.$/;
/** More than what is read together with a file's table of contents. */
const units = 200;

/** A base of two layers and a head, compiled, with an optimizer that has large state. */
function trained(): Sequential {
  const base = [new Dense({ units, name: "a" }), new Dense({ units, name: "b" })];
  const model = new Sequential([Input({ shape: [units] }), ...base, new Dense({ units, name: "head" })]);
  model.compileConfig = { optimizer: { class_name: "Adam" }, loss: "mse" };
  const moments = counted([units, 1000], 0.5);
  const kept = {
    dtype: "float32",
    shape: moments.shape,
    attributes: new Map(),
    data: () => moments,
  } as const;
  model.optimizerState = new KeptState(new Map([["vars", new KeptState(new Map([["0", kept]]))]]));
  return model;
}

const good = await toBytes(trained());
/** One bit of the first kernel is another one. */
const damaged = new Uint8Array(good);
const place = await firstWeight(good);
damaged[place + 4001] = damaged[place + 4001]! ^ 0x10;

/** Where the first kernel is. */
async function firstWeight(bytes: Uint8Array): Promise<number> {
  const model = await loadModel(bytes);
  const { data } = model.weights[0]!.value;
  return findBytes(bytes, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function findBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(wanted);
}

async function written(model: Model): Promise<void> {
  for await (const _ of saveModel(model));
}

describe("a bit of a weight that is another one", () => {
  it("fails when the last weight is read, though the optimizer's state was not", async () => {
    const model = await loadModel(damaged);
    expect(() => model.getWeights()).toThrow(sum);
    await expect((await loadModel(damaged)).load()).rejects.toThrow(sum);
    await expect((await loadModel(damaged)).predict(counted([1, units], 0))).rejects.toThrow(sum);
  });

  it.each<[what: string, make: (model: Model) => Model]>([
    ["itself", (model) => model],
    ["a clone", (model) => cloneModel(model, { weights: "copy" })],
    [
      "a clone of a clone",
      (model) => cloneModel(cloneModel(model, { weights: "copy" }), { weights: "copy" }),
    ],
    ["a model that has it as a layer", (model) => new Sequential([Input({ shape: [units] }), model])],
    [
      "a model of some of its layers",
      (model) =>
        new Functional({
          inputs: model.inputs as never,
          outputs: (model as Sequential).layers[0]!.output as never,
        }),
    ],
    [
      "a model that was given values of its weights",
      (model) => {
        const other = new Sequential([Input({ shape: [units] }), new Dense({ units })]);
        other.setWeights(model.weights.slice(0, 2).map(({ value }) => value));
        return other;
      },
    ],
  ])("is not written into a new file: %s", async (_, make) => {
    await expect(written(make(await loadModel(damaged)))).rejects.toThrow(sum);
    const loaded = await loadModel(watched(damaged, true));
    await loaded.load();
    await expect(toBytes(make(loaded))).rejects.toThrow(sum);
    await written(make(await loadModel(good)));
  });

  it("does not matter once all weights are others", async () => {
    const model = await loadModel(damaged);
    model.optimizerState = null;
    for (const weight of model.weights) weight.assign(counted(weight.shape, 1));
    await written(model);
  });
});

describe("integrityOf", () => {
  it("says of each weight whether its file was compared", async () => {
    const model = await loadModel(good);
    const [first, second] = model.weights as [Model["weights"][0], Model["weights"][0]];
    expect(integrityOf(first)).toBe("unchecked");
    expect(first.value).toBeDefined();
    expect([integrityOf(first), integrityOf(second)]).toEqual(["unchecked", "unchecked"]);
    second.assign(counted(second.shape, 0));
    expect(integrityOf(second)).toBe("none");
    await written(model);
    expect([integrityOf(first), integrityOf(second)]).toEqual(["checked", "none"]);
    expect(integrityOf(trained().weights[0]!)).toBe("none");
  });

  it("counts weights, however many copies read one of them", async () => {
    const model = await loadModel(good);
    const copies = model.weights.map(() => cloneModel(model, { weights: "copy" }));
    const first = copies.map(({ weights }) => weights[0]!);
    for (const weight of first) expect(weight.value).toBeDefined();
    expect(first.map(integrityOf)).toEqual(first.map(() => "unchecked"));
    expect(model.getWeights()).toHaveLength(first.length);
    expect(integrityOf(first[0]!)).toBe("checked");
  });
});

describe("verify", () => {
  it("compares all first, and reads nothing twice then", async () => {
    await expect(loadModel(damaged, { verify: true })).rejects.toThrow(sum);
    await expect(loadWeights(trained(), damaged, { verify: true })).rejects.toThrow(sum);
    const model = await loadModel(good, { verify: true });
    expect(integrityOf(model.weights[0]!)).toBe("checked");
    await expect(loadModel(good, { verify: "yes" as never })).rejects.toThrow(
      'loadModel: expected verify to be true or false, received "yes".',
    );
  });

  it("takes weights without sums as they are", async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of saveWeights(trained())) chunks.push(chunk);
    const model = trained();
    await loadWeights(model, new Uint8Array(Buffer.concat(chunks)), { verify: true });
    expect(integrityOf(model.weights[0]!)).toBe("none");
  });

  it("compares the sums that HDF5 has of chunks", async () => {
    const file = new URL("../../golden/hdf5/chunks-latest.h5", import.meta.url);
    const bytes = new Uint8Array(readFileSync(file));
    const at = findBytes(bytes, new Uint8Array([0, 7, 14, 21, 28]));
    bytes[at] = bytes[at]! ^ 1;
    await expect(openHdf5(inMemory(bytes)).then(checkChunks)).rejects.toThrow(
      /\/fletcher: expected a chunk of checksum/,
    );
  });
});
