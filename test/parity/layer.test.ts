import { afterEach, describe, expect, it } from "vitest";
import { DTypePolicy, DTypePolicyMap, setGlobalPolicy } from "../../src/dtype-policies/index.ts";
import { maskOf, setMask } from "../../src/graph/mask.ts";
import { aTensor, flag, maskFor, structure, takes, tensors } from "../../src/graph/signature.ts";
import {
  Functional,
  Input,
  type KerasTensor,
  Model,
  modelFromJson,
  Sequential,
  type Tensor,
  tensor,
  toNested,
  type Variable,
} from "../../src/index.ts";
import { Dense, Embedding } from "../../src/layers/core/index.ts";
import { layer } from "../../src/layers/define.ts";
import { Layer } from "../../src/layers/layer.ts";
import { GlobalAveragePooling1D } from "../../src/layers/pooling/index.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import { dimensions } from "../../src/ops/dimensions.ts";
import { add, multiply } from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import { uniform } from "../../src/random/drawing.ts";
import { SeedGenerator } from "../../src/random/seed-generator.ts";
import { L2 } from "../../src/regularizers/index.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import { expectIdentical, messageOf, numbers, values } from "./common.ts";

afterEach(() => setGlobalPolicy(null));

const ones = (...shape: number[]) => numbers(shape, 1);
const smallest = (x: unknown) => Math.min(...(values(x) as never[]).flat(9));
/** The mask of four rows of which two count. */
const half = () => tensor([true, true, false, false]);
const otherHalf = () => tensor([false, true, false, true]);
function masked(x: Tensor, mask: Tensor): Tensor {
  setMask(x, mask);
  return x;
}

describe("layers/layer_test.py", () => {
  it.each<readonly [string, (x: Operand) => unknown, unknown]>([
    ["one output", (x) => x, { shape: [2, 3] }],
    ["a list", (x) => [x, x], [{ shape: [2, 3] }, { shape: [2, 3] }]],
    ["a dict", (x) => ({ "1": x, "2": x }), { "1": { shape: [2, 3] }, "2": { shape: [2, 3] } }],
    ["a list in a list", (x) => [x, [x, x]], [{ shape: [2, 3] }, [{ shape: [2, 3] }, { shape: [2, 3] }]]],
    [
      "a dict in a dict",
      (x) => ({ "1": x, "2": { "11": x } }),
      { "1": { shape: [2, 3] }, "2": { "11": { shape: [2, 3] } } },
    ],
  ])("test_compute_output_spec: %s, from the one call", (_, call, spec) => {
    class Any extends Layer {
      static override readonly className = "Any";
      override call(x: Operand) {
        return call(x);
      }
    }
    expect(new Any().apply(Input({ batch_shape: [2, 3] }))).toMatchObject(spec as object);
  });

  class Shifting extends layer(
    "Shifting",
    {},
    { package: "parity", call: takes("x", { x: aTensor(), shift: flag(false) }) },
  ) {
    override call(x: Operand, { shift }: { shift: boolean }): Operand {
      return shift ? add(x, 1) : x;
    }
  }

  it("test_positional_arg_error: what is no tensor in place of one", () => {
    expect(messageOf(() => new Dense({ units: 1 }).apply(true as never))).toMatch(
      /^layer "dense(_\d+)?": expected inputs to be a tensor, received true\.$/,
    );
    const x = ones(2, 3);
    expect(values(new Shifting().apply<Tensor>(x, { shift: true }))).toEqual(values(add(x, 1)));
  });

  it("test_rng_seed_tracking: seed generators are variables, also in lists", () => {
    class Noise extends Layer {
      static override readonly className = "Noise";
      readonly one = new SeedGenerator({ seed: 1337 });
      readonly more = [new SeedGenerator({ seed: 1 }), new SeedGenerator({ seed: 10 })];
      override call(x: Operand) {
        const noises = [this.one, ...this.more].map((seeds) => uniform(seeds, dimensions(x)));
        return noises.reduce<Operand>((product, noise) => multiply(product, noise), x) as Numeric;
      }
    }
    const noise = new Noise();
    expectIdentical(noise.variables, [noise.one.state, noise.more[0]!.state, noise.more[1]!.state]);
    expect(noise.variables.map(({ value }) => [...value.data])).toEqual([
      [1337, 0],
      [1, 0],
      [10, 0],
    ]);
    noise.apply<Tensor>(ones(3, 4));
    expect(noise.variables.map(({ value }) => [...value.data])).toEqual([
      [1337, 1],
      [1, 1],
      [10, 1],
    ]);
    expect(noise.weights).toEqual([]);
  });

  class WithDense extends Layer {
    static override readonly className = "WithDense";
    readonly dense1 = new Dense({ units: 3 });
    readonly layer_dict = { dense2: new Dense({ units: 3 }) };
    readonly layer_list = [new Dense({ units: 3 })];
    readonly seed_generator = new SeedGenerator({ seed: 1 });
    override build(): void {
      this.layer_list.push(new Dense({ units: 3 }));
    }
    override call(x: Operand) {
      const steps = [this.dense1, this.layer_dict.dense2, ...this.layer_list];
      return steps.reduce<Operand>((value, step) => step.apply<Numeric>(value), x) as Numeric;
    }
  }

  class Parent extends Layer {
    static override readonly className = "Parent";
    readonly inner_layer: Layer;
    constructor(inner: Layer, name?: string) {
      super(name === undefined ? {} : { name });
      this.inner_layer = inner;
    }
    override getConfig() {
      return super.getConfig();
    }
    override call(x: Operand) {
      return this.inner_layer.apply<Numeric>(x);
    }
  }

  it.each<readonly [string, () => Layer, number]>([
    ["in properties, dicts and lists", () => new WithDense(), 4],
    ["inside another layer", () => new Parent(new WithDense()), 1],
    ["two levels down", () => new Parent(new Parent(new WithDense())), 1],
  ])("test_layer_tracking: %s", (_, make, inside) => {
    const outer = make();
    outer.apply<Tensor>(ones(1, 3));
    expect(outer.sublayers()).toHaveLength(inside);
    expect(outer.variables).toHaveLength(9);
    expect(outer.weights).toHaveLength(8);
    expect(outer.weights.map(({ name }) => name)).toEqual(
      Array.from({ length: 4 }, () => ["kernel", "bias"]).flat(),
    );
  });

  class OnParts extends layer("OnParts", {}, { package: "parity", call: takes("xs", { xs: structure() }) }) {
    readonly dense = new Dense({ units: 2 });
    override call(xs: Readonly<Record<string, Operand | null>> | readonly (Operand | null)[]): Numeric {
      return Object.values(xs)
        .filter((x) => x !== null)
        .map((x) => this.dense.apply<Numeric>(x))
        .reduce((a, b) => add(a, b) as Numeric);
    }
  }
  const x34 = () => Input({ batch_shape: [3, 4] });

  it.each<readonly [string, () => unknown]>([
    ["one tensor", () => x34()],
    ["a dict", () => ({ x1: x34(), x2: x34() })],
    ["a dict with null", () => ({ x1: x34(), x2: null })],
    ["a list", () => [x34(), x34()]],
    ["a list with null", () => [x34(), null]],
  ])("test_build_on_call: layers inside are built by %s", (_, given) => {
    const input = given();
    const on: Layer = "shape" in (input as object) ? new Parent(new Dense({ units: 2 })) : new OnParts();
    on.apply(input as never);
    expect(on.weights).toHaveLength(2);
    expect(on.built).toBe(true);
  });

  class Dropping extends Layer {
    static override readonly className: string = "Dropping";
    readonly dp = new Dropout({ rate: 0.9, seed: 1 });
    override call(x: Operand) {
      return this.dp.apply<Numeric>(x);
    }
  }
  class Always extends Dropping {
    static override readonly className = "Always";
    override call(x: Operand) {
      return this.dp.apply<Numeric>(x, { training: true });
    }
  }

  it.each<readonly [string, () => Layer, object, number]>([
    ["nobody says it", () => new Dropping(), {}, 1],
    ["the call says it", () => new Dropping(), { training: true }, 0],
    ["the call around it says it", () => new Parent(new Dropping()), { training: true }, 0],
    ["nobody says it, one level down", () => new Parent(new Dropping()), {}, 1],
    ["the call inside says it against the one around", () => new Always(), { training: false }, 0],
  ])("test_training_arg_value_resolution: %s", (_, make, kwargs, expected) => {
    expect(smallest(make().apply(ones(4, 4), kwargs as never))).toBe(expected);
  });

  it("test_training_arg_value_resolution: a call that fails leaves nothing behind", () => {
    class Bad extends Layer {
      static override readonly className = "Bad";
      override call(): never {
        throw new RangeError("oops!");
      }
    }
    expect(() => new Bad().apply(ones(4, 4), { training: true } as never)).toThrow("oops!");
    expect(smallest(new Dropping().apply<Tensor>(ones(4, 4)))).toBe(1);
  });

  it.each([
    ["float16", "float16", "float16"],
    ["mixed_float16", "float16", "float32"],
    ["mixed_bfloat16", "bfloat16", "float32"],
  ] as const)("test_mixed_precision: %s", (dtype, compute, variable) => {
    const dense = new Dense({ units: 2, dtype });
    const y = dense.apply<Tensor>(ones(4, 4));
    expect([dense.computeDtype, dense.variableDtype, y.dtype, dense.kernel.dtype]).toEqual([
      compute,
      variable,
      compute,
      variable,
    ]);
  });

  it("test_end_to_end_masking: a mask goes through a model, also one that was saved as text", () => {
    const [ids, embedding] = [
      Input({ shape: [4], dtype: "int32" }),
      new Embedding({ input_dim: 3, output_dim: 2, mask_zero: true }),
    ];
    const rows = new Sequential([ids, embedding, new Dense({ units: 2, kernel_initializer: "identity" })]);
    const model = new Sequential([...rows.layers, new GlobalAveragePooling1D()]);
    const x = tensor([[1, 0, 0, 2]], { dtype: "int32" });
    const table = tensor(
      [
        [100, 200],
        [1, 2],
        [3, 6],
      ],
      { dtype: "float32" },
    );
    for (const tested of [model, modelFromJson(model.toJson()) as Sequential]) {
      tested.layers[0]!.setWeights([table]);
      // The mean of rows 1 and 2: where the mask is lost, row 0 counts twice.
      expect(values(tested.apply<Tensor>(x))).toEqual([[[2, 4]]]);
    }
    const y = rows.apply<Tensor>(x);
    expect(toNested(maskOf(y) as Tensor)).toEqual([[true, false, false, true]]);
  });

  describe("test_masking: masks come by the names of the arguments", () => {
    it("test_masking: one argument", () => {
      const seen: unknown[] = [];
      class Basic extends Layer {
        static override readonly className = "Basic";
        static override readonly supportsMasking = true;
        override call(x: Operand, { mask }: { mask?: unknown }) {
          seen.push(mask);
          return x;
        }
      }
      const mask = half();
      new Basic().apply<Tensor>(masked(ones(4, 4), mask));
      new Basic().apply<Tensor>(ones(4, 4), { mask } as never);
      expectIdentical(seen, [mask, mask]);
    });

    it("test_masking: a list of tensors", () => {
      const seen: unknown[] = [];
      class Nested extends layer(
        "Nested",
        {},
        {
          package: "parity",
          call: takes("xs", { xs: tensors(), mask: maskFor("xs") }),
        },
      ) {
        override call(xs: readonly Operand[], { mask }: { mask?: unknown }): Operand {
          seen.push(mask);
          return xs[0]!;
        }
      }
      const masks = [half(), otherHalf()];
      new Nested().apply<Tensor>(masks.map((mask) => masked(ones(4, 4), mask)) as never);
      new Nested().apply<Tensor>([ones(4, 4), ones(4, 4)] as never, { mask: masks } as never);
      for (const list of seen) expectIdentical(list as unknown[], masks);
      expect(seen).toHaveLength(2);
    });

    it("test_masking: two arguments", () => {
      const seen: unknown[] = [];
      class Two extends layer(
        "Two",
        {},
        {
          package: "parity",
          call: takes("x1", { x1: aTensor(), x2: aTensor(), x1_mask: maskFor("x1"), x2_mask: maskFor("x2") }),
        },
      ) {
        override call(x1: Operand, rest: { x2: Operand; x1_mask?: unknown; x2_mask?: unknown }): Numeric {
          seen.push(rest.x1_mask, rest.x2_mask);
          return add(x1, rest.x2) as Numeric;
        }
      }
      const masks = [half(), otherHalf()] as const;
      new Two().apply<Tensor>(masked(ones(4, 4), masks[0]), masked(ones(4, 4), masks[1]) as never);
      new Two().apply<Tensor>(masked(ones(4, 4), masks[0]), { x2: masked(ones(4, 4), masks[1]) } as never);
      expectIdentical(seen, [...masks, ...masks]);
    });
  });

  class Own extends Layer {
    static override readonly className: string = "Own";
    declare w1: Variable;
    declare w2: Variable;
    declare seed: SeedGenerator;
    override build(): void {
      this.w1 = this.addWeight({ name: "w1", shape: [], initializer: "ones" });
      this.w2 = this.addWeight({ name: "w2", shape: [], initializer: "ones", trainable: false });
      this.seed = new SeedGenerator({ seed: 123 });
    }
    override call(x: Operand): Operand {
      return x;
    }
  }
  class Nesting extends Own {
    static override readonly className = "Nesting";
    readonly nested = new Own();
    override build(): void {
      super.build();
      this.nested.buildWith({ input_shape: [null, 1] });
    }
  }
  const counts = ({ trainableWeights, nonTrainableWeights, variables }: Layer) => [
    trainableWeights.length,
    nonTrainableWeights.length,
    variables.length,
  ];

  it.each([true, false])("test_trainable_setting: of a layer made with trainable: %s", (trainable) => {
    const nesting = new Nesting({ trainable });
    nesting.buildWith({ input_shape: [null, 1] });
    expect(counts(nesting)).toEqual(trainable ? [2, 2, 6] : [0, 4, 6]);
    nesting.trainable = false;
    expect(counts(nesting)).toEqual([0, 4, 6]);
    expect([nesting.w1.trainable, nesting.nested.w1.trainable]).toEqual([false, false]);
    nesting.trainable = true;
    expect(counts(nesting)).toEqual([2, 2, 6]);
    expect([nesting.w1.trainable, nesting.nested.w1.trainable]).toEqual([true, true]);
  });

  it("test_build_signature_errors: build gets the shape of the first argument, and all by their names", () => {
    const seen: unknown[] = [];
    class Matching extends layer(
      "Matching",
      {},
      {
        package: "parity",
        call: takes("foo", { foo: aTensor().shaped(), bar: aTensor().shaped() }),
      },
    ) {
      override build(shape: Shape, shapes: Readonly<Record<string, unknown>>): void {
        seen.push(shape, shapes);
      }
      override call(foo: Operand): Operand {
        return foo;
      }
    }
    new Matching().apply<Tensor>(ones(4, 1), ones(4, 2) as never);
    expect(seen).toEqual([[4, 1], { foo_shape: [4, 1], bar_shape: [4, 2] }]);
  });

  it("test_training_arg_not_specified: training is taken also where call does not look at it", () => {
    class Identity extends Layer {
      static override readonly className = "Identity_";
      override call(x: Operand): Operand {
        return x;
      }
    }
    const x = ones(1, 4);
    expect(values(new Identity().apply<Tensor>(x, { training: true } as never))).toEqual(values(x));
  });

  it("test_add_weight_defaults: shape, dtype and first values", () => {
    class Weights extends Layer {
      static override readonly className = "Weights";
      readonly w = [
        this.addWeight({}),
        this.addWeight({ dtype: "int32", trainable: false }),
        this.addWeight({ dtype: "bool", trainable: false }),
        this.addWeight({ dtype: "int32", shape: [2, 2], trainable: false }),
        this.addWeight({ initializer: "ones", shape: [2, 2] }),
      ];
    }
    const { w } = new Weights();
    expect(w.map(({ shape, dtype }) => [shape, dtype])).toEqual([
      [[], "float32"],
      [[], "int32"],
      [[], "bool"],
      [[2, 2], "int32"],
      [[2, 2], "float32"],
    ]);
    expect(w.slice(1).map(({ value }) => toNested(value))).toEqual([
      0,
      false,
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ]);
    // Glorot's limit of a number alone: sqrt(6 / (1 + 1)).
    expect(Math.abs(w[0]!.value.data[0] as number)).toBeLessThanOrEqual(Math.sqrt(3));
  });

  it("test_trainable_init_arg: trainable: false, and true again", () => {
    const inputs = Input({ shape: [1] });
    const dense = new Dense({ units: 2, trainable: false });
    const model = new Functional({ inputs, outputs: dense.apply(inputs) });
    expect([dense.trainable, ...counts(dense), ...counts(model)]).toEqual([false, 0, 2, 2, 0, 2, 2]);
    dense.trainable = true;
    expect([dense.trainable, ...counts(dense), ...counts(model)]).toEqual([true, 2, 0, 2, 2, 0, 2]);
  });

  it("test_dtype_policy_setter: a policy at the constructor, as a name, an object or a map", () => {
    const given = ["mixed_bfloat16", new DTypePolicy("mixed_float16")] as const;
    expect(given.map((dtype) => new Dense({ units: 2, dtype }).computeDtype)).toEqual([
      "bfloat16",
      "float16",
    ]);
    const map = new DTypePolicyMap({ policy_map: { "around/dense": "mixed_bfloat16" } });
    const dense = new Dense({ units: 2, dtype: map, name: "dense" });
    const around = new Parent(dense, "around");
    expect([dense.computeDtype, around.computeDtype]).toEqual(["float32", "float32"]);
    around.buildWith({ input_shape: [1, 1] });
    around.apply<Tensor>(ones(1, 1));
    expect([dense.computeDtype, dense.variableDtype]).toEqual(["bfloat16", "float32"]);
    const other = new Dense({ units: 2, dtype: map, name: "other" });
    other.apply<Tensor>(ones(1, 1));
    expect(other.computeDtype).toBe("float32");
  });

  it("test_serialize_dtype: as an envelope", () => {
    const config = new Dense({ units: 2, dtype: "bfloat16" }).getConfig();
    expect(config.dtype).toEqual({
      module: "keras",
      class_name: "DTypePolicy",
      config: { name: "bfloat16" },
      registered_name: null,
    });
    expect((Dense.fromConfig(config) as Dense).computeDtype).toBe("bfloat16");
  });

  it("test_serialize_activity_regularizer: written where there is one", () => {
    for (const [given, factor] of [
      ["l2", 0.01],
      [new L2({ l2: 0.5 }), 0.5],
    ] as const) {
      const config = new Dense({ units: 2, activity_regularizer: given }).getConfig();
      const again = Dense.fromConfig(JSON.parse(JSON.stringify(config))) as Dense;
      expect(again.activity_regularizer).toBeInstanceOf(L2);
      expect((again.activity_regularizer as L2).l2).toBe(factor);
    }
    const without = new Dense({ units: 2 }).getConfig();
    expect(without.activity_regularizer ?? null).toBeNull();
  });

  it("test_custom_layer_add_weight_in_init_name: the layer's own name in front", () => {
    class InnerInner extends Layer {
      static override readonly className: string = "InnerInner";
      readonly w = this.addWeight({ name: "inner", shape: [1], initializer: "zeros" });
    }
    class Inner extends InnerInner {
      static override readonly className = "Inner";
      readonly inner = new InnerInner({ name: "inner_inner_layer" });
    }
    const outer = new Parent(new Inner({ name: "inner_layer" }));
    expect(outer.variables.map(({ path }) => path)).toEqual(["inner_layer/inner", "inner_inner_layer/inner"]);
  });

  it("test_custom_layer_add_weight_in_build_name: the names of those around in front", () => {
    class Inner extends Layer {
      static override readonly className = "Inner";
      readonly inner: Layer | null;
      declare w: Variable;
      constructor(name: string, inner: Layer | null = null) {
        super({ name });
        this.inner = inner;
      }
      override getConfig() {
        return super.getConfig();
      }
      override build(): void {
        this.w = this.addWeight({ name: "inner", shape: [1], initializer: "zeros" });
      }
      override call(x: Operand): Numeric {
        return add(this.w, this.inner ? this.inner.apply<Numeric>(x) : x) as Numeric;
      }
    }
    const outer = new Parent(new Inner("inner_layer", new Inner("inner_inner_layer")));
    const y = outer.apply(Input({ batch_shape: [4, 1] })) as KerasTensor;
    expect(y.shape).toEqual([4, 1]);
    expect(outer.variables.map(({ path }) => path)).toEqual([
      `${outer.name}/inner_layer/inner`,
      `${outer.name}/inner_layer/inner_inner_layer/inner`,
    ]);
  });

  it("test_layer_variable_tracking_correct: a weight that is held twice is one", () => {
    class Twice extends Own {
      static override readonly className = "Twice";
      declare again: Variable;
      override build(): void {
        super.build();
        this.again = this.w1;
      }
    }
    const shared = new Twice();
    class Sharing extends Model {
      static override readonly className = "Sharing";
      readonly one = shared;
      readonly other = [shared, { shared }];
      override call(x: Operand) {
        return this.one.apply<Numeric>(x);
      }
    }
    const model = new Sharing();
    model.apply<Tensor>(ones(1, 1));
    expect(model.variables.map(({ name }) => name)).toEqual(["w1", "w2", "seed_generator_state"]);
    expect(model.weights).toHaveLength(2);
  });

  it("test_signature_default_training_does_not_leak: a default of one layer is no other's", () => {
    const seen: unknown[] = [];
    class DefaultsTrue extends layer(
      "DefaultsTrue",
      {},
      {
        package: "parity",
        call: takes("x", { x: aTensor(), training: flag(true) }),
      },
    ) {
      override call(x: Operand, { training }: { training: boolean }): Operand {
        seen.push(training);
        return x;
      }
    }
    class Records extends layer(
      "Records",
      {},
      {
        package: "parity",
        call: takes("x", { x: aTensor(), training: flag() }),
      },
    ) {
      override call(x: Operand, { training }: { training?: boolean | null }): Operand {
        seen.push(training);
        return x;
      }
    }
    const inputs = Input({ shape: [4] });
    const model = new Functional({ inputs, outputs: new Records().apply(new DefaultsTrue().apply(inputs)) });
    seen.length = 0;
    model.apply<Tensor>(ones(4, 4));
    model.apply<Tensor>(ones(4, 4), { training: true } as never);
    expect(seen).toEqual([true, false, true, true]);
  });

  class Passing extends Layer {
    static override readonly className = "Passing";
    static override readonly supportsMasking = true;
    readonly seen: unknown[] = [];
    override call(x: Operand, { mask }: { mask?: unknown }) {
      this.seen.push([(x as Tensor).dtype, mask]);
      return x;
    }
  }

  it("test_keras_mask_with_autocast: a mask outlives the cast", () => {
    const mask = tensor([true]);
    const passing = new Passing({ dtype: "float16" });
    const y = passing.apply<Tensor>(masked(ones(1, 2), mask));
    expect(passing.seen).toEqual([["float16", mask]]);
    expect(maskOf(y)).toBe(mask);
  });

  it("test_masking_with_explicit_kwarg_propagation: a mask that is given goes on, from Keras 3.11 on", () => {
    class PassthroughMaskLayer extends Layer {
      static override readonly className = "PassthroughMaskLayer";
      static override readonly supportsMasking = true;
      readonly seen: unknown[] = [];
      override call(x: Operand, { mask }: { mask?: unknown }) {
        this.seen.push(mask);
        return x;
      }
    }
    const config = { ...new PassthroughMaskLayer().getConfig() };
    for (const [dialect, isHandedOn] of [
      [310, false],
      [311, true],
    ] as const) {
      const passing = PassthroughMaskLayer.fromConfig(config, { dialect });
      const [x, mask] = [ones(4, 4), tensor([true, true, false, false])];
      expect(maskOf(x)).toBeNull();
      const y = passing.apply<Tensor>(x, { mask } as never);
      expect(passing.seen).toEqual([mask]);
      expect(maskOf(y)).toBe(isHandedOn ? mask : null);
    }
  });
});
