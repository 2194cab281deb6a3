import { describe, expect, it } from "vitest";
import { positiveInt } from "../../src/fields/shorthands.ts";
import { aTensor, flag, takes } from "../../src/graph/signature.ts";
import { cloneModel, Functional, Input, Model, modelFromJson, type Tensor, tensor } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { layer } from "../../src/layers/define.ts";
import { concatenate } from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { numbers, values } from "./common.ts";

function model(): Functional {
  const a = Input({ shape: [3], batch_size: 2, name: "input_a" });
  const b = Input({ shape: [3], batch_size: 2, name: "input_b" });
  const hidden = new Dense({ units: 5 }).apply(a);
  return new Functional({ inputs: [a, b], outputs: [hidden, new Dense({ units: 4 }).apply(b)] });
}

describe("models/model_test.py", () => {
  it("test_functional_rerouting: a model made of tensors is a Functional", () => {
    expect(model()).toBeInstanceOf(Functional);
    expect(model()).toBeInstanceOf(Model);
  });

  it("test_json_serialization: the same text after modelFromJson", () => {
    const original = model();
    const text = original.toJson();
    const again = modelFromJson(text) as Functional;
    expect(again.toJson()).toBe(text);
    // The text stays as it was read; what is made anew from the model shows what was understood of it.
    expect(cloneModel(again).toJson()).toBe(text);
    again.setWeights(original.getWeights());
    const x = [numbers([2, 3]), numbers([2, 3], 0.5)];
    expect(values(again.apply(x))).toEqual(values(original.apply(x)));
  });

  it("test_tuple_input_model_subclass: a subclass that takes a list", () => {
    class MultiInput extends Model {
      static override readonly className: string = "MultiInput";
      readonly dense = new Dense({ units: 4 });
      override call([a, b]: readonly [Operand, Operand]): Numeric {
        return concatenate([this.dense.apply<Numeric>(a), b], { axis: -1 });
      }
    }
    const out = new MultiInput().apply<Tensor>([numbers([3, 3]), numbers([3, 2])]);
    expect(out.shape).toEqual([3, 6]);
  });

  it("test_reviving_functional_from_config_custom_layer: with customObjects", () => {
    class CustomDense extends layer("CustomDense", { units: positiveInt() }, { package: "parity" }) {
      readonly dense = new Dense({ units: this.units });
      override call(x: Operand): Numeric {
        return this.dense.apply<Numeric>(x);
      }
    }
    const inputs = Input({ shape: [4] });
    const custom = new Functional({ inputs, outputs: new CustomDense({ units: 10 }).apply(inputs) });
    const config = JSON.parse(JSON.stringify(custom.getConfig())) as object;
    const again = Functional.fromConfig(config, { customObjects: { CustomDense } });
    expect(again).toBeInstanceOf(Functional);
    again.setWeights(custom.getWeights());
    const x = tensor([[1, 2, 3, 4]], { dtype: "float32" });
    expect(values(again.apply(x))).toEqual(values(custom.apply(x)));
  });

  it("test_reviving_functional_from_config_custom_model: a subclass keeps what its constructor takes", () => {
    class CustomModel extends Functional {
      readonly param: number;
      constructor(options: ConstructorParameters<typeof Functional>[0] & { readonly param?: number }) {
        const { param = 1, ...rest } = options;
        super(rest);
        this.param = param;
      }
      override getConfig() {
        return { ...super.getConfig(), param: this.param };
      }
    }
    const inputs = Input({ shape: [3] });
    const outputs = new Dense({ units: 5 }).apply(inputs);
    const custom = new CustomModel({ inputs, outputs, param: 3 });
    const again = CustomModel.fromConfig(custom.getConfig());
    expect(again).toBeInstanceOf(CustomModel);
    expect(again.param).toBe(3);
    const revived = modelFromJson(custom.toJson(), { customObjects: { CustomModel } }) as CustomModel;
    expect(revived).toBeInstanceOf(CustomModel);
    expect(revived.param).toBe(3);
    expect(revived.toJson()).toBe(custom.toJson());
  });

  it("test_layers_setter: layers cannot be assigned", () => {
    expect(() => {
      (model() as unknown as { layers: unknown }).layers = [];
    }).toThrow(TypeError);
  });

  it("test_subclass_model_training_arg: training reaches the layers inside", () => {
    const seen: unknown[] = [];
    class Canary extends layer(
      "Canary",
      {},
      { package: "parity", call: takes("x", { x: aTensor(), training: flag() }) },
    ) {
      override call(x: Operand, { training }: { training: boolean }): Operand {
        seen.push(training);
        return x;
      }
    }
    class Holder extends Model {
      readonly canary = new Canary();
      override call(x: Operand): Numeric {
        return this.canary.apply<Numeric>(x);
      }
    }
    const holder = new Holder();
    for (const training of [true, false]) holder.apply(numbers([1, 2]), { training });
    holder.apply(numbers([1, 2]));
    expect(seen).toEqual([true, false, false]);
  });
});
