import { ShapeError } from "../errors.ts";
import { type Operation, placeOf } from "../graph/graph.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";

/** What a layer demands of an input; absent facts are free. Source: Keras 3.6 `layers/input_spec.py`. */
export interface InputSpec {
  readonly rank?: number;
  readonly minRank?: number;
  readonly maxRank?: number;
  /** Sizes of axes; negative ones count from the end. */
  readonly axes?: Readonly<Record<number, number>>;
}

interface Shaped {
  readonly shape: Shape;
}

/** Checks a layer's input against what it demands. */
export function checkInput(
  layer: Operation,
  spec: InputSpec | readonly InputSpec[] | null,
  input: unknown,
): void {
  if (spec === null) return;
  const specs = Array.isArray(spec) ? (spec as readonly InputSpec[]) : [spec as InputSpec];
  const inputs = flatten(input as Nested<Shaped>);
  if (inputs.length < specs.length) {
    throw new ShapeError(placeOf(layer), `expected ${specs.length} inputs, received ${inputs.length}.`);
  }
  for (let i = 0; i < specs.length; i++) {
    const shape = inputs[i]?.shape;
    const demand = shape && unmet(specs[i]!, shape, specs.length > 1 ? ` of input ${i}` : "");
    if (demand)
      throw new ShapeError(placeOf(layer), `expected ${demand}, received shape ${formatShape(shape)}.`);
  }
}

/** What a shape does not meet, of the input that `where` tells; null where it meets all. */
function unmet({ rank, minRank, maxRank, axes }: InputSpec, shape: Shape, where: string): string | null {
  const { length } = shape;
  if (rank !== undefined && length !== rank) return `rank ${rank}${where}`;
  if (minRank !== undefined && length < minRank) return `a rank of at least ${minRank}${where}`;
  if (maxRank !== undefined && length > maxRank) return `a rank of at most ${maxRank}${where}`;
  for (const axis in axes) {
    const size = axes[Number(axis)];
    const actual = shape.at(Number(axis));
    if (actual !== null && actual !== size) return `axis ${axis}${where} to have size ${size}`;
  }
  return null;
}
