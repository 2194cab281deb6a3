import { describe, expect, it } from "vitest";
import { relu } from "../../src/activations/index.ts";
import { float } from "../../src/fields/shorthands.ts";
import {
  builtins,
  deserialize,
  ellipsis,
  Functional,
  Input,
  modelFromJson,
  Sequential,
  Slice,
  serialize,
  slice,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { LeakyReLU, ReLU, Softmax } from "../../src/layers/activation/index.ts";
import { Conv1D } from "../../src/layers/convolution/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Wrapper } from "../../src/layers/core/wrapper.ts";
import { layer } from "../../src/layers/define.ts";
import { layer as layerField } from "../../src/layers/layer-field.ts";
import { getItem, multiply } from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { markNumpy } from "../../src/registry/memory.ts";
import { messageOf, numbers, roundTrip, textOf, values } from "./common.ts";

function squared(x: Operand): Numeric {
  return multiply(x, x);
}

class Custom extends layer("Custom", { factor: float() }, { package: "parity" }) {
  override call(x: Operand): Numeric {
    return multiply(x, this.factor);
  }
}

class Nested extends layer("Nested", { factor: float(), dense: layerField() }, { package: "parity" }) {
  override call(x: Operand): Numeric {
    return this.dense.apply<Numeric>(multiply(x, this.factor));
  }
}

class Inside extends Wrapper {
  static override readonly className: string = "Inside";
  static override readonly module = null as never;
  static override readonly registeredName = "parity>Inside" as never;
  override call(x: Operand): Numeric {
    return this.layer.apply<Numeric>(x);
  }
}

function numpy(values: number[], dtype: "int64" | "float32"): Tensor {
  const array = tensor(values, { dtype });
  markNumpy(array);
  return array;
}

const denseEnvelope = (rest: object) => ({
  class_name: "Dense",
  module: "keras.layers",
  config: { units: 1 },
  ...rest,
});

describe("saving/serialization_lib_test.py", () => {
  it.each([
    ["text", "hello"],
    ["bytes", new TextEncoder().encode("hello")],
    ["integers of NumPy", numpy([0, 1], "int64")],
    ["floats of NumPy", numpy([0, 1], "float32")],
    ["a list", ["hello", 0, "world", 1.5, true]],
    ["a dict", { "1": "hello", "2": [true, false] }],
    ["a slice", new Slice(null, 20, 1)],
    ["a slice of arrays", new Slice(null, numpy([0, 1], "int64"), 1)],
    ["null", null],
  ])("test_simple_objects: %s", (_, value) => {
    roundTrip(value);
  });

  it("test_builtin_layers: name, trainable and dtype survive", () => {
    const dense = new Dense({ units: 3, name: "foo", trainable: false, dtype: "float16" });
    const { revived } = roundTrip(dense) as { revived: Dense };
    expect(revived).toBeInstanceOf(Dense);
    expect([revived.name, revived.trainable, revived.computeDtype]).toEqual(["foo", false, "float16"]);
  });

  it("test_numpy_get_item_layer: x[:, 1]", () => {
    const x = Input({ shape: [2] });
    const model = new Functional({ inputs: x, outputs: getItem(x, [slice(), 1]) });
    const { revived } = roundTrip(model) as { revived: Functional };
    expect(values(revived.apply(tensor([[3, 4]], { dtype: "float32" })))).toEqual([[4]]);
  });

  it("test_serialize_ellipsis: the ellipsis is itself again", () => {
    expect(roundTrip(ellipsis).revived).toBe(ellipsis);
  });

  it("test_tensors_and_shapes: a tensor in a dict, a shape", () => {
    const x = tensor(
      [
        [0.5, -1],
        [2, 3],
      ],
      { dtype: "float64" },
    );
    const { revived } = roundTrip({ x }) as { revived: { x: Tensor } };
    expect(revived.x.dtype).toBe("float64");
    expect(values(revived.x)).toEqual(values(x));
    expect(roundTrip({ "x.shape": [...x.shape] }).revived).toEqual({ "x.shape": [2, 2] });
  });

  it("test_custom_fn: a function by its name, alone and in a layer", () => {
    const customObjects = { squared };
    expect(roundTrip({ activation: squared }, customObjects).revived).toEqual({ activation: squared });
    const dense = new Dense({ units: 1, activation: squared });
    dense.buildWith({ input_shape: [null, 2] });
    const { revived } = roundTrip(dense, customObjects) as { revived: Dense };
    revived.setWeights(dense.getWeights());
    expect(values(revived.apply(numbers([2, 2])))).toEqual(values(dense.apply(numbers([2, 2]))));
  });

  it("test_custom_layer: with a config of its own; with a layer and a function inside", () => {
    const x = numbers([2, 2]);
    const custom = new Custom({ factor: 2 });
    const once = roundTrip(custom, { Custom }).revived as Custom;
    expect(values(once.apply(x))).toEqual(values(custom.apply(x)));
    const nested = new Nested({ factor: 2, dense: new Dense({ units: 1, activation: squared }) });
    nested.apply(x);
    const again = roundTrip(nested, { Nested, squared }).revived as Nested;
    again.apply(x);
    again.setWeights(nested.getWeights());
    expect(values(again.apply(x))).toEqual(values(nested.apply(x)));
  });

  it("test_lambda_fn: Python's bytecode is never run, and kept where asked for", () => {
    const lambda = { class_name: "__lambda__", config: { value: ["4wEAAAA=", null, null] } };
    const config = { activation: lambda };
    const revived = deserialize(config, { onUnknown: () => {} }) as { activation: unknown };
    expect(typeof revived.activation).not.toBe("function");
    expect(JSON.parse(textOf(revived))).toEqual(config);
  });

  it("test_deserialize_invalid_type_config: a config that is no dict", () => {
    expect(messageOf(() => deserialize({ class_name: "Dense", config: [1, 2, 3] }))).toBe(
      "config.config: expected the config of a Dense, received [1, 2, 3].",
    );
  });

  it("test_deserialize_invalid_function_config: a function that has no name", () => {
    expect(messageOf(() => deserialize({ class_name: "function", config: ["not", "a", "string"] }))).toBe(
      'config.config: expected a function\'s name, received ["not", "a", "string"].',
    );
  });

  it("test_dict_inputs_outputs: a model of dicts", () => {
    const [foo, bar] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const dense = new Dense({ units: 1 });
    const model = new Functional({
      inputs: { foo, bar },
      outputs: { foo: dense.apply(foo), bar: dense.apply(bar) },
    });
    const { revived } = roundTrip(model) as { revived: Functional };
    revived.setWeights(model.getWeights());
    const given = { foo: numbers([2, 2]), bar: numbers([2, 2], 1) };
    const outputs = revived.apply<Record<string, Tensor>>(given);
    expect(Object.keys(outputs)).toEqual(["foo", "bar"]);
    expect(values(outputs)).toEqual(values(model.apply(given)));
  });

  it("test_shared_inner_layer: records with one shared_object_id are one layer", () => {
    const [one, two] = [Input({ shape: [2], name: "one" }), Input({ shape: [2], name: "two" })];
    const shared = new Dense({ units: 1 });
    const inside = new Inside({ layer: shared });
    const model = new Functional({ inputs: [one, two], outputs: [shared.apply(one), inside.apply(two)] });
    const config = JSON.parse(model.toJson()) as { config: { layers: Record<string, unknown>[] } };
    const entries = config.config.layers;
    const outer = entries.find(({ class_name }) => class_name === "Dense")!;
    const wrapper = entries.find(({ class_name }) => class_name === "Inside")!;
    const inner = (wrapper.config as { layer: Record<string, unknown> }).layer;
    outer.shared_object_id = 7;
    inner.shared_object_id = 7;
    const customObjects = { "parity>Inside": Inside };
    const revived = deserialize(config, { customObjects }) as Functional;
    const found = revived.layers.find((item) => item instanceof Inside) as Inside;
    expect(found.layer).toBe(revived.layers.find((item) => item instanceof Dense));
    expect(revived.weights).toHaveLength(2);
  });

  it("test_functional_subclass: a plain one; one that makes its graph itself", () => {
    class Plain extends Functional {}
    const inputs = Input({ shape: [2], batch_size: 3 });
    const plain = new Plain({ inputs, outputs: new Dense({ units: 1 }).apply(inputs) });
    const again = roundTrip(plain, { Plain }).revived as Plain;
    expect(again).toBeInstanceOf(Plain);
    again.setWeights(plain.getWeights());
    expect(values(again.apply(numbers([3, 2])))).toEqual(values(plain.apply(numbers([3, 2]))));

    class OwnInit extends Functional {
      readonly num_units: number;
      constructor({ num_units = 2 }: { readonly num_units?: number } = {}) {
        const inputs = Input({ shape: [2], batch_size: 3 });
        super({ inputs, outputs: new Dense({ units: num_units }).apply(inputs) });
        this.num_units = num_units;
      }
      override getConfig() {
        return { num_units: this.num_units };
      }
    }
    const own = new OwnInit({ num_units: 3 });
    const revived = modelFromJson(own.toJson(), { customObjects: { OwnInit } }) as OwnInit;
    expect(revived).toBeInstanceOf(OwnInit);
    expect(revived.outputShape).toEqual([3, 3]);
    revived.setWeights(own.getWeights());
    expect(values(revived.apply(numbers([3, 2])))).toEqual(values(own.apply(numbers([3, 2]))));
  });

  it("test_shared_object: an initializer that two layers share is one object again", () => {
    const envelope = (name: string) => ({
      module: "keras.layers",
      class_name: "Dense",
      config: {
        name,
        units: 1,
        kernel_initializer: {
          module: "keras.initializers",
          class_name: "GlorotUniform",
          config: { seed: 1 },
          registered_name: null,
          shared_object_id: 42,
        },
      },
      registered_name: null,
    });
    const [a, b] = deserialize([envelope("a"), envelope("b")]) as Dense[];
    expect(a!.kernel_initializer).toBe(b!.kernel_initializer);
    expect(JSON.parse(textOf(a)).config.kernel_initializer.shared_object_id).toBeUndefined();
  });

  it("test_layer_sharing: a Functional on the tensors of a Sequential", () => {
    const stack = new Sequential([Input({ shape: [3] }), new Dense({ units: 5 }), new Softmax()]);
    const model = new Functional({ inputs: [...stack.inputs], outputs: [...stack.outputs] });
    expect((roundTrip(model).revived as Functional).layers).toHaveLength(3);
  });

  it("test_keras36_custom_function_reloading: by its bare name and with its package", () => {
    const customObjects = { "serial_test>squared": squared };
    for (const config of ["squared", "serial_test>squared"]) {
      const envelope = { module: "builtins", class_name: "function", config, registered_name: "function" };
      expect(deserialize(envelope, { customObjects })).toBe(squared);
    }
  });

  it("test_layer_instance_as_activation: a ReLU layer", () => {
    const dense = new Dense({ units: 4, activation: new ReLU({ name: "my_relu" }) as never });
    const plain = new Dense({ units: 4 });
    for (const each of [dense, plain]) each.buildWith({ input_shape: [null, 8] });
    const { revived } = roundTrip(dense) as { revived: Dense };
    expect(JSON.parse(textOf(revived)).config.activation).toMatchObject({
      class_name: "ReLU",
      config: { name: "my_relu" },
    });
    for (const each of [revived, plain]) each.setWeights(dense.getWeights());
    const x = numbers([3, 8]);
    expect(values(revived.apply<Tensor>(x))).toEqual(values(new ReLU().apply(plain.apply<Tensor>(x))));
  });

  it("test_layer_instance_with_config_as_activation: a LeakyReLU layer keeps its slope", () => {
    const activation = new LeakyReLU({ negative_slope: 0.15, name: "my_leaky" });
    const conv = new Conv1D({ filters: 2, kernel_size: 3, activation: activation as never });
    const plain = new Conv1D({ filters: 2, kernel_size: 3 });
    for (const each of [conv, plain]) each.buildWith({ input_shape: [null, 10, 4] });
    const { revived } = roundTrip(conv) as { revived: Conv1D };
    expect(JSON.parse(textOf(revived)).config.activation).toMatchObject({
      class_name: "LeakyReLU",
      config: { name: "my_leaky", negative_slope: 0.15 },
    });
    for (const each of [revived, plain]) each.setWeights(conv.getWeights());
    const x = numbers([2, 10, 4]);
    expect(values(revived.apply<Tensor>(x))).toEqual(values(activation.apply(plain.apply<Tensor>(x))));
  });

  it("test_layer_string_as_activation: relu is the function relu", () => {
    const { revived } = roundTrip(new Dense({ units: 4, activation: "relu" })) as { revived: Dense };
    expect(revived.activation).toBe(relu);
  });

  it("test_missing_name_for_sequential_model: says which keys it needs", () => {
    const config = { class_name: "Sequential", module: "keras", config: { layers: [] } };
    expect(messageOf(() => deserialize(config))).toBe(
      'config (Sequential): expected a dict with the keys "name" and "layers", received { layers: [] }.',
    );
  });

  it("test_malformed_layer_for_sequential_model: says which layer is none", () => {
    const config = {
      class_name: "Sequential",
      module: "keras",
      config: { name: "s", layers: [denseEnvelope({}), {}] },
    };
    expect(messageOf(() => deserialize(config))).toBe(
      'config (Sequential "s").layers[1]: expected a layer (a dict with class_name and config), received {}.',
    );
  });

  it.each(["builtins.eval", "subprocess.Popen", "not.a.real.name", "my_pkg>MyDense"])(
    "test_registered_name_for_keras_builtin_raises: %s",
    (name) => {
      expect(messageOf(() => deserialize(denseEnvelope({ registered_name: name })))).toBe(
        `config.registered_name: expected null, because "Dense" resolved to a Keras built-in, received ${JSON.stringify(name)}.`,
      );
    },
  );

  it.each([
    ["test_registered_name_matching_class_name_passes_through", { registered_name: "Dense" }],
    ["test_none_or_missing_registered_name_passes_through: null", { registered_name: null }],
    ["test_none_or_missing_registered_name_passes_through: missing", {}],
    ["test_empty_string_registered_name_passes_through", { registered_name: "" }],
  ])("%s", (_, rest) => {
    expect(deserialize(denseEnvelope(rest))).toBeInstanceOf(Dense);
  });

  const functionEnvelope = (registered_name: string) => ({
    class_name: "function",
    module: "builtins",
    registered_name,
    config: "relu",
  });

  it("test_registered_name_for_keras_builtin_function_raises: another name for a built-in function", () => {
    expect(messageOf(() => deserialize(functionEnvelope("some_other_name")))).toBe(
      'config.registered_name: expected "function", because "relu" resolved to a Keras built-in, received "some_other_name".',
    );
  });

  it("test_registered_name_matching_function_name_passes_through: function, or its own name", () => {
    for (const name of ["function", "relu"]) expect(deserialize(functionEnvelope(name))).toBe(relu);
  });

  it("test_registered_custom_object_still_resolves: a class of one's own", () => {
    const config = serialize(new Custom({ factor: 4 }));
    expect(deserialize(JSON.parse(JSON.stringify(config)), { customObjects: { Custom } })).toBeInstanceOf(
      Custom,
    );
    expect(deserialize(config)).toBeInstanceOf(Custom);
    expect(builtins.customClass("Custom")).toBeUndefined();
  });
});
