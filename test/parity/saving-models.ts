import { positiveInt } from "../../src/fields/shorthands.ts";
import { Functional, Input, Model, Sequential, type Variable } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { layer } from "../../src/layers/define.ts";
import type { Layer } from "../../src/layers/layer.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import type { CustomObjects } from "../../src/registry/registry.ts";

/** A Dense inside, and variables of its own in a list and in a dict. */
class MyDense extends layer("MyDense", { units: positiveInt() }, { package: "my_custom_package" }) {
  readonly nested_layer = new Dense({ units: this.units, name: "dense" });
  declare additional_weights: Variable[];
  declare weights_in_dict: Record<string, Variable>;

  override build(shape: readonly (number | null)[]): void {
    const one = (name: string) => this.addWeight({ name, shape: [], initializer: "ones" });
    this.additional_weights = [one("my_additional_weight"), one("my_additional_weight_2")];
    this.weights_in_dict = { my_weight: one("my_dict_weight") };
    this.nested_layer.buildWith({ input_shape: shape });
  }

  override call(x: Operand): Numeric {
    return this.nested_layer.apply<Numeric>(x);
  }
}

/** A model of one's own with two of them. */
export class CustomModelX extends Model {
  static override readonly className: string = "CustomModelX";
  static override readonly registeredName = "my_custom_package>CustomModelX";
  readonly dense1 = new MyDense({ units: 1, name: "my_dense_1" });
  readonly dense2 = new MyDense({ units: 1, name: "my_dense_2" });
  override call(x: Operand): Numeric {
    return this.dense2.apply<Numeric>(this.dense1.apply<Numeric>(x));
  }
}

/** A Functional of one's own that makes its graph itself; a property that holds one of its layers. */
class SubclassFunctional extends Functional {
  static override readonly className = "SubclassFunctional";
  static override readonly registeredName = "my_custom_package>SubclassFunctional";
  readonly layer_attr: Dense;
  constructor(options: { name?: string; trainable?: boolean } = {}) {
    const inputs = Input({ shape: [4], batch_size: 2 });
    const dense = new Dense({ units: 1, name: "first_dense" });
    super({
      ...options,
      inputs,
      outputs: new Dense({ units: 1, name: "second_dense" }).apply(dense.apply(inputs)),
    });
    this.layer_attr = dense;
  }
  override getConfig() {
    return {};
  }
}

export const customObjects: CustomObjects = {
  "my_custom_package>MyDense": MyDense,
  "my_custom_package>CustomModelX": CustomModelX,
  "my_custom_package>SubclassFunctional": SubclassFunctional,
};

/** Two layers on 4 features, one after the other. */
function chained(make: (name: string) => Layer): Functional {
  const inputs = Input({ shape: [4], batch_size: 2 });
  const hidden = make("first_dense").apply(inputs);
  return new Functional({ inputs, outputs: make("second_dense").apply(hidden) });
}

/** The six kinds of models that Keras's tests of saving go through. */
export const models: Readonly<Record<string, () => Model>> = {
  subclassed: () => new CustomModelX({ name: "custom_model_x" }),
  basic_sequential: () =>
    new Sequential([new Dense({ units: 1, name: "dense_1" }), new Dense({ units: 1, name: "dense_2" })]),
  basic_functional: () => chained((name) => new Dense({ units: 1, name })),
  custom_sequential: () => new Sequential([new MyDense({ units: 1 }), new MyDense({ units: 1 })]),
  custom_functional: () => chained((name) => new MyDense({ units: 1, name })),
  subclassed_functional: () => new SubclassFunctional(),
};
