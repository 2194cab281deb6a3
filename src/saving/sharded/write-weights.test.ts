import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Input, Sequential } from "../../index.ts";
import { Activation, Dense, LSTM } from "../../layers/index.ts";
import { loadWeights, saveWeights } from "../../node.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const giga = 2 ** 30;
const blank = () =>
  new Sequential([
    Input({ shape: [4, 3] }),
    new LSTM({ units: 2 }),
    new Dense({ units: 5, use_bias: false }),
  ]);
const index = () => JSON.parse(readFileSync(join(folder, "w.weights.json"), "utf8"));

describe("weights in several files", () => {
  it("are written as Keras does: a file begins with what the one before has no room for", async () => {
    const model = blank();
    await saveWeights(model, join(folder, "w.weights.json"), { maxShardSize: 160 / giga });
    expect(readdirSync(folder).sort()).toEqual([
      "w.weights.json",
      "w_00000.weights.h5",
      "w_00001.weights.h5",
    ]);
    expect(index()).toEqual({
      metadata: { total_size: 232 },
      weight_map: {
        "/layers/lstm/cell/vars": ["w_00000.weights.h5", "w_00001.weights.h5"],
        "/layers/dense/vars": "w_00001.weights.h5",
      },
    });
    const again = blank();
    expect(await loadWeights(again, join(folder, "w.weights.json"))).toEqual([]);
    expect(again.getWeights()).toEqual(model.getWeights());
  });

  it("are in one where all have room, as they are unless something else is said", async () => {
    await saveWeights(blank(), join(folder, "w.weights.json"));
    expect(index().weight_map["/layers/dense/vars"]).toBe("w_00000.weights.h5");
  });

  it("of a model that has none are read again", async () => {
    const none = () => new Sequential([Input({ shape: [2] }), new Activation({ activation: "relu" })]);
    await saveWeights(none(), join(folder, "w.weights.json"));
    expect(index().weight_map).toEqual({});
    expect(await loadWeights(none(), join(folder, "w.weights.json"))).toEqual([]);
  });

  it("take the place of those that were there: files that are not used any more are gone", async () => {
    const path = join(folder, "w.weights.json");
    writeFileSync(join(folder, "other_00000.weights.h5"), "");
    await saveWeights(blank(), path, { maxShardSize: 100 / giga });
    expect(readdirSync(folder)).toHaveLength(5);
    await saveWeights(blank(), path);
    expect(readdirSync(folder).sort()).toEqual([
      "other_00000.weights.h5",
      "w.weights.json",
      "w_00000.weights.h5",
    ]);
  });

  it("do not take those that another index names", async () => {
    const path = join(folder, "w.weights.json");
    await saveWeights(blank(), path, { maxShardSize: 100 / giga });
    const before = readdirSync(folder).sort();
    copyFileSync(path, join(folder, "copy.weights.json"));
    await saveWeights(blank(), join(folder, "copy.weights.json"));
    expect(readdirSync(folder).sort()).toEqual(["copy.weights.json", "copy_00000.weights.h5", ...before]);
  });

  it("say how far they have come, in all files together", async () => {
    const told: (readonly [number, number])[] = [];
    const onProgress = ({ done, total }: { done: number; total: number }) => told.push([done, total]);
    await saveWeights(blank(), join(folder, "w.weights.json"), { maxShardSize: 100 / giga, onProgress });
    const [, total] = told[0]!;
    expect(told[0]).toEqual([0, total]);
    expect(told.at(-1)).toEqual([total, total]);
  });

  it.each([
    [
      "w.weights.json",
      90 / giga,
      "expected at least 8.940696716308594e-8 GB, which /layers/lstm/cell/vars/0 takes",
    ],
    ["w.weights.json", 0, "saveWeights: expected maxShardSize to be a number of GB above 0, received 0."],
    ["w.weights.json", "5", 'expected maxShardSize to be a number of GB above 0, received "5".'],
    ["w.weights.h5", 1, "expected a path that ends in .weights.json, as maxShardSize says, received"],
  ])("are not written to %s with %s", async (name, maxShardSize, message) => {
    await expect(saveWeights(blank(), join(folder, name), { maxShardSize } as never)).rejects.toThrow(
      message,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
