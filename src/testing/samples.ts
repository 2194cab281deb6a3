import { tensor } from "../engines/tensor.ts";
import { ModelError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { isDict, mapNested, type Nested } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { Input } from "../layers/core/input-layer.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Shapes (the batch first, null for what may vary) or tensors: alone, or in lists and dicts. */
export type SampleInputs =
  | Shape
  | Tensor
  | readonly SampleInputs[]
  | { readonly [key: string]: SampleInputs };

/** What stands for a dimension that may vary. */
const OPEN_SIZE = 3;

/** The values to call a layer with, and the inputs of a model of it. */
export interface Samples {
  readonly values: Nested<Tensor>;
  readonly inputs: Nested<KerasTensor>;
}

export function samplesOf(given: SampleInputs): Samples {
  const samples = read(given);
  return {
    values: mapNested(samples, ({ value }) => value),
    inputs: mapNested(samples, ({ value, shape }) => Input({ batch_shape: shape, dtype: value.dtype })),
  };
}

/** A tensor, and its shape in a model. A class, so that it is a leaf of a structure. */
class Sample {
  readonly value: Tensor;
  readonly shape: Shape;

  constructor(value: Tensor, shape: Shape) {
    this.value = value;
    this.shape = shape;
  }
}

function read(given: SampleInputs): Nested<Sample> {
  if (given instanceof Tensor) return new Sample(given, openBatch(given.shape));
  if (isShape(given)) return madeOf(given);
  if (Array.isArray(given)) return (given as readonly SampleInputs[]).map(read);
  if (!isDict(given))
    throw new ModelError(
      "checkLayer",
      `expected a shape, a tensor, or lists and dicts of them, received ${inspect(given)}.`,
    );
  return Object.fromEntries(Object.entries(given).map(([key, item]) => [key, read(item as SampleInputs)]));
}

function isShape(given: SampleInputs): given is Shape {
  return Array.isArray(given) && given.every((item) => item === null || typeof item === "number");
}

function openBatch(shape: Shape): Shape {
  return shape.length === 0 ? shape : [null, ...shape.slice(1)];
}

/** Numbers between -1 and 1, always the same. */
function madeOf(shape: Shape): Sample {
  const sizes = shape.map((size) => size ?? OPEN_SIZE);
  const data = Float32Array.from({ length: sizeOf(sizes) }, (_, i) => ((i * 37 + 11) % 101) / 50 - 1);
  return new Sample(tensor(data, { shape: sizes }), shape);
}
