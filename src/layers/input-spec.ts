import { ShapeError } from "../errors.ts";
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
export function checkInput(layerName: string, spec: InputSpec | readonly InputSpec[] | null, input: unknown): void {
  if (spec === null) return;
  const specs = Array.isArray(spec) ? (spec as readonly InputSpec[]) : [spec as InputSpec];
  const inputs = flatten(input as Nested<Shaped>);
  if (inputs.length < specs.length) {
    fail(layerName, `expected ${specs.length} inputs, received ${inputs.length}.`);
  }
  for (const [i, { rank, minRank, maxRank, axes }] of specs.entries()) {
    const shape = inputs[i]?.shape;
    if (!shape) continue;
    const received = `received shape ${formatShape(shape)}.`;
    const where = specs.length > 1 ? ` of input ${i}` : "";
    if (rank !== undefined && shape.length !== rank) fail(layerName, `expected rank ${rank}${where}, ${received}`);
    if (minRank !== undefined && shape.length < minRank) {
      fail(layerName, `expected a rank of at least ${minRank}${where}, ${received}`);
    }
    if (maxRank !== undefined && shape.length > maxRank) {
      fail(layerName, `expected a rank of at most ${maxRank}${where}, ${received}`);
    }
    for (const [axis, size] of Object.entries(axes ?? {})) {
      const actual = shape.at(Number(axis));
      if (actual !== null && actual !== size) fail(layerName, `expected axis ${axis}${where} to have size ${size}, ${received}`);
    }
  }
}

function fail(layerName: string, message: string): never {
  throw new ShapeError([{ path: `layer ${JSON.stringify(layerName)}`, message }]);
}
