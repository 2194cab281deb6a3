import type * as Tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { Lacks } from "../src/dialects/lacks.ts";
import type { JsonObject } from "../src/json/json.ts";
import { tfjsLayers, tfjsWrappers } from "../src/saving/tfjs/classes.ts";
import type { LayerConfig } from "../src/saving/tfjs/instead.ts";
import { tensorflow } from "../src/saving/tfjs/tensorflow.fixture.ts";
import { toTopology } from "../src/saving/tfjs/topology.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import { isFloat } from "../src/tensor/dtype.ts";
import { recordTensor, type TensorRecord } from "./formula.ts";
import { type LayerRecord, layerFiles } from "./golden-layers.ts";

// What TensorFlow 2.9 says of a layer, and what TensorFlow.js computes of it: the same, or it is refused.

const tf = await tensorflow();

interface Case extends LayerRecord {
  readonly call: NonNullable<LayerRecord["call"]>;
  readonly inputs: readonly TensorRecord[];
  readonly outputs: readonly TensorRecord[];
}

const cases = layerFiles("2.9")
  .flatMap(({ cases }) => cases)
  .filter(
    (record): record is Case =>
      record.call !== undefined &&
      !/Cells?$/.test(record.class_name) &&
      !record.input_masks &&
      (record.inputs?.length ?? 0) > 0 &&
      (record.outputs?.length ?? 0) > 0 &&
      record.outputs!.every((output) => output?.values !== undefined),
  );

/** A model of nothing but the layer, as Keras 2 writes it. */
function modelOf({ config_text, call, inputs, outputs }: Case): LayerConfig {
  // TensorFlow.js enforces constraints as it takes weights, and the ones here fulfil none.
  const layer = JSON.parse(config_text, (key, value) =>
    key.endsWith("_constraint") ? null : value,
  ) as LayerConfig;
  const { stateful } = layer.config;
  const input = (i: number): JsonObject => {
    const { dtype, shape } = inputs[i]!;
    const batch = stateful === true ? shape[0]! : null;
    const config = { name: `i${i}`, dtype, batch_input_shape: [batch, ...shape.slice(1)] };
    return { class_name: "InputLayer", name: `i${i}`, config, inbound_nodes: [] };
  };
  const place = (argument: unknown) => [
    `i${(argument as { $input: number }).$input}`,
    0,
    0,
    { ...call.kwargs },
  ];
  const node = [call.args[0]].flat().map(place) as never;
  const own = { ...layer, name: "layer", config: { ...layer.config, name: "layer" }, inbound_nodes: [node] };
  return {
    class_name: "Functional",
    config: {
      name: "m",
      layers: [...inputs.map((_, i) => input(i)), own],
      input_layers: inputs.map((_, i) => [`i${i}`, 0, 0]),
      output_layers: outputs.map((_, i) => ["layer", 0, i]),
    },
  };
}

/** The form that TensorFlow.js takes; null where it is refused. */
function topologyOf(record: Case): LayerConfig | null {
  const fed = {
    rank: record.inputs[0]!.shape.length,
    count: record.inputs.length,
    isMasked: false,
    output: record.outputs[0]!.shape,
    isMaskIdle: () => true,
    isMaskUsed: () => false,
    isWholeTaken: () => true,
  };
  const lacks = new Lacks();
  const topology = toTopology(modelOf(record), (path) => (path.at(-1) === "layer" ? [fed] : []), lacks);
  return lacks.count === 0 ? topology : null;
}

function theirs(record: TensorRecord): Tf.Tensor {
  const { dtype, shape } = record;
  const numbers = [...toNumbers(recordTensor(record))];
  return tf.tensor(numbers, [...shape], isFloat(dtype) ? "float32" : dtype === "bool" ? "bool" : "int32");
}

const taken = cases.flatMap((record) => {
  const topology = topologyOf(record);
  return topology ? [{ record, topology, name: `${record.class_name} ${record.id}` }] : [];
});

describe("TensorFlow.js", () => {
  it.each(taken)("computes what TensorFlow computes: $name", async ({ record, topology }) => {
    const model = await tf.models.modelFromJSON(topology as unknown as Tf.io.ModelJSON);
    model.setWeights((record.weights ?? []).map(theirs));
    const found = [model.predict(record.inputs.map(theirs))].flat();
    for (const [i, output] of record.outputs.entries()) {
      expect(found[i]!.shape).toEqual(output.shape);
      const numbers = found[i]!.dataSync();
      for (const [j, value] of output.values!.entries())
        expect(Math.abs(numbers[j]! - Number(value))).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(Number(value))),
        );
    }
  });

  it("was tried with every class of the table", () => {
    const tried = new Set(taken.map(({ record }) => record.class_name));
    const untried = Object.keys({ ...tfjsLayers, ...tfjsWrappers }).filter((name) => !tried.has(name));
    expect(untried).toEqual(["GRUCell", "InputLayer", "LSTMCell", "SimpleRNNCell", "StackedRNNCells"]);
    expect(taken.length).toBeGreaterThan(120);
  });
});
