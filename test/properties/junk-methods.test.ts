import { describe, expect, it } from "vitest";
import { MaxNorm } from "../../src/constraints/index.ts";
import { DTypePolicy } from "../../src/dtype-policies/index.ts";
import { onnxruntime } from "../../src/engines/onnxruntime/index.ts";
import { reference } from "../../src/engines/reference/index.ts";
import { cloneModel, Functional, Input, Model, Registry, Sequential, tensor } from "../../src/index.ts";
import { classes as initializers } from "../../src/initializers/index.ts";
import {
  Bidirectional,
  Dense,
  Dropout,
  Embedding,
  LSTM,
  MultiHeadAttention,
  Normalization,
} from "../../src/layers/index.ts";
import { Huber } from "../../src/losses/index.ts";
import { openInputs, trace } from "../../src/models/trace.ts";
import { CosineDecay, SGD } from "../../src/optimizers/index.ts";
import type { Numeric } from "../../src/program/emit.ts";
import { L2 } from "../../src/regularizers/index.ts";
import { blobSource, loadModel, memorySource, toBytes } from "../../src/saving/index.ts";
import { junk, rawErrors } from "./junk.fixture.ts";

class Own extends Model {
  readonly dense = new Dense({ units: 2 });

  override call(x: Numeric) {
    return this.dense.apply(x);
  }
}

function small(): Sequential {
  return new Sequential([Input({ shape: [3] }), new Dense({ units: 2 })]);
}

function functional(): Functional {
  const inputs = Input({ shape: [3] });
  return new Functional({ inputs, outputs: new Dropout({ rate: 0.5 }).apply(inputs) });
}

const file = await toBytes(small());

function program() {
  const model = small();
  return trace(model, openInputs(model.input)).program;
}

/** What programs have in hand, each made anew. */
const objects: readonly (readonly [string, () => object | Promise<object>])[] = [
  ["a Sequential", small],
  ["an empty Sequential", () => new Sequential([new Dense({ units: 2 })])],
  ["a Functional", functional],
  ["a model of somebody's own", () => new Own()],
  ["a clone", () => cloneModel(small())],
  ["a layer", () => small().layers[0]!],
  ["a layer that is not built", () => new Dense({ units: 2 })],
  ["an InputLayer", () => functional().layers[0]!],
  ["a recurrent layer", () => new LSTM({ units: 2 })],
  ["a wrapper", () => new Bidirectional({ layer: new LSTM({ units: 2 }) })],
  ["an attention", () => new MultiHeadAttention({ num_heads: 2, key_dim: 3 })],
  ["a layer that learns from data", () => new Normalization()],
  ["an embedding", () => new Embedding({ input_dim: 2, output_dim: 3 })],
  ["a loss", () => new Huber()],
  ["an optimizer", () => new SGD({ momentum: 0.5 })],
  ["a learning rate schedule", () => new CosineDecay({ initial_learning_rate: 0.1, decay_steps: 10 })],
  ["a variable", () => small().weights[0]!],
  [
    "a tensor",
    () =>
      tensor([
        [1, 2],
        [3, 4],
      ]),
  ],
  ["a symbolic tensor", () => Input({ shape: [3] })],
  ["a loaded model", () => loadModel(file)],
  ["a source of bytes", () => memorySource(file)],
  ["a Blob's source", () => blobSource(new Blob([file]))],
  ["a registry", () => new Registry([Dense])],
  ...initializers.map(
    (cls) => [`initializer ${cls.className}`, () => cls.fromConfig({} as never) as object] as const,
  ),
  ["a regularizer", () => new L2()],
  ["a constraint", () => new MaxNorm()],
  ["a dtype policy", () => new DTypePolicy("mixed_bfloat16")],
  ["the reference engine", () => reference],
  ["an engine", () => onnxruntime()],
  ["a compiled program", () => reference.compile(program())],
  ["a program compiled by ONNX Runtime", () => onnxruntime().compile(program())],
];

/**
 * They are for classes that extend the object, and what `apply` and `buildOn` come down to when they have looked at
 * what they were given.
 */
const LEFT_OUT =
  /^(constructor|compute|buildChecked|stated|restore|problem|arrange|draw|keep|toTensor|updateStep|updateAll|applyTo|buildSlots|addSlots?|slot|hasSlot|slotName|addVariable|dropVariable|assign)$/;

/** The names of what can be called or set, and how many arguments each takes. */
const methodsOf = (object: object): [string, number][] => {
  const found = new Map<string, number>();
  for (let one = object; one !== Object.prototype && one !== null; one = Object.getPrototypeOf(one)) {
    for (const [name, { value, set }] of Object.entries(Object.getOwnPropertyDescriptors(one)))
      if (!LEFT_OUT.test(name) && (typeof value === "function" || set))
        found.set(name, typeof value === "function" ? value.length : 1);
  }
  return [...found];
};

const made = await Promise.all(
  objects.map(async ([what, make]) => [what, make, methodsOf(await make())] as const),
);

describe.each(made)("%s", (_, make, methods) => {
  it.each(methods)("%s says in words what is wrong", async (name, arity) => {
    const raw: string[] = [];
    for (const [shown, thing] of junk) {
      for (const args of [[thing], [thing, thing], [thing, thing, thing]].slice(0, Math.max(1, arity))) {
        const object = (await make()) as Record<string, unknown>;
        const use = () => {
          const member = object[name];
          if (typeof member === "function") return member.apply(object, args);
          object[name] = thing;
          return undefined;
        };
        raw.push(...(await rawErrors(`${name}(${args.map(() => shown).join(", ")})`, use)));
      }
    }
    expect(raw.join("\n")).toBe("");
  });
});
