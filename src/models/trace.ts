import type { KerasTensor } from "../graph/keras-tensor.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import { Builder } from "../program/builder.ts";
import type { Program } from "../program/program.ts";
import type { Spec, Value } from "../program/value.ts";
import type { Layer } from "../layers/layer.ts";

/** A layer or model as a Program, and the structure of its outputs. */
export interface Traced {
  readonly program: Program;
  readonly structure: Nested<Value>;
}

/** Traces a call on inputs of these shapes and dtypes; unknown dimensions stay open. */
export function trace(layer: Layer, inputs: Nested<Spec>, kwargs: Readonly<Record<string, unknown>> = {}): Traced {
  const builder = new Builder();
  const values = mapNested(inputs as Nested<unknown>, (spec) => builder.input(spec as Spec));
  const structure = layer.run([values], kwargs) as Nested<Value>;
  return { program: builder.finish(flatten(structure)), structure };
}

/** The specs of a model's inputs, with the batch left open. */
export function openSpecs(inputs: Nested<KerasTensor>): Nested<Spec> {
  return mapNested(inputs as Nested<unknown>, (leaf) => {
    const { shape, dtype } = leaf as KerasTensor;
    return { shape: shape.length === 0 ? shape : [null, ...shape.slice(1)], dtype };
  }) as Nested<Spec>;
}
