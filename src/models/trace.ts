import "../engines/reference/at-once/all.ts";
import { evaluate } from "../engines/reference/known.ts";
import { type KerasTensor, placeOf } from "../graph/graph.ts";
import { flatten, mapNested, type Nested } from "../graph/nested.ts";
import type { Layer } from "../layers/layer.ts";
import { Builder } from "../program/builder.ts";
import { type Calling, runCalling } from "../program/calling.ts";
import { foldConstants } from "../program/fold-constants.ts";
import type { Program } from "../program/primitives.ts";
import { Value } from "../program/value.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";

/** A layer or model as a Program, and the structure of its outputs. */
export interface Traced {
  readonly program: Program;
  readonly structure: Nested<Value>;
}

/**
 * Traces a call on inputs of these shapes and dtypes; unknown dimensions stay open. What is done in it to constants and
 * weights belongs to it too, and what depends on constants alone is computed afterwards, always: the Program depends
 * on the layer and the call. What kind of call it is, it is told as by a call around it: not as an argument, which its
 * class may not take.
 */
export function trace(
  layer: Layer,
  inputs: Nested<Value | null>,
  call: Partial<Pick<Calling, "training">> = {},
): Traced {
  const builder = new Builder();
  const values = mapNested(inputs, (value) => value && builder.input(value));
  const structure = runCalling(
    { ...call, within: { builder } },
    () => layer.invoke([values], {}),
    () => placeOf(layer),
  ) as Nested<Value>;
  return { program: foldConstants(builder.finish(flatten(structure)), evaluate), structure };
}

/** Stand-ins for a model's inputs, with the batch left open. */
export function openInputs(inputs: Nested<KerasTensor>): Nested<Value> {
  return mapNested(inputs, ({ shape, dtype }) => openValue(shape, dtype));
}

/** A stand-in for an input, with the batch left open. */
export function openValue(shape: Shape, dtype: DType): Value {
  return new Value(shape.length === 0 ? shape : [null, ...shape.slice(1)], dtype);
}
