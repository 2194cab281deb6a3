import fc from "fast-check";
import { Functional, Input, type KerasTensor, slice } from "../../src/index.ts";
import { Activation } from "../../src/layers/activation/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { Add, Concatenate } from "../../src/layers/merging/index.ts";
import { BatchNormalization, LayerNormalization } from "../../src/layers/normalization/index.ts";
import { Dropout } from "../../src/layers/regularization/index.ts";
import * as ops from "../../src/ops/index.ts";

/** What to build: which steps to make, each from tensors made before. */
export interface Plan {
  readonly inputs: readonly number[];
  readonly steps: readonly Step[];
  readonly outputs: "single" | "list" | "dict";
}

interface Step {
  readonly kind: Kind;
  /** Which of the tensors so far; counted round. */
  readonly from: number;
  readonly and: number;
  readonly size: number;
}

const kinds = [
  "dense",
  "activation",
  "dropout",
  "batch-norm",
  "layer-norm",
  "add",
  "concatenate",
  "again",
  "multiply",
  "add-op",
  "slice",
  "nested",
] as const;
type Kind = (typeof kinds)[number];

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  from: fc.nat(20),
  and: fc.nat(20),
  size: fc.integer({ min: 1, max: 4 }),
});

/** Plans of small models. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  inputs: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  outputs: fc.constantFrom("single", "list", "dict"),
});

/** A model by a plan: all layers used, several outputs, some layers called twice. */
export function build(plan: Plan): Functional {
  const inputs = plan.inputs.map((size) => Input({ shape: [size] }));
  const tensors: KerasTensor[] = [...inputs];
  const called: { layer: Layer; size: number }[] = [];
  for (const next of plan.steps) tensors.push(make(next, tensors, called));
  const [last, ...rest] = tensors.slice(inputs.length).reverse();
  const outputs =
    plan.outputs === "single"
      ? last!
      : plan.outputs === "list"
        ? [last!, ...rest.slice(0, 2)]
        : Object.fromEntries([last!, ...rest.slice(0, 2)].map((tensor, i) => [`out ${9 - i}`, tensor]));
  return new Functional({ inputs: inputs.length === 1 ? inputs[0]! : inputs, outputs });
}

function make(
  { kind, from, and, size }: Step,
  tensors: readonly KerasTensor[],
  called: { layer: Layer; size: number }[],
): KerasTensor {
  const x = tensors[from % tensors.length]!;
  const width = x.shape[1]!;
  const partner = tensors.filter(({ shape }) => shape[1] === width)[and % tensors.length] ?? x;
  switch (kind) {
    case "dense": {
      const layer = new Dense({ units: size, activation: size === 2 ? "relu" : null });
      called.push({ layer, size: width });
      return layer.apply(x);
    }
    case "activation":
      return new Activation({ activation: "tanh" }).apply(x);
    case "dropout":
      return new Dropout({ rate: 0.5, seed: size }).apply(x, size === 1 ? { training: false } : {});
    case "batch-norm":
      return new BatchNormalization().apply(x);
    case "layer-norm":
      return new LayerNormalization({ epsilon: 0.01 }).apply(x);
    case "add":
      return new Add().apply([x, partner]);
    case "concatenate":
      return new Concatenate({ axis: 1 }).apply([x, partner]);
    case "again": {
      const fitting = called.filter(({ size: takes }) => takes === width);
      return fitting.length > 0
        ? fitting[and % fitting.length]!.layer.apply(x)
        : new Activation({ activation: "relu" }).apply(x);
    }
    case "multiply":
      return ops.multiply(x, size + 0.5);
    case "add-op":
      return ops.add(x, partner);
    case "slice":
      return ops.getItem(x, [slice(), slice(0, 1)]);
    case "nested": {
      const inner = Input({ shape: [width] });
      const hidden = new Dense({ units: size }).apply(inner);
      return new Functional({ inputs: inner, outputs: hidden }).apply(x);
    }
  }
}
