import { expect, it } from "vitest";
import { Input, Model, type Tensor, tensor } from "../../index.ts";
import { Bidirectional, SimpleRNN } from "../../layers/index.ts";
import { modelFromJson } from "../../revive.ts";
import { modelToJson } from "../../tf-keras/index.ts";
import { bothWays, E, S, stated } from "./stated.fixture.ts";

const nothing = { initial_state: null, constants: null };

it("a Bidirectional records that states in its list are given by no name", async () => {
  const model = modelFromJson(stated(bothWays, { ...nothing }, false));
  const forward = [0.124353, 0.4616081, 0.6840084];
  // What TensorFlow 2.9 gives.
  const expected = forward.map((y, i) => [y, y, forward[2 - i], forward[2 - i]]);
  const received = await model.predict([tensor([E]), tensor([S])]);
  for (const [i, step] of ((received as Tensor).toArray() as number[][][])[0]!.entries())
    for (const [j, y] of step.entries()) expect(y).toBeCloseTo(expected[i]![j]!, 5);
  const written = JSON.parse(modelToJson(model, { keras: "2.9" }));
  expect(written.config.layers[3].inbound_nodes[0][1]).toEqual(["s", 0, 0, nothing]);
});

it("a new one is written so, too", () => {
  const [x, s] = [Input({ shape: [3, 2], name: "x" }), Input({ shape: [2], name: "s" })];
  const layer = new Bidirectional({ layer: new SimpleRNN({ units: 2 }), name: "y" });
  const model = new Model({ inputs: [x, s], outputs: layer.apply(x, { initial_state: [s, s] }) });
  const { layers } = JSON.parse(modelToJson(model, { keras: "2.9" })).config;
  expect(layers.at(-1).inbound_nodes).toEqual([
    [
      ["x", 0, 0, nothing],
      ["s", 0, 0, nothing],
      ["s", 0, 0, nothing],
    ],
  ]);
});

it("constants that are given are no argument here", () => {
  expect(() => modelFromJson(stated(bothWays, { constants: [[1, 2]] }, false))).toThrow(
    'layer "y": expected one of its arguments (sequences, initial_state, mask, training), received "constants".',
  );
});
