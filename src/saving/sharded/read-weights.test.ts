import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Input, Sequential, tensor } from "../../index.ts";
import { Dense } from "../../layers/index.ts";
import { loadWeights } from "../../node.ts";
import type { Hdf5DatasetInput, Hdf5GroupInput } from "../hdf5/index.ts";
import { planHdf5 } from "../hdf5/plan.ts";

const folder = mkdtempSync(join(tmpdir(), "ceratops-"));
afterAll(() => rmSync(folder, { recursive: true }));

const group = (children: Record<string, Hdf5GroupInput | Hdf5DatasetInput>): Hdf5GroupInput => ({
  children: new Map(Object.entries(children)),
});
const filled = (shape: readonly number[], value: number): Hdf5DatasetInput => {
  const size = shape.reduce((product, each) => product * each, 1);
  const all = tensor(new Float32Array(size).fill(value), { shape });
  return { dtype: "float32", shape, data: () => all };
};
const layers = (inside: Record<string, Hdf5GroupInput>) =>
  planHdf5(group({ layers: group(inside) })).toBytes();
const blank = () => new Sequential([Input({ shape: [3] }), new Dense({ units: 2 }), new Dense({ units: 1 })]);
const index = (map: unknown) => {
  const path = join(folder, "w.weights.json");
  writeFileSync(path, JSON.stringify({ metadata: { total_size: 44 }, weight_map: map }));
  return path;
};
writeFileSync(
  join(folder, "w_00000.weights.h5"),
  layers({
    dense: group({ vars: group({ "0": filled([3, 2], 1), "1": filled([2], 2) }) }),
    dense_1: group({ vars: group({ "0": filled([2, 1], 3) }) }),
  }),
);
writeFileSync(
  join(folder, "w_00001.weights.h5"),
  layers({ dense_1: group({ vars: group({ "1": filled([1], 4) }) }) }),
);

describe("weights in several files", () => {
  it("are those of one, a layer's too that is in two of them", async () => {
    const path = index({
      "/layers/dense/vars": "w_00000.weights.h5",
      "/layers/dense_1/vars": ["w_00000.weights.h5", "w_00001.weights.h5"],
    });
    const model = blank();
    expect(await loadWeights(model, path)).toEqual([]);
    expect(model.getWeights().map(({ data }) => data[0])).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, unknown, string]>([
    ["leave the folder", { "/a": "../w.h5" }, "weight_map/a: expected the name of a file in the same folder"],
    ["are no names", { "/a": [3] }, "weight_map/a: expected the name of a file, received 3."],
    ["are not there", { "/a": "no.h5" }, "no.h5: cannot be read"],
    ["are no map", 3, "weight_map: expected the files of groups by their paths, received 3."],
    ["are none", {}, "/layers/dense/vars: expected 2 variables"],
    ["are not all", { "/a": "w_00001.weights.h5" }, "/layers/dense/vars: expected 2 variables"],
  ])("that %s are an error", async (_, map, message) => {
    await expect(loadWeights(blank(), index(map))).rejects.toThrow(message);
  });
});
