import { mapNested, type Nested } from "../graph/nested.ts";
import type { Signature } from "../graph/signature.ts";
import type { Shape } from "../tensor/shape.ts";

/** Shapes of a call's tensor arguments by name: `{ input_shape: [null, 3] }`. */
export type Shapes = Readonly<Record<string, Nested<number | null>>>;

/** A layer as far as building needs it. */
interface Built {
  build(shape: unknown, shapes: Shapes): void;
}

/** Calls `build` with shapes by their names. */
export function buildFrom(layer: Built, shapes: Shapes): void {
  const [first] = Object.values(shapes);
  layer.build(first, shapes);
}

/** What `build` gets, from the arguments of a call. */
export function shapesFor(signature: Signature, bound: Readonly<Record<string, unknown>>): Shapes {
  const [only, ...others] = signature.shapes;
  if (only !== undefined && others.length === 0) return { [only]: shapesOf(bound[signature.first]) };
  const shapes: Record<string, Nested<number | null>> = {};
  for (const name of signature.names) {
    const key = `${name}_shape`;
    if (bound[name] != null && signature.shapes.includes(key)) shapes[key] = shapesOf(bound[name]);
  }
  return shapes;
}

function shapesOf(argument: unknown): Nested<number | null> {
  return mapNested(
    argument as Nested<unknown>,
    (leaf) => (leaf as { shape?: Shape } | null)?.shape ?? null,
  ) as Nested<number | null>;
}
