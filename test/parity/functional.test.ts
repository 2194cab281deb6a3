import { describe, expect, it } from "vitest";
import { setGlobalPolicy } from "../../src/dtype-policies/index.ts";
import { aTensor, flag, takes } from "../../src/graph/signature.ts";
import {
  builtins,
  Functional,
  Input,
  type KerasTensor,
  Model,
  modelFromJson,
  type Nested,
  Sequential,
  slice,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { Conv1D, Conv2D } from "../../src/layers/convolution/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { InputLayer } from "../../src/layers/core/input-layer.ts";
import { layer } from "../../src/layers/define.ts";
import { Add, Concatenate } from "../../src/layers/merging/index.ts";
import { GlobalAveragePooling2D } from "../../src/layers/pooling/index.ts";
import { TimeDistributed } from "../../src/layers/recurrent/index.ts";
import { Flatten } from "../../src/layers/reshaping/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Operand } from "../../src/program/emit.ts";
import { loadModel, toBytes } from "../../src/saving/index.ts";
import { checkSerialization, messageOf, numbers, values } from "./common.ts";

const dense = (units: number, name?: string) => new Dense({ units, name });

function pair(): [KerasTensor, KerasTensor] {
  return [Input({ shape: [3], batch_size: 2, name: "a" }), Input({ shape: [3], batch_size: 2, name: "b" })];
}

/** Two Dense layers on the sum of two inputs. */
function summed(structure: (a: KerasTensor, b: KerasTensor) => Nested<KerasTensor>): Functional {
  const [a, b] = pair();
  const outputs = dense(4).apply(dense(5).apply(ops.add(a, b)));
  return new Functional({ inputs: structure(a, b), outputs, name: "basic" });
}

const shapeOf = (value: { shape: readonly (number | null)[] }) => value.shape;
const batch = () => Input({ shape: [3], batch_size: 2 });

/** Takes a second input that may be null. */
class Optional extends layer(
  "Optional",
  {},
  { package: "parity", call: takes("x", { x: aTensor(), y: aTensor().optional() }) },
) {
  override call(x: Operand, { y }: { y?: Operand | null }): Operand {
    return y ? (ops.add(x, y) as Operand) : x;
  }
}

describe("models/functional_test.py", () => {
  it("test_basic_flow_multi_input: two inputs and an operation", () => {
    const model = summed((a, b) => [a, b]);
    expect(model.name).toBe("basic");
    expect(model).toBeInstanceOf(Model);
    expect(model.summary()).toContain('Model: "basic"');
    expect(shapeOf(model.apply<Tensor>([numbers([2, 3]), numbers([2, 3])]))).toEqual([2, 4]);
    expect(shapeOf(model.apply([batch(), batch()]))).toEqual([2, 4]);
  });

  it("test_scalar_input: an input of the batch alone", () => {
    const a = Input({ shape: [3], batch_size: 2 });
    const b = Input({ shape: [], batch_size: 2 });
    const model = new Functional({ inputs: [a, b], outputs: ops.add(a, ops.getItem(b, [slice(), null])) });
    expect(values(model.apply([numbers([2, 3], 0), numbers([2], 1)]))).toEqual([
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
    ]);
  });

  it("test_mutable_state: a layer may be attached later", () => {
    const model = summed((a, b) => [a, b]) as Functional & { extra?: Dense };
    model.extra = dense(5);
    expect(model.layers).toContain(model.extra);
  });

  it("test_basic_flow_multi_output: a list stays a list", () => {
    const x = batch();
    const hidden = dense(5).apply(x);
    const model = new Functional({ inputs: x, outputs: [dense(4).apply(hidden), dense(5).apply(hidden)] });
    for (const given of [numbers([2, 3]), batch()]) {
      const outputs = model.apply<Tensor[]>(given as Tensor);
      expect(outputs.map(shapeOf)).toEqual([
        [2, 4],
        [2, 5],
      ]);
    }
  });

  it("test_basic_flow_dict_io: dicts in; what is no KerasTensor is refused", () => {
    const [a, b] = pair();
    const outputs = dense(4).apply(ops.add(a, b));
    expect(messageOf(() => new Functional({ inputs: { a: "a", b } as never, outputs, name: "bad" }))).toBe(
      'model "bad": expected all inputs to be KerasTensors, received "a".',
    );
    expect(messageOf(() => new Functional({ inputs: { a, b }, outputs: "y" as never, name: "bad" }))).toBe(
      'model "bad": expected all outputs to be KerasTensors, received "y".',
    );
    const model = new Functional({ inputs: { a, b }, outputs });
    expect(shapeOf(model.apply<Tensor>({ a: numbers([2, 3]), b: numbers([2, 3]) }))).toEqual([2, 4]);
    expect(shapeOf(model.apply({ a: batch(), b: batch() }))).toEqual([2, 4]);
    const quotient = new Functional({ inputs: { a, b }, outputs: ops.divide(a, b) });
    const given = { b: numbers([2, 3], 2), a: numbers([2, 3], 6) };
    expect(values(quotient.apply(given))).toEqual(values(numbers([2, 3], 3)));
  });

  it("test_basic_flow_as_a_submodel: in TimeDistributed", () => {
    const x = Input({ shape: [4] });
    const inner = new Functional({ inputs: x, outputs: new Flatten().apply(x) });
    const inputs = Input({ shape: [null, 4] });
    const model = new Functional({ inputs, outputs: new TimeDistributed({ layer: inner }).apply(inputs) });
    expect(shapeOf(model.apply<Tensor>(numbers([2, 3, 4])))).toEqual([2, 3, 4]);
  });

  it("test_named_input_dict_io: inputs by name; the keys of a dict-built model rule", () => {
    const a = Input({ shape: [3], batch_size: 2, name: "a" });
    const b = Input({ shape: [4], batch_size: 2, name: "b" });
    const single = new Functional({ inputs: a, outputs: dense(4).apply(a) });
    expect(shapeOf(single.apply<Tensor>({ a: numbers([2, 3]) }))).toEqual([2, 4]);
    expect(shapeOf(single.apply({ a: batch() }))).toEqual([2, 4]);

    const outputs = dense(4).apply(new Concatenate().apply([dense(5).apply(a), dense(5).apply(b)]));
    const data = [numbers([2, 3]), numbers([2, 4])] as const;
    const symbols = [batch(), Input({ shape: [4], batch_size: 2 })] as const;
    for (const inputs of [[a, b], { a, b }]) {
      const model = new Functional({ inputs, outputs });
      expect(shapeOf(model.apply<Tensor>({ b: data[1], a: data[0] }))).toEqual([2, 4]);
      expect(shapeOf(model.apply({ a: symbols[0], b: symbols[1] }))).toEqual([2, 4]);
    }
    const renamed = new Functional({ inputs: { c: a, d: b }, outputs, name: "renamed" });
    expect(shapeOf(renamed.apply<Tensor>({ c: data[0], d: data[1] }))).toEqual([2, 4]);
    expect(messageOf(() => renamed.apply({ a: data[0], b: data[1] }))).toBe(
      'model "renamed": expected inputs ["c", "d"], received ["a", "b"]; missing: "c", "d".',
    );
  });

  it("test_input_dict_with_extra_field: what is too much is left out", () => {
    const a = batch();
    const model = new Functional({ inputs: { a }, outputs: ops.multiply(a, 5) });
    expect(shapeOf(model.apply<Tensor>({ a: numbers([2, 3]), b: numbers([2, 1]) }))).toEqual([2, 3]);
  });

  it.each(["list", "dict"])("test_restored_multi_output_type: %s", (type) => {
    const x = batch();
    const [a, b] = [dense(4).apply(x), dense(5).apply(x)];
    const model = new Functional({ inputs: x, outputs: type === "list" ? [a, b] : { a, b } });
    const again = Functional.fromConfig(model.getConfig());
    for (const given of [numbers([2, 3]), batch()]) {
      const outputs = again.apply<Nested<Tensor>>(given as Tensor);
      expect(Array.isArray(outputs)).toBe(type === "list");
      expect(Object.keys(outputs)).toEqual(type === "list" ? ["0", "1"] : ["a", "b"]);
    }
  });

  it("test_restored_nested_input: [[x]] stays [[x]]", () => {
    const x = batch();
    const model = new Functional({ inputs: [[x]], outputs: dense(4).apply(x) });
    const text = model.toJson();
    const again = modelFromJson(text) as Functional;
    expect(again.toJson()).toBe(text);
    const newer = model.toJson({ keras: 315 });
    expect((modelFromJson(newer, { dialect: 315 }) as Functional).input).toEqual([[expect.anything()]]);
  });

  it("test_functional_input_shape_and_type: a tensor and its shape", () => {
    const input = Input({ shape: [16, 4] });
    const model = new Functional({
      inputs: input,
      outputs: new Conv1D({ filters: 8, kernel_size: 3 }).apply(input),
    });
    expect(model.input).toBe(input);
    expect(model.inputShape).toEqual([null, 16, 4]);
  });

  it("test_layer_getters: layers without operations, by index and by name", () => {
    const [a, b] = pair();
    const hidden = dense(5, "dense_1").apply(ops.add(a, b));
    const model = new Functional({ inputs: [a, b], outputs: dense(4, "dense_2").apply(hidden) });
    expect([model.layers.length, model.operations.length]).toEqual([4, 5]);
    expect([0, 1, 2, 3].map((i) => model.getLayer(i).name)).toEqual(["a", "b", "dense_1", "dense_2"]);
    expect(model.getLayer("dense_1").name).toBe("dense_1");
  });

  it("test_training_arg: the model's training reaches the layers; one given at a call wins", () => {
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
    const x = batch();
    const model = new Functional({
      inputs: x,
      outputs: new Canary().apply(new Canary().apply(x), { training: true }),
    });
    const seenIn = (kwargs: object): unknown[] => {
      seen.length = 0;
      model.apply(numbers([2, 3]), kwargs as Record<string, boolean>);
      return [...seen];
    };
    expect(seenIn({ training: true })).toEqual([true, true]);
    expect(seenIn({ training: false })).toEqual([false, true]);
    expect(seenIn({})).toEqual([false, true]);
  });

  it("test_passing_inputs_by_name: a list-built model takes names", () => {
    const model = summed((a, b) => [a, b]);
    expect(shapeOf(model.apply<Tensor>({ b: numbers([2, 3]), a: numbers([2, 3]) }))).toEqual([2, 4]);
    expect(shapeOf(model.apply({ a: batch(), b: batch() }))).toEqual([2, 4]);
    const [a, b] = pair();
    const difference = new Functional({ inputs: [a, b], outputs: ops.subtract(a, b) });
    const [three, one] = [numbers([2, 3], 3), numbers([2, 3], 1)];
    expect(values(difference.apply({ b: one, a: three }))).toEqual(values(numbers([2, 3], 2)));
    const [c, d] = [batch(), batch()];
    const again = new Functional({ inputs: [c, d], outputs: difference.apply({ b: d, a: c }) });
    expect(values(again.apply([three, one]))).toEqual(values(numbers([2, 3], 2)));
  });

  it("test_rank_standardization: a last dimension of 1 may be missing or too much", () => {
    const x = batch();
    const flat = new Functional({ inputs: x, outputs: dense(3).apply(x) });
    expect(values(flat.apply<Tensor>(numbers([2, 3, 1])))).toEqual(
      values(flat.apply<Tensor>(numbers([2, 3]))),
    );
    const y = Input({ shape: [3, 1], batch_size: 2 });
    const deep = new Functional({ inputs: y, outputs: dense(3).apply(y) });
    expect(values(deep.apply<Tensor>(numbers([2, 3])))).toEqual(
      values(deep.apply<Tensor>(numbers([2, 3, 1]))),
    );
  });

  it("test_rank_standardization_failure: the error names the input", () => {
    const x = Input({ shape: [3], name: "foo" });
    const model = new Functional({ inputs: [{ foo: x }], outputs: dense(3).apply(x), name: "m" });
    expect(messageOf(() => model.apply([{ foo: numbers([2, 3, 4]) }]))).toBe(
      'model "m": expected shape (None, 3) for input "foo", received (2, 3, 4).',
    );
  });

  it("test_dtype_standardization: inputs are cast to their dtypes", () => {
    const float = Input({ shape: [2], dtype: "float16" });
    const int = Input({ shape: [2], dtype: "int32" });
    const model = new Functional({ inputs: [float, int], outputs: [ops.add(float, 2), ops.add(int, 2)] });
    const outputs = model.apply<Tensor[]>([numbers([2, 2], 1), numbers([2, 2], 1)]);
    expect(outputs.map(({ dtype }) => dtype)).toEqual(["float16", "int32"]);
  });

  it("test_serialization: trainable, several inputs and outputs, operations, dicts, unused and passed on inputs", () => {
    const x = batch();
    const frozen = new Functional({ inputs: x, outputs: dense(3).apply(x), trainable: false });
    expect(checkSerialization(frozen).trainable).toBe(false);

    const [a, b] = pair();
    const outputs = [dense(4).apply(dense(5).apply(a)), dense(4).apply(dense(5).apply(b))];
    checkSerialization(new Functional({ inputs: [a, b], outputs, name: "func" }));
    const middle = dense(5).apply(ops.add(a, b));
    const both = [dense(4).apply(middle), dense(4).apply(middle)];
    checkSerialization(new Functional({ inputs: [a, b], outputs: both }));
    checkSerialization(summed((one, two) => ({ one, two })));
    checkSerialization(new Functional({ inputs: { a, b }, outputs: { a: ops.multiply(a, 2), b } }));
    checkSerialization(new Functional({ inputs: { a, b }, outputs: ops.multiply(a, 2) }));
  });

  it("test_bad_input_spec: shapes, number and keys of inputs", () => {
    const x = Input({ shape: [4], name: "x" });
    const single = new Functional({ inputs: x, outputs: dense(2).apply(x), name: "single" });
    expect(messageOf(() => single.apply(numbers([2, 3])))).toBe(
      'model "single": expected shape (None, 4) for input "x", received (2, 3).',
    );
    expect(messageOf(() => single.apply([numbers([2, 4]), numbers([2, 4])]))).toBe(
      'model "single": expected inputs of the structure *, received [*, *].',
    );
    const [a, b] = [Input({ shape: [4], name: "a" }), Input({ shape: [4], name: "b" })];
    const outputs = dense(2).apply(ops.add(a, b));
    const list = new Functional({ inputs: [a, b], outputs, name: "list" });
    expect(messageOf(() => list.apply(numbers([2, 3])))).toBe(
      'model "list": expected inputs of the structure [*, *], received *.',
    );
    expect(messageOf(() => list.apply([numbers([2, 3]), numbers([2, 4])]))).toBe(
      'model "list": expected shape (None, 4) for input "a", received (2, 3).',
    );
    const dict = new Functional({ inputs: { a, b }, outputs, name: "dict" });
    expect(messageOf(() => dict.apply(numbers([2, 3])))).toBe(
      'model "dict": expected inputs of the structure {"a": *, "b": *}, received *.',
    );
    expect(messageOf(() => dict.apply({ a: numbers([2, 3]), b: numbers([2, 4]) }))).toBe(
      'model "dict": expected shape (None, 4) for input "a", received (2, 3).',
    );
  });

  it("test_manual_input_spec: an assigned inputSpec counts", () => {
    const x = Input({ shape: [null, 3] });
    const model = new Functional({ inputs: x, outputs: dense(2).apply(x), name: "manual" });
    model.inputSpec = { rank: 3, axes: { 1: 4 } };
    expect(messageOf(() => model.apply(numbers([2, 3, 3])))).toBe(
      'model "manual": expected axis 1 to have size 4, received shape (2, 3, 3).',
    );
    expect(shapeOf(model.apply<Tensor>(numbers([2, 4, 3])))).toEqual([2, 4, 2]);
  });

  it("test_functional_slicing: models cut out of a model", () => {
    const inputs = Input({ shape: [null, 2], name: "input" });
    const x1 = dense(3, "dense1").apply(inputs);
    const x2 = dense(4, "dense2").apply(x1);
    const outputs = dense(5, "dense3").apply(x2);
    const full = new Functional({ inputs, outputs });
    expect(full.layers).toHaveLength(4);
    const cuts: [Nested<KerasTensor>, Nested<KerasTensor>, string[]][] = [
      [x2, outputs, ["dense3"]],
      [x1, x2, ["dense2"]],
      [full.getLayer("dense2").input, outputs, ["dense2", "dense3"]],
      [full.getLayer("dense1").input, full.getLayer("dense2").output, ["dense1", "dense2"]],
    ];
    for (const [from, to, names] of cuts) {
      const part = new Functional({ inputs: from, outputs: to });
      expect(part.layers[0]).toBeInstanceOf(InputLayer);
      expect(part.layers.slice(1).map(({ name }) => name)).toEqual(names);
    }
  });

  it("test_deeply_nested_model: dicts in dicts, now, symbolically and through a file", async () => {
    const [i1, i2, i3] = [1, 2, 3].map((n) => Input({ shape: [n] })) as [
      KerasTensor,
      KerasTensor,
      KerasTensor,
    ];
    const model = new Functional({
      inputs: { "1": i1, others: { "2": i2, "3": i3 } },
      outputs: { "1": dense(1).apply(i1), others: { "2": dense(2).apply(i2), "3": dense(3).apply(i3) } },
    });
    const given = { "1": numbers([2, 1]), others: { "2": numbers([2, 2]), "3": numbers([2, 3]) } };
    const symbols = {
      "1": Input({ shape: [1], batch_size: 2 }),
      others: { "2": Input({ shape: [2], batch_size: 2 }), "3": Input({ shape: [3], batch_size: 2 }) },
    };
    type Out = { "1": Tensor; others: { "2": Tensor; "3": Tensor } };
    const now = model.apply<Out>(given);
    for (const out of [now, model.apply<Out>(symbols)]) {
      expect(Object.keys(out)).toEqual(["1", "others"]);
      expect(Object.keys(out.others)).toEqual(["2", "3"]);
      expect([out["1"], out.others["2"], out.others["3"]].map(shapeOf)).toEqual([
        [2, 1],
        [2, 2],
        [2, 3],
      ]);
    }
    const loaded = await loadModel(await toBytes(model));
    expect(values(loaded.apply(given))).toEqual(values(now));
  });

  it.each(["list", "dict"])(
    "test_optional_inputs, test_optional_dict_inputs: null for an optional one, %s",
    (type) => {
      const [i1, i2] = [
        Input({ shape: [2], name: "input1" }),
        Input({ shape: [2], name: "input2", optional: true }),
      ];
      const outputs = new Optional().apply(i1, i2);
      const inputs = type === "list" ? [i1, i2] : { input1: i1, input2: i2 };
      const model = new Functional({ inputs, outputs });
      const one = numbers([2, 2], 1);
      expect(values(model.apply(type === "list" ? [one, null] : { input1: one, input2: null }))).toEqual(
        values(one),
      );
    },
  );

  it("test_unmodified_inputs: an input may be an output", () => {
    const [i1, i2] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const model = new Functional({ inputs: { i1, i2 }, outputs: { o1: ops.multiply(i1, 2), o2: i2 } });
    expect(values(model.apply({ i1: numbers([1, 2], 1), i2: numbers([1, 2], 0) }))).toEqual([
      [[2, 2]],
      [[0, 0]],
    ]);
    const symbols = model.apply<Record<string, KerasTensor>>({
      i1: Input({ shape: [2] }),
      i2: Input({ shape: [2] }),
    });
    expect([symbols.o1!.shape, symbols.o2!.shape]).toEqual([
      [null, 2],
      [null, 2],
    ]);
  });

  it("test_unused_inputs: an input may be of no use", () => {
    const [i1, i2] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const model = new Functional({ inputs: { i1, i2 }, outputs: ops.multiply(i1, 2) });
    expect(values(model.apply({ i1: numbers([1, 2], 1), i2: numbers([1, 2], 0) }))).toEqual([[[2, 2]]]);
    expect(shapeOf(model.apply({ i1: Input({ shape: [2] }), i2: Input({ shape: [2] }) }))).toEqual([null, 2]);
  });

  it("test_disconnected_output: an output of other inputs is refused", () => {
    const [i1, i2] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const outputs = { o1: ops.multiply(i1, 2), o2: ops.multiply(i2, 3) };
    expect(messageOf(() => new Functional({ inputs: i1, outputs, name: "half" }))).toMatch(
      /^model "half": expected outputs that depend on the inputs only, received <KerasTensor .*>, which does not\.$/,
    );
  });

  it("test_required_input_none_raises: null for an input that is not optional", () => {
    const [i1, i2] = [Input({ shape: [2], name: "input1" }), Input({ shape: [2], name: "input2" })];
    const model = new Functional({ inputs: [i1, i2], outputs: new Optional().apply(i1, i2), name: "m" });
    expect(messageOf(() => model.apply([numbers([2, 2]), null] as never))).toBe(
      'model "m": expected a tensor for input "input2", received null.',
    );
  });

  it("test_optional_and_required_mixed_structures: a list for a dict-built model", () => {
    const [i1, i2] = [
      Input({ shape: [2], name: "input1" }),
      Input({ shape: [2], name: "input2", optional: true }),
    ];
    const model = new Functional({
      inputs: { input1: i1, input2: i2 },
      outputs: new Optional().apply(i1, i2),
    });
    const one = numbers([2, 2], 1);
    expect(values(model.apply([one, null] as never))).toEqual(values(one));
    expect(values(model.apply({ input1: one, input2: null } as never))).toEqual(values(one));
  });

  it("test_warning_for_mismatched_inputs_structure: a list for a dict-built model is taken in the order of its keys", async () => {
    const [i1, i2] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const model = new Functional({ inputs: { i2, i1 }, outputs: ops.subtract(i1, i2) });
    expect(values(model.apply([numbers([1, 2], 1), numbers([1, 2], 0)]))).toEqual([[[1, 1]]]);
    const list = new Functional({ inputs: [i1, i2], outputs: new Add().apply([i1, i2]) });
    const sum = await list.predict([numbers([1, 2], 1), numbers([1, 2], 0)]);
    expect(values(sum)).toEqual([[[1, 1]]]);
  });

  it("test_for_functional_in_sequential: a config with a Functional inside", () => {
    const x = Input({ shape: [8, 8, 3] });
    const base = new Functional({
      inputs: x,
      outputs: new Conv2D({ filters: 2, kernel_size: 3, activation: "relu" }).apply(x),
    });
    const model = new Sequential([
      Input({ shape: [8, 8, 3] }),
      base,
      new GlobalAveragePooling2D(),
      new Dense({ units: 7, activation: "softmax" }),
    ]);
    checkSerialization(model);
  });

  it("test_layers_setter: layers cannot be assigned", () => {
    const model = summed((a, b) => [a, b]);
    expect(() => {
      (model as unknown as { layers: unknown }).layers = [dense(4)];
    }).toThrow(TypeError);
  });

  it("test_list_input_with_dict_build: by position, in the order of sorted keys", () => {
    const [x1, x2] = [Input({ shape: [2], name: "IT" }), Input({ shape: [2], name: "IS" })];
    const model = new Functional({ inputs: { IT: x1, IS: x2 }, outputs: ops.subtract(x1, x2) });
    const [one, zero] = [numbers([1, 2], 1), numbers([1, 2], 0)];
    expect(values(model.apply({ IT: one, IS: zero }))).toEqual([[[1, 1]]]);
    expect(values(model.apply([zero, one]))).toEqual([[[1, 1]]]);
  });

  it("test_functional_with_dtype_policy: a policy adds no Cast", () => {
    setGlobalPolicy("mixed_float16");
    try {
      const x = Input({ shape: [10] });
      const model = new Functional({ inputs: x, outputs: dense(5).apply(x) });
      expect(model.operations.map((operation) => operation.constructor.className)).toEqual([
        "InputLayer",
        "Dense",
      ]);
      expect(model.outputs[0]!.dtype).toBe("float16");
    } finally {
      setGlobalPolicy(null);
    }
  });

  /** A Dense layer of a config, called on a tensor of another. */
  const entry = (name: string, from: string) => ({
    module: "keras.layers",
    class_name: "Dense",
    config: { units: 10, name },
    registered_name: null,
    name,
    inbound_nodes: [
      {
        args: [
          {
            class_name: "__keras_tensor__",
            config: { shape: [null, 10], dtype: "float32", keras_history: [from, 0, 0] },
          },
        ],
        kwargs: {},
      },
    ],
  });
  const input = {
    module: "keras.layers",
    class_name: "InputLayer",
    config: { batch_shape: [null, 10], dtype: "float32", name: "input_1" },
    registered_name: null,
    name: "input_1",
    inbound_nodes: [],
  };
  const configOf = (layers: object[], output: string) => ({
    name: "loop",
    layers,
    input_layers: [["input_1", 0, 0]],
    output_layers: [[output, 0, 0]],
  });

  it("test_invalid_config_deserialization_loop: calls that wait for each other", () => {
    const config = configOf([input, entry("node_a", "node_b"), entry("node_b", "node_a")], "node_b");
    expect(messageOf(() => Functional.fromConfig(config, { registry: builtins }))).toMatch(
      /^config\.layers\[1\]\.inbound_nodes\[0\]: .*received call 0 of "node_b", which is in a loop/,
    );
  });

  it("test_invalid_config_deserialization_missing_node: a call on nobody's tensor", () => {
    const config = configOf([input, entry("node_a", "node_b")], "node_a");
    expect(messageOf(() => Functional.fromConfig(config, { registry: builtins }))).toBe(
      'config.layers[1].inbound_nodes[0]: expected the name of a layer of this model, received "node_b".',
    );
  });

  it("test_dict_input_to_list_model: data by name for a list-built model", async () => {
    const names = ["title", "text_body", "tags"];
    const inputs = names.map((name) => Input({ shape: [4], name }));
    const features = dense(6).apply(new Concatenate().apply(inputs));
    const model = new Functional({ inputs, outputs: [dense(1).apply(features), dense(3).apply(features)] });
    const data = names.map((_, i) => tensor([[i, 1, 2, 3]], { dtype: "float32" }));
    const byName = Object.fromEntries(names.map((name, i) => [name, data[i]!]).reverse());
    expect(values(await model.predict(byName))).toEqual(values(await model.predict(data)));
  });
});
