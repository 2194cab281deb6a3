import { getPolicy } from "../../dtype-policies/policy.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { listOf, required } from "../../fields/kinds.ts";
import type { Keywords } from "../../graph/graph.ts";
import type { Nested } from "../../graph/nested.ts";
import { flag, maskFor, structure, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { kerasClass } from "../define.ts";
import { baseFields, Layer } from "../layer.ts";
import { aLayer } from "../layer-field.ts";

const fields = {
  /** The layers, in the order they are called. */
  layers: required(listOf(aLayer)),
  /** A name, unique in its model. Defaults to one such as `pipeline_1`. */
  name: baseFields.name,
};

/** What {@link Pipeline} takes. */
export interface PipelineOptions extends OptionsOf<typeof fields> {}

interface PipelineArguments {
  readonly training: boolean;
  readonly mask?: Nested<Operand | null> | null;
}

const call = takes("inputs", { inputs: structure(), training: flag(true), mask: maskFor("inputs") });

/**
 * Calls layers one after the other, as a {@link Sequential} that is a layer. Called on its own it is in training, so that
 * layers inside that augment images do. Source: Keras 3.6 `layers/preprocessing/pipeline.py`.
 *
 * @example
 * const pipeline = new Pipeline({ layers: [new Rescaling({ scale: 1 / 255 }), new Flatten()] });
 * const y = pipeline.apply(Input({ shape: [8, 8, 3] })); // [null, 192]
 */
export class Pipeline extends kerasClass("Pipeline", fields, call, Layer<typeof call>)<PipelineOptions> {
  override autocast = false;

  constructor(options: PipelineOptions) {
    super(options);
    // Keras writes none, and it computes nothing itself.
    Object.defineProperty(this, "dtype_policy", { value: getPolicy(null), enumerable: false });
  }

  override call(inputs: Nested<Operand>, { training, mask }: PipelineArguments): unknown {
    let current: unknown = inputs;
    for (const [i, layer] of this.layers.entries()) {
      const { names } = layer.constructor.signature;
      const kwargs: Record<string, unknown> = {};
      if (names.includes("training")) kwargs.training = training;
      if (i === 0 && mask != null && names.includes("mask")) kwargs.mask = mask;
      current = layer.invoke([current], kwargs as Keywords);
    }
    return current;
  }

  protected override objectsInside(): Readonly<Record<string, unknown>> {
    return { layers: this.layers };
  }
}
