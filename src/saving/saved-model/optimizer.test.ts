import { describe, expect, it } from "vitest";
import { Variable } from "../../program/variable.ts";
import { full } from "../../tensor/create.ts";
import { type Files, fileOf, goldenSample } from "./golden.fixture.ts";
import type { GraphNode } from "./object-graph.ts";
import { optimizerArrays } from "./optimizer.ts";
import { openVariables } from "./read-weights.ts";

const { files } = await goldenSample("trained");

const open = (files: Files) => openVariables(fileOf(files, "saved/saved_model.pb"), {});
const variable = () =>
  new Variable({ name: "w", shape: [1], dtype: "float32", initialize: () => full([1], 0, "float32") });

describe("what an optimizer kept", () => {
  it("is listed by kind, and then by weight", async () => {
    const checkpoint = await open(files);
    const places = new Map<Variable, GraphNode>();
    for (const node of checkpoint.nodes)
      if (node.variable && /^dense(_1)?\/(kernel|bias)$/.test(node.variable.name))
        places.set(variable(), node);
    const arrays = optimizerArrays(checkpoint, [...places.keys()], places);
    expect(arrays?.map(({ name }) => name)).toEqual([
      "iter",
      ...["m", "v"].flatMap((kind) => [0, 1, 2, 3].map((i) => `${i}/${kind}`)),
    ]);
  });

  it("is how often it ran alone where it keeps nothing of a weight", async () => {
    const checkpoint = await open(files);
    const nodes = checkpoint.nodes.map((node) => ({ ...node, slots: [] }));
    const arrays = (isIdle: boolean) => optimizerArrays({ ...checkpoint, nodes }, [], new Map(), isIdle);
    expect(arrays(true)?.map(({ name }) => name)).toEqual(["iter"]);
    expect(arrays(false)).toEqual([]);
  });

  it("is null where it is for other weights, and none where it was not trained", async () => {
    expect(optimizerArrays(await open(files), [variable()], new Map())).toBeNull();
    expect(optimizerArrays(await open((await goldenSample("plain")).files), [], new Map())).toEqual([]);
  });
});
