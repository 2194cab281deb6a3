import { describe, expect, it } from "vitest";
import { useReference } from "../../engines/reference/index.ts";
import type { KerasTensor } from "../../graph/graph.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Variable } from "../../program/variable.ts";
import { deserialize } from "../../registry/deserialize.ts";
import { classesOf, Registry } from "../../registry/registry.ts";
import { serialize } from "../../registry/serialize.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Dense } from "../core/dense.ts";
import { Input } from "../core/input-layer.ts";
import * as recurrent from "./index.ts";
import { Bidirectional, GRU, LSTM, SimpleRNN } from "./index.ts";

useReference();
const registry = new Registry(classesOf(recurrent));

describe("Bidirectional", () => {
  it("names its layers after the given one, and the same after each reload", () => {
    let made = new Bidirectional({ layer: new LSTM({ units: 3, name: "l" }) });
    for (let reload = 0; reload < 3; reload++) {
      expect(made.forward_layer.name).toBe("forward_l");
      expect(made.backward_layer.name).toBe("backward_l");
      expect(made.backward_layer.go_backwards).toBe(true);
      const text = stringifyPythonJson(serialize(made));
      made = deserialize(parsePythonJson(text), { registry }) as Bidirectional;
      expect(stringifyPythonJson(serialize(made))).toBe(text);
    }
    const nested = new Bidirectional({ layer: made.forward_layer });
    expect(nested.forward_layer.name).toBe("forward_l");
    expect(nested.backward_layer.name).toBe("backward_forward_l");
  });

  it("copies the layer: another one, built if that was, with weights of its own", () => {
    const layer = new LSTM({ units: 3 });
    layer.apply(Input({ shape: [4, 2] }));
    const made = new Bidirectional({ layer });
    expect(made.forward_layer).not.toBe(layer);
    expect(made.forward_layer.built).toBe(true);
    const own = new Set<Variable>([...layer.weights, ...made.weights]);
    expect(own.size).toBe(9);
    const given = new GRU({ units: 2, go_backwards: true });
    expect(new Bidirectional({ layer, backward_layer: given }).backward_layer).toBe(given);
  });

  it("goes forwards second where the layer goes backwards, as in Keras 2", () => {
    const made = new Bidirectional({ layer: new GRU({ units: 2, go_backwards: true }) });
    expect([made.forward_layer.go_backwards, made.backward_layer.go_backwards]).toEqual([true, false]);
    // Keras 3 reads both layers, and makes none of its own.
    expect(made.getConfig()).toMatchObject({
      layer: { config: { go_backwards: true } },
      backward_layer: { config: { go_backwards: false } },
    });
  });

  it("sees masked steps as zeros, where it returns all", () => {
    const made = new Bidirectional({ layer: new LSTM({ units: 3, return_sequences: true }) });
    expect((made.forward_layer as LSTM).zero_output_for_mask).toBe(true);
    expect((made.backward_layer as LSTM).zero_output_for_mask).toBe(true);
    const last = new Bidirectional({ layer: new LSTM({ units: 3, zero_output_for_mask: true }) });
    expect((last.forward_layer as LSTM).zero_output_for_mask).toBe(false);
  });

  const shapes: ["sum" | "mul" | "ave" | "concat" | null, Shape[], Shape[]][] = [
    ["sum", [[null, 2]], [[null, 5, 2]]],
    ["mul", [[null, 2]], [[null, 5, 2]]],
    ["ave", [[null, 2]], [[null, 5, 2]]],
    ["concat", [[null, 4]], [[null, 5, 4]]],
    [
      null,
      [
        [null, 2],
        [null, 2],
      ],
      [
        [null, 5, 2],
        [null, 5, 2],
      ],
    ],
  ];
  it.each(shapes)("has the shapes of merge mode %s", (merge_mode, last, all) => {
    for (const return_sequences of [false, true]) {
      for (const return_state of [false, true]) {
        const layer = new SimpleRNN({ units: 2, return_sequences, return_state });
        const result = new Bidirectional({ layer, merge_mode }).apply<KerasTensor[]>(
          Input({ shape: [5, 3] }),
        );
        const states = return_state
          ? [
              [null, 2],
              [null, 2],
            ]
          : [];
        expect([result].flat().map(({ shape }) => shape)).toEqual([
          ...(return_sequences ? all : last),
          ...states,
        ]);
      }
    }
  });

  it("adds up widths that differ", () => {
    const layer = new LSTM({ units: 3 });
    const backward_layer = new GRU({ units: 2, go_backwards: true });
    expect(new Bidirectional({ layer, backward_layer }).apply(Input({ shape: [4, 3] })).shape).toEqual([
      null,
      5,
    ]);
  });

  it("keeps and resets the states of both directions", () => {
    const made = new Bidirectional({ layer: new SimpleRNN({ units: 2, stateful: true }) });
    expect(made.states).toBeNull();
    made.apply(fromNumbers("float32", [1, 2, 1], [1, 2]));
    const states = made.states!;
    expect(states.map(({ shape }) => shape)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(states.every(({ value }) => (value.data as Float32Array).some((number) => number !== 0))).toBe(
      true,
    );
    made.resetState();
    expect(states.map(({ value }) => [...(value.data as Float32Array)])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  const layer = new LSTM({ units: 2, name: "l" });
  const errors: [() => unknown, string][] = [
    [() => new Bidirectional({ layer: 2 as never }), "Bidirectional.layer: expected a layer, received 2."],
    [
      () => new Bidirectional({ layer: new Dense({ units: 1, name: "d" }) }),
      'Bidirectional.layer: expected a layer with go_backwards, return_sequences, return_state, received Dense "d".',
    ],
    [
      () => new Bidirectional({ layer, merge_mode: "max" as never }),
      'Bidirectional.merge_mode: expected one of "sum", "mul", "concat", "ave", received "max".',
    ],
    [
      () => new Bidirectional({ layer, backward_layer: new LSTM({ units: 2 }) }),
      "Bidirectional.backward_layer: expected go_backwards to be true, received false.",
    ],
    [
      () =>
        new Bidirectional({
          layer,
          backward_layer: new LSTM({ units: 2, go_backwards: true, return_state: true }),
        }),
      "Bidirectional.backward_layer: expected return_state to be false, as that of layer, received true.",
    ],
  ];
  it.each(errors)("refuses %#", (make, message) => {
    expect(make).toThrow(message);
  });
});
