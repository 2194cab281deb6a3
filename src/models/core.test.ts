import { describe, expect, it } from "vitest";
import { builtins } from "../builtins.ts";
import { tensor } from "../engines/tensor.ts";
import { positiveInt } from "../fields/shorthands.ts";
import type { JsonObject } from "../json/json.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { layer } from "../layers/define.ts";
import { Layer } from "../layers/layer.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Variable } from "../program/variable.ts";
import { toNested } from "../tensor/create.ts";
import type { Shape } from "../tensor/shape.ts";
import { cloneModel } from "./clone-model.ts";
import { Functional } from "./functional.ts";
import { Sequential } from "./sequential.ts";

class Project extends layer("Project", { units: positiveInt() }, { package: "test" }) {
  declare kernel: Variable;
  override build(shape: Shape): void {
    this.kernel = this.addWeight({ name: "kernel", shape: [shape.at(-1)!, this.units], initializer: "ones" });
  }
  override call(x: Operand): Numeric {
    return prim("matmul", [x, this.kernel]);
  }
}

describe("a model of custom layers", () => {
  it("builds, computes, predicts and clones", async () => {
    const x = Input({ shape: [3] });
    const h = new Project({ units: 4 }).apply(x);
    const y = new Project({ units: 2 }).apply(h);
    const model = new Functional({ inputs: x, outputs: y });
    expect(y.shape).toEqual([null, 2]);
    expect(toNested(model.apply(tensor([[1, 2, 3]], { dtype: "float32" })))).toEqual([[24, 24]]);
    expect(
      toNested(
        await model.predict([
          [1, 2, 3],
          [0, 0, 1],
        ]),
      ),
    ).toEqual([
      [24, 24],
      [4, 4],
    ]);
    const copy = cloneModel(model);
    expect(copy.toJson()).toBe(model.toJson());
    expect(copy.weights[0]).not.toBe(model.weights[0]);
    const again = Functional.fromConfig(model.getConfig());
    expect(again.toJson()).toBe(model.toJson());
  });

  it("reads a layer that a model inside has under another name", () => {
    const call = (name: string) => [
      { args: [{ class_name: "__keras_tensor__", config: { keras_history: [name, 0, 0] } }], kwargs: {} },
    ];
    const input = { class_name: "InputLayer", config: { batch_shape: [null, 3] }, name: "x" };
    const dense = { class_name: "Dense", config: { units: 3, name: "d" }, shared_object_id: 1 };
    const graph = (name: string, layers: JsonObject[], end: [string, number, number]) => ({
      name,
      layers: [input, { ...dense, name: `${name}_d`, inbound_nodes: call("x") }, ...layers],
      input_layers: [["x", 0, 0]],
      output_layers: [end],
    });
    const module = "keras.src.models.functional";
    const inside = {
      module,
      class_name: "Functional",
      config: graph("inner", [], ["inner_d", 0, 0]),
      name: "inner",
    };
    const config = graph("outer", [{ ...inside, inbound_nodes: call("outer_d") }], ["inner", 1, 0]);
    const model = Functional.fromConfig(config, { registry: builtins });
    expect(model.layers[1]).toBe((model.layers[2] as Functional).layers[1]);
    expect(model.outputShape).toEqual([null, 3]);
    const again = Functional.fromConfig(model.getConfig(), { registry: builtins });
    expect(again.toJson()).toBe(model.toJson());
  });

  it("stacks", () => {
    const model = new Sequential([Input({ shape: [3] }), new Project({ units: 4 })]);
    expect(model.weights.map(({ path }) => path)).toEqual([`${model.name}/${model.layers[0]!.name}/kernel`]);
    expect(model.outputShape).toEqual([null, 4]);
    const copy = cloneModel(model, { weights: "copy" });
    expect(copy.toJson()).toBe(model.toJson());
  });

  it("gives a layer of a class", () => {
    const model = new Sequential([Input({ shape: [3] }), new Project({ units: 4, name: "p" })], {
      name: "m",
    });
    expect(model.getLayer("p", Project).units).toBe(4);
    expect(model.getLayer(-1, Layer)).toBe(model.layers[0]);
    expect(() => model.getLayer("p", Dense)).toThrow('layer "p": expected a Dense, received a Project.');
    expect(() => model.getLayer("q", Dense)).toThrow(
      'model "m": expected one of its 1 layers ["p"], received "q".',
    );
    expect(() => model.getLayer("p", "Dense" as never)).toThrow(
      'model "m": expected a class of layers, received "Dense".',
    );
  });

  it("has the layers of its graph, then those that are only properties", () => {
    const [called, attached] = [new Project({ units: 1 }), new Project({ units: 1 })];
    class Custom extends Functional {
      readonly list = [attached, called];
    }
    const inputs = Input({ shape: [2] });
    const model = new Custom({ inputs, outputs: called.apply(inputs) });
    expect(model.layers.slice(1)).toEqual([called, attached]);
  });
});
