import { describe, expect, it } from "vitest";
import { DTypePolicy, getPolicy } from "../../src/dtype-policies/index.ts";
import { positiveInt } from "../../src/fields/shorthands.ts";
import {
  ConfigError,
  cloneModel,
  Functional,
  Input,
  type KerasTensor,
  Model,
  ModelError,
  type Operation,
  Sequential,
  Tensor,
  tensor,
  toNested,
} from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import { Embedding } from "../../src/layers/core/embedding.ts";
import { InputLayer } from "../../src/layers/core/input-layer.ts";
import { layer } from "../../src/layers/define.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { Add } from "../../src/layers/merging/index.ts";
import { Bidirectional, LSTM } from "../../src/layers/recurrent/index.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import * as ops from "../../src/ops/index.ts";
import type { Numeric, Operand } from "../../src/program/emit.ts";
import type { Variable } from "../../src/program/variable.ts";
import type { DeserializeOptions } from "../../src/registry/deserialize.ts";
import type { Shape } from "../../src/tensor/shape.ts";

/** A layer of one's own: multiplies by a matrix. */
class MyLayer extends layer("MyLayer", { units: positiveInt() }, { package: "my_package" }) {
  declare kernel: Variable;

  override build(shape: Shape): void {
    this.kernel = this.addWeight({
      name: "kernel",
      shape: [shape.at(-1)!, this.units],
      initializer: "glorot_uniform",
    });
  }

  override call(x: Operand): Numeric {
    return ops.matmul(x, this.kernel);
  }
}

interface MyModelOptions {
  readonly units: number;
  readonly name?: string | undefined;
}

/** A subclassed model that says in its config what its constructor takes. */
class MyModel extends Model {
  static override readonly className: string = "MyModel";
  readonly units: number;
  readonly hidden: Dense;
  readonly last: Dense;

  constructor(options: MyModelOptions) {
    super({ name: options.name });
    this.units = options.units;
    this.hidden = new Dense({ units: options.units, activation: "relu" });
    this.last = new Dense({ units: 1 });
  }

  override call(x: Operand): Numeric {
    return this.last.apply(this.hidden.apply<Numeric>(x));
  }

  override getConfig() {
    return { name: this.name, units: this.units };
  }
}

function sequential(): Sequential {
  return new Sequential([
    Input({ shape: [728] }),
    new Dense({ units: 32, activation: "relu" }),
    new Dense({ units: 1, activation: "sigmoid" }),
  ]);
}

function functional(): Functional {
  const x = Input({ shape: [4] });
  const hidden = new Dense({ units: 8, activation: "relu" }).apply(x);
  return new Functional({ inputs: x, outputs: new Dense({ units: 2 }).apply(hidden), name: "net" });
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ModelError || error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("expected an error");
}

const ones = (...shape: [number, number]) => tensor(new Float32Array(shape[0] * shape[1]).fill(1), { shape });

describe("Model.getConfig", () => {
  it("returns plain data with all that is needed to make the model again", () => {
    for (const model of [functional(), sequential()]) {
      const config = model.getConfig();
      expect(JSON.parse(JSON.stringify(config))).toEqual(config);
      expect(model.constructor.fromConfig(config).getConfig()).toEqual(config);
    }
  });

  it("returns a config that the caller may change without changing the model", () => {
    const model = functional();
    const before = model.toJson();
    const config = model.getConfig() as { layers: { config: { units?: number } }[] };
    config.layers[1]!.config.units = 99;
    expect(model.toJson()).toBe(before);
  });
});

describe("Model.fromConfig", () => {
  it("is the reverse of getConfig", () => {
    for (const model of [functional(), sequential()]) {
      const again = model.constructor.fromConfig(model.getConfig()) as Model;
      expect(again).toBeInstanceOf(model.constructor);
      expect(again.toJson()).toBe(model.toJson());
      expect(again.layers[0]).not.toBe(model.layers[0]);
    }
  });

  it("takes custom objects by the name that the config has for them", () => {
    const x = Input({ shape: [4] });
    const model = new Functional({ inputs: x, outputs: new MyLayer({ units: 3 }).apply(x) });
    const config = JSON.parse(JSON.stringify(model.getConfig())) as object;
    for (const customObjects of [{ MyLayer }, { "my_package>MyLayer": MyLayer }]) {
      const again = Functional.fromConfig(config, { customObjects });
      expect(again.layers[1]).toBeInstanceOf(MyLayer);
      expect(again.toJson()).toBe(model.toJson());
    }
  });

  it("names a custom object that it was not given", () => {
    const x = Input({ shape: [4] });
    const outputs = new MyLayer({ units: 3, name: "mine" }).apply(x);
    const config = JSON.parse(JSON.stringify(new Functional({ inputs: x, outputs }).getConfig())) as object;
    expect(messageOf(() => Functional.fromConfig(config))).toMatch(
      /^config\.layers\[1\]\.class_name: unknown custom class "MyLayer"\./,
    );
  });

  it("takes custom functions", () => {
    function doubled(x: Operand): Numeric {
      return ops.multiply(x, 2);
    }
    const model = new Sequential([Input({ shape: [1] }), new Dense({ units: 1, activation: doubled })]);
    const config = JSON.parse(JSON.stringify(model.getConfig())) as object;
    const again = Sequential.fromConfig(config, { customObjects: { doubled, Dense } });
    expect(again.toJson()).toBe(model.toJson());
  });

  it("leaves the config it was given as it was", () => {
    const config = functional().getConfig();
    const before = JSON.stringify(config);
    Functional.fromConfig(config);
    Functional.fromConfig(config);
    expect(JSON.stringify(config)).toBe(before);
  });

  it("may be overridden, meets the dtype policy as a dict, and can deserialize it", () => {
    const met: unknown[] = [];
    class Careful extends layer("Careful", { units: positiveInt() }, { package: "my_package" }) {
      static override fromConfig<T>(
        this: new (
          options: never,
        ) => T,
        config: { dtype?: unknown },
        _options?: DeserializeOptions,
      ): T {
        const own = { ...config };
        if ("dtype" in own && typeof own.dtype === "object" && own.dtype !== null) {
          met.push(own.dtype);
          own.dtype = getPolicy(own.dtype as never);
        }
        return new this(own as never);
      }

      override call(x: Operand): Operand {
        return x;
      }
    }
    const careful = new Careful({ units: 2, dtype: "mixed_float16" });
    const again = Careful.fromConfig(careful.getConfig());
    expect(met).toEqual([
      {
        module: "keras",
        class_name: "DTypePolicy",
        config: { name: "mixed_float16" },
        registered_name: null,
      },
    ]);
    expect(again.dtype_policy).toBeInstanceOf(DTypePolicy);
    expect(again.computeDtype).toBe("float16");
    expect(again.getConfig()).toEqual(careful.getConfig());

    const model = new Sequential([Input({ shape: [3] }), careful]);
    const copy = cloneModel(model);
    expect(met).toHaveLength(2);
    expect(copy.layers[0]!.computeDtype).toBe("float16");
  });
});

describe("cloneModel", () => {
  it("clones the Sequential model of the example", () => {
    const model = sequential();
    const copy = cloneModel(model);
    expect(copy).toBeInstanceOf(Sequential);
    expect(copy).not.toBe(model);
    expect(copy.toJson()).toBe(model.toJson());
    expect(copy.countParams()).toBe(728 * 32 + 32 + 32 + 1);
  });

  it("creates new layers with new, freshly initialized weights", () => {
    for (const model of [sequential(), functional()]) {
      const copy = cloneModel<Model>(model);
      for (const [i, original] of model.layers.entries()) expect(copy.layers[i]).not.toBe(original);
      for (const [i, weight] of model.weights.entries()) {
        expect(copy.weights[i]).not.toBe(weight);
        expect(copy.weights[i]!.shape).toEqual(weight.shape);
      }
      const [kernel] = model.getWeights();
      expect(toNested(copy.getWeights()[0]!)).not.toEqual(toNested(kernel!));
      model.weights[0]!.assign(kernel!);
      expect(copy.weights[0]!.version).toBe(0);
    }
  });

  it("reproduces the behaviour: with the same weights come the same outputs", () => {
    const model = functional();
    const copy = cloneModel(model);
    copy.setWeights(model.getWeights());
    const x = ones(3, 4);
    expect(toNested(copy.apply(x))).toEqual(toNested(model.apply(x)));
  });

  it("builds on new input tensors", () => {
    for (const model of [sequential(), functional()]) {
      const copy = cloneModel<Model>(model);
      expect(copy.inputs).toHaveLength(1);
      expect(copy.inputs[0]).not.toBe(model.inputs[0]);
      expect(copy.inputs[0]!.shape).toEqual(model.inputs[0]!.shape);
      expect(copy.inputs[0]!.node!.operation).toBeInstanceOf(InputLayer);
    }
  });

  it("does not preserve the uniqueness of a variable that two layers share", () => {
    const x = Input({ shape: [4] });
    const first = new MyLayer({ units: 4 });
    const second = new MyLayer({ units: 4 });
    const hidden = first.apply(x);
    second.buildWith({ input_shape: [null, 4] });
    second.kernel = first.kernel;
    second.ownVariables.splice(0, 1, first.kernel);
    const model = new Functional({ inputs: x, outputs: second.apply(hidden) });
    expect(model.weights).toHaveLength(1);
    expect(cloneModel(model).weights).toHaveLength(2);
  });

  it("clones a layer that is called twice once", () => {
    const shared = new Dense({ units: 4 });
    const x = Input({ shape: [4] });
    const model = new Functional({ inputs: x, outputs: shared.apply(shared.apply(x)) });
    const copy = cloneModel(model);
    expect(copy.layers).toHaveLength(2);
    expect(copy.weights).toHaveLength(2);
    expect(copy.toJson()).toBe(model.toJson());
  });

  it("clones a Sequential model that is not built yet, or empty", () => {
    const model = new Sequential([new Dense({ units: 3 })], { name: "later" });
    const copy = cloneModel(model);
    expect(copy.built).toBe(false);
    expect(copy.toJson()).toBe(model.toJson());
    expect(cloneModel(new Sequential([], { name: "empty" })).toJson()).toBe(
      new Sequential([], { name: "empty" }).toJson(),
    );
  });

  it("names an option that it does not know", () => {
    expect(messageOf(() => cloneModel(sequential(), { cloneFuncion: null } as never))).toBe(
      'cloneModel: unknown option "cloneFuncion". Did you mean "cloneFunction"?',
    );
  });

  it("says what it needs where it is given something else", () => {
    expect(messageOf(() => cloneModel(3 as never))).toBe("cloneModel: expected a model, received 3.");
    expect(messageOf(() => cloneModel(sequential(), { cloneFunction: 5 as never }))).toBe(
      "cloneModel: expected cloneFunction to be a function, received 5.",
    );
    expect(messageOf(() => cloneModel(functional(), { cloneFunction: () => null as never }))).toMatch(
      /^cloneModel: expected cloneFunction to return a layer for "dense.*", received null\.$/,
    );
  });
});

describe("inputTensors", () => {
  const twoInputs = (a: KerasTensor, b: KerasTensor) =>
    new Add().apply([new Dense({ units: 3 }).apply(a), b]);

  function listModel(): Functional {
    const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [3], name: "b" })];
    return new Functional({ inputs: [a, b], outputs: twoInputs(a, b) });
  }

  function dictModel(): Functional {
    const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [3], name: "b" })];
    return new Functional({ inputs: { b, a }, outputs: { sum: twoInputs(a, b) } });
  }

  function nestedModel(): Functional {
    const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [3], name: "b" })];
    return new Functional({ inputs: { pair: [a, { deep: b }] }, outputs: [twoInputs(a, b)] });
  }

  it("takes a single tensor or InputLayer", () => {
    const x = Input({ shape: [4], name: "given" });
    expect(cloneModel(functional(), { inputTensors: x }).inputs).toEqual([x]);
    const inputLayer = new InputLayer({ shape: [4], name: "given" });
    const copy = cloneModel(functional(), { inputTensors: inputLayer });
    expect(copy.inputs).toEqual([inputLayer.output]);
    expect(copy.layers[0]).toBe(inputLayer);
  });

  it("takes lists of tensors and of InputLayers", () => {
    const [a, b] = [Input({ shape: [2] }), new InputLayer({ shape: [3] })];
    const copy = cloneModel(listModel(), { inputTensors: [a, b] });
    expect(copy.inputs).toEqual([a, b.output]);
    expect(copy.input).toEqual([a, b.output]);
  });

  it("takes dicts, in any order of keys", () => {
    const [a, b] = [new InputLayer({ shape: [2] }), Input({ shape: [3] })];
    const copy = cloneModel(dictModel(), { inputTensors: { a, b } });
    expect(copy.input).toEqual({ a: a.output, b });
    expect(Object.keys(copy.output)).toEqual(["sum"]);
  });

  it("takes nested structures", () => {
    const [a, b] = [new InputLayer({ shape: [2] }), Input({ shape: [3] })];
    const copy = cloneModel(nestedModel(), { inputTensors: { pair: [a, { deep: b }] } });
    expect(copy.input).toEqual({ pair: [a.output, { deep: b }] });
  });

  it("takes a tensor or InputLayer, alone or in a list, for a Sequential model", () => {
    for (const wrap of [<T>(x: T) => x, <T>(x: T) => [x]]) {
      const x = Input({ shape: [728], name: "given" });
      const copy = cloneModel(sequential(), { inputTensors: wrap(x) });
      expect(copy.inputs[0]).toBe(x);
      expect(copy.layers).toHaveLength(2);
      const inputLayer = new InputLayer({ shape: [728] });
      expect(cloneModel(sequential(), { inputTensors: wrap(inputLayer) }).inputs[0]).toBe(inputLayer.output);
    }
  });

  it("builds a Sequential model that had no input", () => {
    const model = new Sequential([new Dense({ units: 3 })]);
    const copy = cloneModel(model, { inputTensors: Input({ shape: [5] }) });
    expect(copy.built).toBe(true);
    expect(copy.outputShape).toEqual([null, 3]);
    expect(model.built).toBe(false);
  });

  it("takes an intermediate tensor: the clone begins there", () => {
    const x = Input({ shape: [9] });
    const inner = new Dense({ units: 4, name: "before" }).apply(x);
    const copy = cloneModel(functional(), { inputTensors: inner });
    expect(copy.inputs[0]!.node!.operation).toBeInstanceOf(InputLayer);
    expect(copy.inputShape).toEqual([null, 4]);
    expect(copy.layers.map(({ name }) => name)).not.toContain("before");
  });

  it("makes new inputs, not shared with the original, where none are given", () => {
    const model = listModel();
    const copy = cloneModel(model);
    expect(copy.inputs.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(copy.inputs.some((input) => model.inputs.includes(input))).toBe(false);
  });

  it("refuses another structure, and what is no input", () => {
    const [a, b] = [Input({ shape: [2] }), Input({ shape: [3] })];
    expect(messageOf(() => cloneModel(dictModel(), { inputTensors: [a, b] }))).toBe(
      'cloneModel: inputTensors: expected the structure of the model\'s inputs {"b": *, "a": *}, received [*, *].',
    );
    expect(messageOf(() => cloneModel(listModel(), { inputTensors: [a, 3] as never }))).toBe(
      "cloneModel: inputTensors: expected KerasTensors or InputLayers, received 3.",
    );
    expect(messageOf(() => cloneModel(sequential(), { inputTensors: [a, b] }))).toBe(
      "cloneModel: inputTensors: expected one tensor for a Sequential model, received 2.",
    );
  });
});

describe("options that are null, as None in Python", () => {
  const none = { inputTensors: null, cloneFunction: null, callFunction: null };

  it("are not given", () => {
    for (const model of [sequential(), functional()])
      expect(cloneModel(model, none).toJson()).toBe(model.toJson());
  });
});

describe("cloneFunction", () => {
  it("makes each layer of the clone but InputLayers", () => {
    const seen: string[] = [];
    const model = functional();
    cloneModel(model, {
      cloneFunction(layer) {
        seen.push(layer.constructor.className);
        return layer.constructor.fromConfig(layer.getConfig());
      },
    });
    expect(seen).toEqual(["Dense", "Dense"]);
    seen.length = 0;
    cloneModel(sequential(), {
      cloneFunction(layer) {
        seen.push(layer.constructor.className);
        return layer;
      },
    });
    expect(seen).toEqual(["Dense", "Dense"]);
  });

  it("sets every seed: the deterministic model of the example", () => {
    const x = Input({ shape: [5, 4] });
    const inputs = new Dropout({ rate: 0.5 }).apply(new Dense({ units: 4 }).apply(x));
    const model = new Functional({ inputs: x, outputs: new LSTM({ units: 2 }).apply(inputs) });
    const copy = cloneModel(model, {
      cloneFunction(layer) {
        const config = layer.getConfig();
        if ("seed" in config) config.seed = 1337;
        return layer.constructor.fromConfig(config);
      },
    });
    const seeds = (of: Model) => of.layers.map((layer) => layer.getConfig().seed);
    expect(seeds(model)).toEqual([undefined, undefined, null, null]);
    expect(seeds(copy)).toEqual([undefined, undefined, 1337, 1337]);
  });

  it("wraps certain layers: LSTM becomes Bidirectional(LSTM)", () => {
    const model = new Sequential([
      Input({ shape: [10], dtype: "int32" }),
      new Embedding({ input_dim: 20, output_dim: 4 }),
      new LSTM({ units: 8, return_sequences: true }),
      new LSTM({ units: 3 }),
      new Dense({ units: 1 }),
    ]);
    const copy = cloneModel(model, {
      cloneFunction(layer) {
        const again = layer.constructor.fromConfig(layer.getConfig());
        return layer instanceof LSTM ? new Bidirectional({ layer: again }) : again;
      },
    });
    expect(copy.layers.map((layer) => layer.constructor.className)).toEqual([
      "Embedding",
      "Bidirectional",
      "Bidirectional",
      "Dense",
    ]);
    expect(copy.layers.map((layer) => (layer.output as KerasTensor).shape)).toEqual([
      [null, 10, 4],
      [null, 10, 16],
      [null, 6],
      [null, 1],
    ]);
    expect(model.layers[1]).toBeInstanceOf(LSTM);
  });

  it("meets the operations of the graph as well", () => {
    const x = Input({ shape: [4] });
    const doubled = ops.multiply(new Dense({ units: 4 }).apply(x), 2) as unknown as KerasTensor;
    const model = new Functional({ inputs: x, outputs: doubled });
    const seen: string[] = [];
    const copy = cloneModel(model, {
      cloneFunction(layer) {
        seen.push(layer.constructor.className);
        return layer.constructor.fromConfig(layer.getConfig());
      },
    });
    expect(seen).toEqual(["Dense", "Multiply"]);
    expect(copy.operations.map((operation) => operation.constructor.className)).toEqual([
      "InputLayer",
      "Dense",
      "Multiply",
    ]);
  });

  it("may reuse the very same layers", () => {
    const model = functional();
    const copy = cloneModel(model, { cloneFunction: (layer) => layer });
    expect(copy.layers.slice(1)).toEqual(model.layers.slice(1));
    expect(copy.layers[1]).toBe(model.layers[1]);
    expect(copy.weights).toEqual(model.weights);
  });
});

describe("callFunction", () => {
  it("adds a Dropout after each Dense, the layers reused: the example", () => {
    const model = functional();
    const copy = cloneModel(model, {
      cloneFunction: (layer) => layer,
      callFunction(layer, ...args) {
        const out = layer.apply(...args);
        return layer instanceof Dense ? new Dropout({ rate: 0.5 }).apply(out) : out;
      },
    });
    expect(copy.layers.map((layer) => layer.constructor.className)).toEqual([
      "InputLayer",
      "Dense",
      "Dropout",
      "Dense",
      "Dropout",
    ]);
    expect(copy.layers[1]).toBe(model.layers[1]);
    const x = ones(2, 4);
    expect(toNested(copy.apply(x))).toEqual(toNested(model.apply(x)));
  });

  it("inserts a layer before", () => {
    const copy = cloneModel(functional(), {
      callFunction(layer, ...args) {
        const [x, ...rest] = args as [KerasTensor];
        return layer.apply(new Dropout({ rate: 0.1 }).apply(x), ...rest);
      },
    });
    expect(copy.layers.map((layer) => layer.constructor.className)).toEqual([
      "InputLayer",
      "Dropout",
      "Dense",
      "Dropout",
      "Dense",
    ]);
  });

  it("receives the arguments of the call as they were given, keyword arguments last", () => {
    const x = Input({ shape: [4] });
    const outputs = new Dropout({ rate: 0.5, name: "drop" }).apply(x, { training: true });
    const model = new Functional({ inputs: x, outputs });
    const received: unknown[][] = [];
    const copy = cloneModel(model, {
      callFunction(layer, ...args) {
        received.push([layer.name, ...args]);
        return layer.apply(...args);
      },
    });
    expect(received).toEqual([["drop", copy.inputs[0], { training: true }]]);
    expect(copy.toJson()).toBe(model.toJson());
  });

  it("calls a layer that is called twice twice", () => {
    const shared = new Dense({ units: 4, name: "shared" });
    const x = Input({ shape: [4] });
    const model = new Functional({ inputs: x, outputs: shared.apply(shared.apply(x)) });
    const called: string[] = [];
    cloneModel(model, {
      callFunction: (layer, ...args) => {
        called.push(layer.name);
        return layer.apply(...args);
      },
    });
    expect(called).toEqual(["shared", "shared"]);
  });

  it("is refused for a Sequential model", () => {
    const model = new Sequential([new Dense({ units: 1 })], { name: "stack" });
    expect(messageOf(() => cloneModel(model, { callFunction: (layer, x) => layer.apply(x) }))).toBe(
      'cloneModel: callFunction needs a Functional model, received Sequential "stack". A Sequential model\'s layers are listed, not called.',
    );
  });

  it("must return tensors of the graph", () => {
    expect(messageOf(() => cloneModel(functional(), { callFunction: () => undefined }))).toMatch(
      /^cloneModel: expected callFunction to return KerasTensors for "dense.*", received undefined\.$/,
    );
  });
});

describe("recursive", () => {
  /** Models in models, three levels, the innermost with a Dense called `deep`. */
  function threeLevels(kind: "functional" | "sequential"): Functional {
    const wrap = (inner: Layer, name: string): Layer => {
      if (kind === "sequential") return new Sequential([Input({ shape: [4] }), inner], { name });
      const x = Input({ shape: [4] });
      return new Functional({ inputs: x, outputs: inner.apply(x), name });
    };
    const middle = wrap(wrap(new Dense({ units: 4, name: "deep" }), "low"), "middle");
    const x = Input({ shape: [4] });
    const outputs = new Dense({ units: 2, name: "top" }).apply(middle.apply(x));
    return new Functional({ inputs: x, outputs, name: "outer" });
  }

  it.each(["functional", "sequential"] as const)(
    "reaches every level of %s models with the same cloneFunction",
    (kind) => {
      const seen: string[] = [];
      const copy = cloneModel(threeLevels(kind), {
        recursive: true,
        cloneFunction(layer) {
          seen.push(layer.name);
          return layer.constructor.fromConfig(layer.getConfig());
        },
      });
      expect(seen).toEqual(["deep", "top"]);
      expect(copy.getLayer("middle")).toBeInstanceOf(kind === "functional" ? Functional : Sequential);
    },
  );

  it("hands inner models to the cloneFunction where it is not given", () => {
    const seen: string[] = [];
    cloneModel(threeLevels("functional"), {
      cloneFunction(layer) {
        seen.push(layer.name);
        return layer.constructor.fromConfig(layer.getConfig());
      },
    });
    expect(seen).toEqual(["middle", "top"]);
  });

  it("passes the callFunction on to inner Functional models", () => {
    const copy = cloneModel(threeLevels("functional"), {
      recursive: true,
      callFunction(layer, ...args) {
        const out = layer.apply(...args);
        return layer instanceof Dense ? new Dropout({ rate: 0.5 }).apply(out) : out;
      },
    });
    const low = (copy.getLayer("middle") as Model).getLayer("low") as Model;
    expect(low.layers.map((layer) => layer.constructor.className)).toEqual([
      "InputLayer",
      "Dense",
      "Dropout",
    ]);
  });

  it("does not pass the callFunction on to Sequential models, where it does not apply", () => {
    const called: string[] = [];
    const copy = cloneModel(threeLevels("sequential"), {
      recursive: true,
      callFunction(layer, ...args) {
        called.push(layer.name);
        return layer.apply(...args);
      },
    });
    expect(called).toEqual(["middle", "top"]);
    expect(copy.weights).toHaveLength(4);
  });

  it("keeps a layer shared that an inner and an outer model share", () => {
    const shared = new Dense({ units: 4 });
    const a = Input({ shape: [4] });
    const inner = new Functional({ inputs: a, outputs: shared.apply(a) });
    const b = Input({ shape: [4] });
    const model = new Functional({ inputs: b, outputs: shared.apply(inner.apply(b)) });
    expect(cloneModel(model, { recursive: true }).weights).toHaveLength(2);
    expect(cloneModel(model).weights).toHaveLength(4);
  });
});

describe("a subclassed model", () => {
  it("is made again by fromConfig(getConfig())", () => {
    const model = new MyModel({ units: 5, name: "mine" });
    const x = ones(2, 3);
    model.apply(x);
    const again = model.constructor.fromConfig(model.getConfig()) as MyModel;
    expect(again).toBeInstanceOf(MyModel);
    expect(again.units).toBe(5);
    again.apply(x);
    again.setWeights(model.getWeights());
    expect(toNested(again.apply<Tensor>(x))).toEqual(toNested(model.apply<Tensor>(x)));
  });

  it("takes custom objects in fromConfig, as the example has it", () => {
    class Holder extends Model {
      static override readonly className: string = "Holder";
      static override readonly fields = { ...Model.fields };
      override call(x: Operand): Operand {
        return x;
      }
    }
    const model = new Holder({ name: "holder" });
    const again = Holder.fromConfig(model.getConfig(), { customObjects: { MyLayer } });
    expect(again.getConfig()).toEqual(model.getConfig());
  });

  it("is cloned by its config", () => {
    const model = new MyModel({ units: 5, name: "mine" });
    model.apply(ones(2, 3));
    const copy = cloneModel(model);
    expect(copy).toBeInstanceOf(MyModel);
    expect(copy.units).toBe(5);
    expect(copy.name).toBe("mine");
    expect(copy.weights.map(({ shape }) => shape)).toEqual(model.weights.map(({ shape }) => shape));
  });

  it("cannot be cloned with a cloneFunction", () => {
    const model = new MyModel({ units: 5, name: "mine" });
    const help =
      "The layers of a model of your own are known to its call() only; it is cloned by getConfig() and fromConfig().";
    expect(messageOf(() => cloneModel(model, { cloneFunction: (layer) => layer }))).toBe(
      `cloneModel: cloneFunction needs a Functional or Sequential model, received MyModel "mine". ${help}`,
    );
    expect(
      messageOf(() => cloneModel(model, { inputTensors: Input({ shape: [3] }), callFunction: (_, x) => x })),
    ).toBe(
      `cloneModel: inputTensors and callFunction need a Functional or Sequential model, received MyModel "mine". ${help}`,
    );
  });

  it("keeps what its constructor was given though no getConfig() says it", () => {
    class Keeps extends Model {
      readonly width: number;
      constructor(options: { width: number }) {
        super({});
        this.width = options.width;
      }
      override call(x: Operand): Operand {
        return x;
      }
    }
    const copy = cloneModel(new Keeps({ width: 7 }), { name: "copy" });
    expect([copy.width, copy.name]).toEqual([7, "copy"]);
  });

  it("says what is missing where nobody can know what its constructor was given", () => {
    class Forgetful extends Model {
      static override readonly className: string = "Forgetful";
      readonly last: Dense;
      constructor(options: { width?: number }) {
        super({});
        this.last = new Dense({ units: options.width ?? 2 });
      }
      override call(x: Operand): Operand {
        return this.last.apply<Numeric>(x);
      }
    }
    const model = new Forgetful({ width: 7 });
    expect(messageOf(() => cloneModel(model))).toBe(
      `model "${model.name}": expected Forgetful to define getConfig(), because an argument of its constructor would be lost: made of its config it has another "last".`,
    );
  });
});

describe("beyond the document, where asked for", () => {
  it("weights: the clone has copies of the original's", () => {
    for (const model of [sequential(), functional()]) {
      const copy = cloneModel<Model>(model, { weights: "copy" });
      expect(copy.getWeights().map(toNested)).toEqual(model.getWeights().map(toNested));
      const [first] = copy.weights;
      first!.assign(new Tensor("float32", first!.shape, new Float32Array(first!.value.size)));
      expect(toNested(copy.getWeights()[0]!)).not.toEqual(toNested(model.getWeights()[0]!));
    }
  });

  it("weights: a clone of other weights cannot take copies", () => {
    const wider = (layer: Layer) => layer.constructor.fromConfig({ ...layer.getConfig(), units: 5 });
    expect(messageOf(() => cloneModel(functional(), { weights: "copy", cloneFunction: wider }))).toMatch(
      /^cloneModel: weights: "copy" needs a clone with the original's weights/,
    );
    expect(messageOf(() => cloneModel(functional(), { weights: "old" as never }))).toBe(
      'cloneModel: expected weights to be "fresh" or "copy", received "old".',
    );
  });

  it("name: the clone has it, the layers keep theirs", () => {
    for (const model of [sequential(), functional(), new MyModel({ units: 2 })]) {
      const copy = cloneModel<Model>(model, { name: "twin" });
      expect(copy.name).toBe("twin");
      if (!(model instanceof MyModel))
        expect(copy.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    }
  });

  it("cache: several clones share layers", () => {
    const model = functional();
    const cache = new Map<Operation, Operation>();
    const first = cloneModel(model, { cache });
    const second = cloneModel(model, { cache });
    expect(cache.size).toBe(2);
    expect(second.layers[1]).toBe(first.layers[1]);
  });
});
